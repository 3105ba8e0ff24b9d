/** Sessions with a card that end before their time. */
import { type BenchError, expect, JpkiClient, resuming, scenario } from "../../harness/index.ts";

const SHA256_OF_NOTHING = Buffer.from(
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "hex",
);
const GONE = expect.stringMatching(/^READER_(CARD_REMOVED|CARD_RESET|NO_CARD|TRANSPORT|LOST)$/);

const READ_BINARY = 0xb0;

/** What a promise was rejected with, as an error of the bench. */
async function errorOf(promise: Promise<unknown>): Promise<BenchError | undefined> {
  return promise.then(
    () => undefined,
    (reason: unknown) => reason as BenchError,
  );
}

scenario(
  "CR-07",
  {
    title: {
      ja: "PIN照合と署名の間にカードを抜く",
      en: "card taken away between VERIFY and SIGN",
    },
    system: "card",
    source: "PC/SC part 5 (SCARD_W_REMOVED_CARD); ISO/IEC 7816-4 セキュリティステータス",
    effect: "read-only",
    needs: ["lab", "pins", "removal"],
  },
  async ({ insertCard, step, note }) => {
    const card = await insertCard();
    const before = new JpkiClient(card.reader);
    await before.select();
    await before.verifyAuthPin(card.pin("auth"));

    await step(
      { ja: "抜いたあとの署名は失敗する", en: "signing fails once it is gone" },
      async () => {
        await card.remove();
        const error = await errorOf(before.signWithAuthKey({ sha256: SHA256_OF_NOTHING }));
        expect(error).toMatchObject({ code: GONE });
        note({ ja: "読取装置のエラー", en: "error of the reader" }, error?.code ?? "");
      },
    );
    await step(
      { ja: "戻しても照合済みとはみなさない", en: "put back, nothing counts as verified" },
      async () => {
        await card.reinsert();
        const after = new JpkiClient(card.reader);
        await after.select();
        await expect(after.signWithAuthKey({ sha256: SHA256_OF_NOTHING })).rejects.toMatchObject({
          code: "CARD_SECURITY_STATUS",
        });
      },
    );
  },
);

scenario(
  "CR-08",
  {
    title: {
      ja: "証明書を読んでいる途中（オフセットn）でカードを抜く",
      en: "card taken away while a certificate is read, at offset n",
    },
    system: "card",
    source: "PC/SC part 5 (SCARD_W_REMOVED_CARD); ISO/IEC 7816-4 READ BINARY",
    effect: "read-only",
    needs: ["lab", "removal"],
  },
  async ({ insertCard, step, note }) => {
    const card = await insertCard();
    const read = async () => {
      const jpki = new JpkiClient(card.reader);
      await jpki.select();
      return jpki.authCertificate();
    };
    const whole = await read();

    for (const offset of [0, 256, 768]) {
      await step(
        { ja: `オフセット${offset}で抜く`, en: `taken away at offset ${offset}` },
        async () => {
          card.removeDuring(
            ([, ins, p1 = 0, p2 = 0]) => ins === READ_BINARY && p1 * 256 + p2 === offset,
          );
          // The reader's error, and not one about the content: what was read is not looked at.
          const error = await errorOf(read());
          expect(error).toMatchObject({ code: GONE });
          note({ ja: `オフセット${offset}`, en: `offset ${offset}` }, error?.code ?? "");
        },
      );
      await step({ ja: "戻せば全体が読める", en: "put back, all of it reads" }, async () => {
        await card.reinsert();
        expect(Buffer.from(await read()).equals(whole)).toBe(true);
      });
    }
  },
);

scenario(
  "CR-09",
  {
    title: {
      ja: "他のプログラムがカードをリセットする",
      en: "another program has the card reset",
    },
    system: "card",
    source: "PC/SC part 5 (SCARD_W_RESET_CARD); piv-go issue 172",
    effect: "read-only",
    needs: ["lab", "pins", "sharing"],
  },
  async ({ insertCard, desk, step, note }) => {
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await jpki.verifyAuthPin(card.pin("auth"));
    const certificate = await jpki.authCertificate();
    const sign = () => jpki.signWithAuthKey({ sha256: SHA256_OF_NOTHING });
    const interfere = async () => {
      const other = await desk.readers.reader(card.reader.info.name);
      await other.open();
      await other.reset("cold");
      await other.close();
    };

    await step(
      { ja: "リセットされたことが分かる", en: "the reset is told as what it is" },
      async () => {
        await interfere();
        const error = await errorOf(sign());
        expect(error).toMatchObject({ code: "READER_CARD_RESET", status: 0x80100068 });
        note({ ja: "読取装置のエラー", en: "error of the reader" }, error?.message ?? "");
      },
    );
    await step(
      {
        ja: "再接続してAPを選択し直し、読取りを続ける",
        en: "reading goes on after connecting and selecting anew",
      },
      async () => {
        await card.reader.open();
        await jpki.select();
        await interfere();
        const again = await resuming(card.reader, jpki, () => jpki.authCertificate());
        expect(Buffer.from(again).equals(certificate)).toBe(true);
      },
    );
    await step(
      { ja: "PINは自動では照合し直さない", en: "no PIN is presented by itself" },
      async () => {
        await jpki.verifyAuthPin(card.pin("auth"));
        await interfere();
        await expect(resuming(card.reader, jpki, sign)).rejects.toMatchObject({
          code: "CARD_SECURITY_STATUS",
        });
      },
    );
    await step(
      { ja: "利用者が入力し直せば署名できる", en: "entered again by its holder, it signs" },
      async () => {
        await jpki.verifyAuthPin(card.pin("auth"));
        expect(await sign()).toHaveLength(256);
        expect(await jpki.triesLeft("auth")).toBe(3);
      },
    );
  },
);
