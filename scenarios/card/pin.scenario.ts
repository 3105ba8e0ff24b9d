/**
 * PINs and their tries: what a client must do so that no holder is sent to city hall. Scenarios that
 * spend a last try need the lab: on a physical card the guard never lets one go.
 */
import { expect, JpkiClient, type Secret, scenario, wrongPin } from "../../harness/index.ts";

const PIN_RESET = "jpki.go.jp 暗証番号のロック解除・再設定; OpenSC card-jpki.c";
const SAFE_CLIENT = "ISO/IEC 7816-4 (VERIFY); 利用者クライアントソフトの残り回数表示";

/** Presents wrong PINs until the tries that are left are `until`. */
async function spendTries(jpki: JpkiClient, wrong: Secret, until: number): Promise<void> {
  while ((await jpki.triesLeft("auth")) > until) {
    await expect(jpki.verifyAuthPin(wrong)).rejects.toMatchObject({ code: "CARD_PIN_WRONG" });
  }
}

scenario(
  "CR-01",
  {
    title: {
      ja: "利用者証明用PINを1回間違える",
      en: "one wrong user authentication PIN",
    },
    system: "card",
    source: PIN_RESET,
    effect: "spends-tries",
    needs: ["pins"],
  },
  async ({ insertCard, step, note }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    const before = await jpki.triesLeft("auth");

    await step(
      {
        ja: "誤ったPINを照合すると残り回数が伝わる",
        en: "a wrong PIN tells how many tries are left",
      },
      async () => {
        const attempt = jpki.verifyAuthPin(wrongPin(card.pin("auth")));
        await expect(attempt).rejects.toMatchObject({
          code: "CARD_PIN_WRONG",
          triesLeft: before - 1,
        });
      },
    );
    await step({ ja: "自動で再照合しない", en: "nothing is retried" }, async () => {
      const left = await jpki.triesLeft("auth");
      expect(left).toBe(before - 1);
      note({ ja: "残り回数", en: "tries left" }, String(left));
    });
    await step(
      { ja: "正しいPINで回数が戻る", en: "the right PIN restores the tries" },
      async () => {
        await jpki.verifyAuthPin(card.pin("auth"));
        expect(await jpki.triesLeft("auth")).toBe(3);
      },
    );
  },
);

scenario(
  "CR-02",
  {
    title: {
      ja: "利用者証明用PINを3回間違えて閉塞する",
      en: "three wrong user authentication PINs block it",
    },
    system: "card",
    source: PIN_RESET,
    effect: "destroys-card",
    tries: { auth: 3 },
    needs: ["lab", "pins"],
  },
  async ({ insertCard, step, note }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    const wrong = wrongPin(card.pin("auth"));

    await step({ ja: "最後の1回まで間違える", en: "wrong down to the last try" }, async () => {
      await spendTries(jpki, wrong, 1);
    });
    await step({ ja: "最後の誤りで閉塞する", en: "the last wrong one blocks" }, async () => {
      const attempt = jpki.verifyAuthPin(wrong, { spendLastTry: true });
      await expect(attempt).rejects.toMatchObject({ code: "CARD_PIN_BLOCKED", sw: 0x63c0 });
    });
    await step(
      {
        ja: "以後は正しいPINも送らず、窓口を案内する",
        en: "from then on not even the right PIN is sent, and the office is pointed to",
      },
      async () => {
        const attempt = jpki.verifyAuthPin(card.pin("auth"));
        await expect(attempt).rejects.toMatchObject({
          code: "CARD_PIN_BLOCKED",
          resetAt: "municipal-office-or-kiosk",
        });
      },
    );
    await step({ ja: "カードは6984で拒む", en: "the card itself refuses with 6984" }, async () => {
      const status = await rawVerify(card.reader, card.pin("auth"));
      expect(status).toBe("6984");
      note({ ja: "閉塞後の応答", en: "answer once blocked" }, status);
    });
  },
);

