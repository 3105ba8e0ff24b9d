/** MKPF 類型①: registration at the counter with PINs, and later use by a touch without one. */
import { type CardInHand, expect, type ScenarioContext, scenario } from "../../harness/index.ts";

const COUNTER = "デジタル庁 マイキープラットフォーム連携の手引き（類型①）";

const REGISTER_FIRST = { refusal: "access_denied", detail: "REGISTRATION_REQUIRED" };

/** Whether what came is what the register has. Compared here, so that no failure prints it. */
function isOwn4Attributes(found: unknown, { issued }: CardInHand): boolean {
  const { name, address, birthDate, sex } = issued.resident;
  return JSON.stringify(found) === JSON.stringify({ name, address, birthDate, sex });
}

function ppidsOf({ lab }: ScenarioContext) {
  return lab.mkpf.verification.state().ppids;
}

scenario(
  "MK-01",
  {
    title: {
      ja: "窓口登録（一体化・新規）とかざし利用で同じPPIDになり、4情報は新規登録だけに返る",
      en: "registration A and B and the later touch: one PPID, and the four attributes in B alone",
    },
    system: "mkpf-1",
    source: `${COUNTER} 利用の流れ; デジタル庁 かざし利用クライアントソフト（内部認証）`,
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async (context) => {
    const { systems, insertCard, step, note } = context;
    const library = await systems.counter("試験市 図書館");
    const reader = await insertCard();
    const a = await step({ ja: "一体化：4情報は返らない", en: "A: no attributes" }, async () => {
      const { visitor } = await library.register(reader);
      expect(visitor).not.toHaveProperty("attributes");
      return visitor;
    });
    const newcomer = await insertCard({ persona: "elder" });
    const b = await step({ ja: "新規登録：4情報が返る", en: "B: the attributes" }, async () => {
      const { visitor } = await library.register(newcomer, { attributes: true });
      expect(isOwn4Attributes(visitor.attributes, newcomer)).toBe(true);
      return visitor;
    });
    const returning = [
      { ja: "一体化した人", en: "the first", card: reader, ppid: a.ppid },
      { ja: "新規登録した人", en: "the second", card: newcomer, ppid: b.ppid },
    ];
    for (const { ja, en, card, ppid } of returning) {
      await step({ ja: `${ja}のかざし利用`, en: `touch of ${en}` }, async () => {
        const { visitor } = await library.touch(await insertCard({ card: card.issued }));
        expect(visitor.ppid).toBe(ppid);
        expect(visitor).not.toHaveProperty("attributes");
        note({ ja: `${ja}のPPID`, en: `PPID of ${en}` }, visitor.ppid);
      });
    }
    await step({ ja: "未登録の人のかざしは断る", en: "a stranger's touch" }, async () => {
      const gym = await systems.counter("試験市 体育館");
      const stranger = await insertCard();
      await expect(library.touch(stranger)).rejects.toMatchObject(REGISTER_FIRST);
      const elsewhere = (await gym.register(stranger)).visitor.ppid;
      expect((await gym.touch(stranger)).visitor.ppid).toBe(elsewhere);
      await expect(library.touch(stranger)).rejects.toMatchObject(REGISTER_FIRST);
      const { ppid } = (await library.register(stranger)).visitor;
      expect((await library.touch(stranger)).visitor.ppid).toBe(ppid);
    });
  },
);

scenario(
  "MK-05",
  {
    title: {
      ja: "同意しない利用者にはPPIDを発行せず、エラーを返す",
      en: "a person who declines gets no PPID, and the system an error",
    },
    system: "mkpf-1",
    source: `${COUNTER} 同意画面; RFC 6749 4.1.2.1 (access_denied)`,
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async (context) => {
    const { systems, insertCard, step, note } = context;
    const library = await systems.counter("試験市 図書館");
    const card = await insertCard();
    const decideOn = async (decision: "allow" | "decline") => {
      const visit = await library.receive({ mode: "register", attributes: true });
      expect(await visit.present(card)).toMatchObject({ step: "consent" });
      await visit.decide(decision);
      return visit;
    };

    await step({ ja: "同意しない", en: "declined" }, async () => {
      const visit = await decideOn("decline");
      expect(visit.answer.searchParams.has("code")).toBe(false);
      await expect(visit.finish()).rejects.toMatchObject({
        refusal: "access_denied",
        detail: "CONSENT_DECLINED",
      });
      expect(ppidsOf(context)).toEqual([]);
      note({ ja: "同意しない場合のエラー", en: "error" }, "access_denied");
    });
    await step({ ja: "同意すれば登録される", en: "agreed: registered" }, async () => {
      const { visitor } = await (await decideOn("allow")).finish();
      expect(ppidsOf(context)).toMatchObject([{ ppid: visitor.ppid }]);
    });
  },
);

scenario(
  "MK-20",
  {
    title: {
      ja: "4情報がすべて同じ別人を、PPIDだけで取り違えずに見分ける",
      en: "two people with the same four attributes are told apart by PPID alone",
    },
    system: "mkpf-1",
    source: `${COUNTER} PPID（利用者の突合）`,
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const library = await systems.counter("試験市 図書館");
    const [one, other] = [lab.office.register("adult"), lab.office.register("adult")];
    const { name, address, birthDate, sex } = one;
    lab.office.correct(other, { name, address, birthDate, sex });
    const cards = [await lab.handOut(one), await lab.handOut(other)];

    const patrons = await step({ ja: "二人を新規登録", en: "both are registered" }, async () => {
      const visitors = [];
      for (const card of cards) {
        const inHand = await insertCard({ card });
        const { visitor } = await library.register(inHand, { attributes: true });
        expect(isOwn4Attributes(visitor.attributes, inHand)).toBe(true);
        visitors.push(visitor);
      }
      return visitors;
    });
    await step({ ja: "4情報は同じ、PPIDは別", en: "same attributes, other PPID" }, () => {
      const [first, second] = patrons.map(({ attributes }) => JSON.stringify(attributes));
      expect(first === second).toBe(true);
      expect(new Set(patrons.map(({ ppid }) => ppid)).size).toBe(2);
    });
    await step({ ja: "かざした人のPPIDが返る", en: "each touch finds its own" }, async () => {
      for (const [i, card] of cards.entries()) {
        const { visitor } = await library.touch(await insertCard({ card }));
        expect(visitor.ppid).toBe(patrons[i]?.ppid);
        note({ ja: `${i + 1}人目のPPID`, en: `PPID of person ${i + 1}` }, visitor.ppid);
      }
    });
  },
);
