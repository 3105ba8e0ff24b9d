/** The card taken away and the plug pulled at a step, on any link: by the bench's own hand, a relay,
 * a servo or a person. */
import { endsSession, expect, JpkiClient, type Reader, scenario } from "../../harness/index.ts";

/** Reads the certificate number on a session that is opened for it. */
async function tokenSerial(reader: Reader): Promise<string> {
  const jpki = new JpkiClient(reader);
  await jpki.select();
  return (await jpki.tokenInfo()).serialNumber;
}

/** What a broken exchange was told; a session that goes on is told as such. */
async function endOf(exchange: Promise<unknown>): Promise<unknown> {
  return exchange.then(
    () => "the session went on",
    (error: unknown) => error,
  );
}

scenario(
  "AC-01",
  {
    title: {
      ja: "カードを離して置き直す（アクチュエーター操作）",
      en: "the card is taken away and put back by an actuator",
    },
    system: "card",
    source: "PC/SC part 5 (SCARD_W_REMOVED_CARD); ISO/IEC 14443-4 8 (deactivation)",
    effect: "read-only",
    needs: ["actuator"],
    timeout: 90_000,
  },
  async ({ actuator, insertCard, step, note }) => {
    const card = await insertCard();
    const before = await step({ ja: "カードを読む", en: "the card is read" }, async () =>
      tokenSerial(card.reader),
    );
    await step(
      { ja: "カードを離すと通信は終わる", en: "without the card the session is over" },
      async () => {
        await actuator.remove();
        const error = await endOf(tokenSerial(card.reader));
        expect(endsSession(error), String(error)).toBe(true);
        note({ ja: "通知されたエラー", en: "error told" }, (error as Error).message);
      },
    );
    await step(
      { ja: "カードがない間は接続できない", en: "nobody connects while it is away" },
      async () => {
        await expect(card.reader.open()).rejects.toMatchObject({ code: "READER_NO_CARD" });
      },
    );
    await step(
      { ja: "置き直すと同じカードが読める", en: "put back, the same card is read" },
      async () => {
        await actuator.present();
        await card.reader.open();
        expect(await tokenSerial(card.reader)).toBe(before);
      },
    );
  },
);

scenario(
  "AC-02",
  {
    title: {
      ja: "読取装置の電源が切れて戻る（アクチュエーター操作）",
      en: "the reader loses its supply and gets it back",
    },
    system: "card",
    source: "PC/SC part 5 (SCARD_E_READER_UNAVAILABLE)",
    effect: "read-only",
    needs: ["power"],
    timeout: 90_000,
  },
  async ({ actuator, insertCard, step }) => {
    const card = await insertCard();
    const before = await tokenSerial(card.reader);
    await step(
      { ja: "電源断で通信は終わる", en: "without supply the session is over" },
      async () => {
        await actuator.cutPower();
        const error = await endOf(tokenSerial(card.reader));
        expect(endsSession(error), String(error)).toBe(true);
      },
    );
    await step(
      { ja: "電源が戻ると同じカードが読める", en: "with supply the same card is read" },
      async () => {
        await actuator.restorePower();
        await card.reader.open();
        expect(await tokenSerial(card.reader)).toBe(before);
      },
    );
  },
);
