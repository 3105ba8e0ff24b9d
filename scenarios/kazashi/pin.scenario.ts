/** The PIN: who types it, who sees it, and who never does. */
import { inspect } from "node:util";
import {
  expect,
  type HeadlessTerminal,
  type PinDialog,
  Secret,
  scenario,
} from "../../harness/index.ts";

const SOURCE =
  "デジタル庁 かざし利用クライアントソフト（ブラウザ拡張機能版）" +
  "（ブラウザの代わりに拡張機能の部品を直接動かす）";

const AT = { use: "registration", place: "faceToFace" } as const;

const CHALLENGE = Buffer.alloc(32, 0x5a).toString("base64");

scenario(
  "KZ-07",
  {
    title: {
      ja: "暗証番号の窓を閉じたら「中止」とし、カードには触れない",
      en: "PIN window closed: cancelled, and the card is not touched",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "read-only",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step }) => {
    const card = await insertCard();
    const terminal = systems.terminal(card);
    const { kazashi } = terminal.browser.open(lab.addresses.mkpf.verification);
    const ways: [string, string, (dialog: PinDialog) => void][] = [
      ["窓を閉じる", "closed", (dialog) => dialog.close()],
      ["中止を押す", "cancelled", (dialog) => dialog.cancel()],
    ];
    for (const [ja, en, person] of ways) {
      await step({ ja, en }, async () => {
        terminal.person = person;
        await expect(kazashi.attributes(AT)).rejects.toMatchObject({ reason: "cancelled" });
        expect(terminal.commands).toEqual([]);
      });
    }
    await step({ ja: "形式の誤りは窓の中で直せる", en: "a slip is mended there" }, async () => {
      const troubles: string[] = [];
      terminal.person = (dialog) => {
        dialog.type("12a");
        troubles.push(dialog.trouble);
        dialog.type(card.pin("text").reveal());
      };
      await expect(kazashi.attributes(AT)).resolves.toHaveProperty("sex");
      expect(troubles).toEqual([expect.stringContaining("数字4桁")]);
    });
  },
);

/** Spellings in which four digits could stand somewhere. */
function spellings(pin: string): string[] {
  const bytes = Buffer.from(pin, "latin1");
  const codes = [...bytes];
  return [
    pin,
    bytes.toString("hex").toUpperCase(),
    bytes.toString("base64").replace(/=+$/, ""),
    codes.join(","),
    codes.join(", "),
  ];
}

/** In how many of the texts the PIN stands. A number alone: no report may repeat what it found. */
function leaks(written: readonly string[], pin: Secret): number {
  const forms = spellings(pin.reveal()).map((form) => form.toUpperCase());
  return written.filter((text) => forms.some((form) => text.toUpperCase().includes(form))).length;
}

/** Everything the console was told meanwhile, and everything a failure says of itself. */
async function overheard(written: string[], body: () => Promise<unknown>): Promise<void> {
  const names = ["debug", "error", "info", "log", "trace", "warn"] as const;
  // biome-ignore lint/suspicious/noConsole: listens to the console and writes nothing
  const kept = names.map((name) => [name, console[name]] as const);
  for (const name of names) console[name] = (...words) => void written.push(inspect(words));
  try {
    await body().catch((error: unknown) => written.push(inspect(error, { depth: 10 })));
  } finally {
    for (const [name, original] of kept) console[name] = original;
  }
}

scenario(
  "KZ-16",
  {
    title: {
      ja: "暗証番号は、ログ・記録・画面への応答・エラーのどこにも現れない",
      en: "the PIN stands in no log, trace, answer to the page or error",
    },
    system: "kazashi",
    source: SOURCE,
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const origin = lab.addresses.mkpf.verification;
    // Four digits turn up by chance; those of each of three PINs do not.
    const pins = ["8306", "5719", "9462"].map((value) => new Secret(value));
    const found: number[] = [];
    let searched = 0;
    for (const [i, pin] of pins.entries()) {
      const ja = `${i + 1}つ目の暗証番号で、成功・誤り・途中の障害まで行う`;
      await step({ ja, en: `PIN ${i + 1}: right, wrong, and failing midway` }, async () => {
        const card = await insertCard();
        lab.counter.unblock(card.issued, "auth", pin.reveal());
        lab.counter.unblock(card.issued, "text", pin.reveal());
        const terminal = systems.terminal(await insertCard({ card: card.issued }));
        const written = await useInEveryWay(terminal, origin, pin);
        searched += written.length;
        found.push(leaks(written, pin) + leaks(written, mistyped(pin)));
      });
    }
    note({ ja: "調べた出力の件数", en: "outputs searched" }, String(searched));
    expect(searched).toBeGreaterThan(60);
    expect(found.every((places) => places > 0)).toBe(false);
  },
);

/** A PIN typed wrongly is half a secret. */
function mistyped(pin: Secret): Secret {
  return pin.map((value) => value.slice(1) + value[0]);
}

async function useInEveryWay(
  terminal: HeadlessTerminal,
  origin: string,
  pin: Secret,
): Promise<string[]> {
  const written = terminal.outputs;
  const { kazashi } = terminal.browser.open(origin);
  const right = () => terminal.knows({ auth: pin, text: pin });
  const wrong = mistyped(pin);
  await overheard(written, async () => {
    right();
    await kazashi.authenticate(AT, CHALLENGE);
    await kazashi.attributes(AT);
  });
  expect(terminal.dialogs).toBe(2);
  await overheard(written, async () => {
    terminal.knows({ auth: wrong, text: wrong });
    await kazashi.authenticate(AT, CHALLENGE);
  });
  for (const crashesAt of ["open", "perform"] as const) {
    await overheard(written, async () => {
      right();
      terminal.host.condition = { crashesAt, times: 1 };
      await kazashi.attributes(AT);
    });
  }
  await overheard(written, async () => {
    terminal.person = (dialog) => {
      dialog.type(pin.reveal());
      terminal.browser.stopWorker();
    };
    await kazashi.attributes(AT);
  });
  return written;
}
