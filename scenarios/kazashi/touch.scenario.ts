/** The security rule of かざし利用: registered first, in an attended place, with a genuine card. */
import {
  type CardInHand,
  expect,
  type ScenarioContext,
  scenario,
  VisualApClient,
} from "../../harness/index.ts";

const SOURCE =
  "デジタル庁 かざし利用クライアントソフト（利用場面、内部認証）" +
  "（ブラウザの代わりに拡張機能の部品を直接動かす）";

/** A terminal of a library, and the page of MKPF that its counter uses. */
async function library({ systems }: ScenarioContext, card: CardInHand) {
  const terminal = systems.terminal(card);
  terminal.knows({ auth: card.pin("auth"), text: card.pin("text") });
  const page = terminal.counterPage(await systems.counter("試験市 図書館"));
  return { terminal, page };
}

async function birthDateTries({ reader }: CardInHand): Promise<number> {
  const visual = new VisualApClient(reader);
  await visual.select();
  return visual.triesLeft("birthDate");
}

scenario(
  "KZ-12",
  {
    title: {
      ja: "利用登録のないカードのかざしは断り、暗証番号による登録を案内する",
      en: "touch of a card that is not registered: asks for registration with PIN",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async (context) => {
    const { insertCard, step, note } = context;
    const card = await insertCard();
    const { page, terminal } = await library(context, card);
    await step({ ja: "登録前のかざし", en: "before registration" }, async () => {
      await expect(page.touch()).rejects.toMatchObject({
        reason: "registrationRequired",
        guidance: { ja: expect.stringContaining("利用登録") },
      });
      expect(terminal.presented).toBe(0);
      expect(terminal.dialogs).toBe(0);
    });
    const { ppid } = await step({ ja: "暗証番号で登録", en: "registered with PINs" }, async () => {
      const { visitor } = await page.register();
      expect(terminal.dialogs).toBe(2);
      return visitor;
    });
    await step({ ja: "登録後のかざしは暗証番号なし", en: "then without PIN" }, async () => {
      const { visitor } = await page.touch();
      expect(visitor.ppid).toBe(ppid);
      expect(terminal.dialogs).toBe(2);
      note({ ja: "PPID", en: "PPID" }, ppid);
    });
  },
);

scenario(
  "KZ-13",
  {
    title: {
      ja: "オンライン・屋外でのかざし利用は断り、対面等では使える",
      en: "touch without PIN is refused online and outdoors, allowed where attended",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async (context) => {
    const { lab, systems, insertCard, step, note } = context;
    const card = await insertCard();
    const { page, terminal } = await library(context, card);
    const { visitor } = await page.register();
    const password =
      lab.mkpf.verification.registerClientSoftware({ edition: "dll", name: "窓口端末" }) ?? "";
    const software = await systems.application(card, { edition: "dll", password });
    const before = terminal.commands.length;
    for (const place of ["online", "outdoor"] as const) {
      await step({ ja: `${place}：断る`, en: `${place}: refused` }, async () => {
        const refused = { reason: "placeNotAllowed" };
        await expect(page.touch(place)).rejects.toMatchObject(refused);
        const native = software.certificate({ use: "touch", place });
        await expect(native).rejects.toMatchObject(refused);
        expect(terminal.commands).toHaveLength(before);
      });
    }
    for (const place of ["faceToFace", "managedArea", "lentTerminal"] as const) {
      await step({ ja: `${place}：使える`, en: `${place}: allowed` }, async () => {
        expect((await page.touch(place)).visitor.ppid).toBe(visitor.ppid);
        note({ ja: "使える場", en: "allowed place" }, place);
      });
    }
  },
);

scenario(
  "KZ-14",
  {
    title: {
      ja: "生年月日PINの不一致は断って再登録を案内し、照合は1回だけ",
      en: "birth date key does not match: refused, re-registration advised, one try spent",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async (context) => {
    const { insertCard, step, note } = context;
    const card = await insertCard();
    const { page } = await library(context, card);
    const full = await birthDateTries(card);
    await step({ ja: "生年月日を誤って登録", en: "registered with a slip" }, async () => {
      const slip = (birthDate: string) => (birthDate === "19690101" ? "19690102" : "19690101");
      await page.register({ misspell: (read) => ({ ...read, birthDate: slip(read.birthDate) }) });
    });
    await step({ ja: "かざしは断られ、1回分減る", en: "refused, one try less" }, async () => {
      await expect(page.touch()).rejects.toMatchObject({
        reason: "birthDateMismatch",
        details: { triesLeft: full - 1 },
        guidance: { ja: expect.stringContaining("利用登録をやり直して") },
      });
      expect(await birthDateTries(card)).toBe(full - 1);
      note({ ja: "残り回数", en: "tries left" }, `${full} → ${full - 1}`);
    });
    await step(
      { ja: "再登録すれば使え、回数も戻る", en: "registered again: it works" },
      async () => {
        const { visitor } = await page.register();
        expect((await page.touch()).visitor.ppid).toBe(visitor.ppid);
        expect(await birthDateTries(card)).toBe(full);
      },
    );
  },
);