scenario(
  "CR-03",
  {
    title: {
      ja: "署名用パスワードを5回間違えて閉塞する",
      en: "five wrong signature passwords block it",
    },
    system: "card",
    source: PIN_RESET,
    effect: "destroys-card",
    tries: { sign: 5 },
    needs: ["lab", "pins"],
  },
  async ({ insertCard, step }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    const authBefore = await jpki.triesLeft("auth");
    const wrong = wrongPin(card.pin("sign"));

    await step({ ja: "5回間違える", en: "wrong five times" }, async () => {
      for (let left = await jpki.triesLeft("sign"); left > 0; left -= 1) {
        await expect(jpki.verifySignPassword(wrong, { spendLastTry: true })).rejects.toMatchObject({
          code: left === 1 ? "CARD_PIN_BLOCKED" : "CARD_PIN_WRONG",
          triesLeft: left - 1,
        });
      }
    });
    await step(
      { ja: "利用者証明用PINには影響しない", en: "the user authentication PIN is not affected" },
      async () => {
        expect(await jpki.triesLeft("auth")).toBe(authBefore);
        await jpki.verifyAuthPin(card.pin("auth"));
      },
    );
  },
);

scenario(
  "CR-04",
  {
    title: {
      ja: "他のアプリで2回間違えたあとの1回で閉塞する",
      en: "two failures left over by another application",
    },
    system: "card",
    source: "support.iam-jpki.jp（失敗回数はアプリをまたいで累積する）",
    effect: "destroys-card",
    tries: { auth: 3 },
    needs: ["lab", "pins", "removal"],
  },
  async ({ insertCard, step }) => {
    const card = await insertCard();
    const wrong = wrongPin(card.pin("auth"));

    await step(
      { ja: "別のアプリが2回間違える", en: "another application fails twice" },
      async () => {
        const other = new JpkiClient(card.reader);
        await other.select();
        await spendTries(other, wrong, 1);
        await card.remove();
        await card.reinsert();
      },
    );
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await step(
      { ja: "照合の前に残り1回と分かる", en: "one try left is known before anything is sent" },
      async () => {
        expect(await jpki.triesLeft("auth")).toBe(1);
      },
    );
    await step(
      { ja: "この回の1回目で閉塞する", en: "the first wrong one now blocks" },
      async () => {
        const attempt = jpki.verifyAuthPin(wrong, { spendLastTry: true });
        await expect(attempt).rejects.toMatchObject({ code: "CARD_PIN_BLOCKED" });
      },
    );
  },
);

scenario(
  "CR-05",
  {
    title: {
      ja: "残り1回では確認なしに照合しない",
      en: "the last try is not spent without asking",
    },
    system: "card",
    source: SAFE_CLIENT,
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async ({ insertCard, step }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await step({ ja: "残り1回まで間違える", en: "wrong down to the last try" }, async () => {
      await spendTries(jpki, wrongPin(card.pin("auth")), 1);
    });
    await step(
      { ja: "確認がなければ送らない", en: "nothing is sent without consent" },
      async () => {
        await expect(jpki.verifyAuthPin(card.pin("auth"))).rejects.toMatchObject({
          code: "CARD_PIN_LAST_TRY",
        });
        expect(await jpki.triesLeft("auth")).toBe(1);
      },
    );
    await step({ ja: "確認すれば照合できる", en: "with consent it is" }, async () => {
      await jpki.verifyAuthPin(card.pin("auth"), { spendLastTry: true });
      expect(await jpki.triesLeft("auth")).toBe(3);
    });
  },
);

scenario(
  "CR-06",
  {
    title: {
      ja: "小文字で入力した署名用パスワードを大文字にして照合する",
      en: "a signature password typed in lower case",
    },
    system: "card",
    source: "公的個人認証サービス 署名用パスワードは大文字英数字; jpki/myna jpki.rs",
    effect: "spends-tries",
    needs: ["pins"],
  },
  async ({ insertCard, step }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await step({ ja: "小文字のまま渡す", en: "given in lower case" }, async () => {
      const typed = card.pin("sign").map((password) => password.toLowerCase());
      await jpki.verifySignPassword(typed);
      expect(await jpki.triesLeft("sign")).toBe(5);
    });
  },
);

/** VERIFY as bytes, past every precaution of the client. */
async function rawVerify(reader: { transmit(c: Uint8Array): Promise<Uint8Array> }, pin: Secret) {
  const digits = new TextEncoder().encode(pin.reveal());
  await reader.transmit(Uint8Array.of(0x00, 0xa4, 0x02, 0x0c, 0x02, 0x00, 0x18));
  const answer = await reader.transmit(
    Uint8Array.of(0x00, 0x20, 0x00, 0x80, digits.length, ...digits),
  );
  return Buffer.from(answer).toString("hex").toUpperCase();
}
