/** One card under many readers: whatever its answer to reset looks like, it is the same card. */
import {
  type CardInHand,
  type CardRequest,
  expect,
  JpkiClient,
  scenario,
  toHex,
} from "../../harness/index.ts";

const SHA256_OF_NOTHING = Buffer.from(
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "hex",
);

/** What the card says when it is asked by name, and not by its answer to reset. */
async function certificateOf({ reader }: CardInHand): Promise<string> {
  const jpki = new JpkiClient(reader);
  await jpki.select();
  return toHex(await jpki.authCertificate());
}

scenario(
  "CR-17",
  {
    title: {
      ja: "Type Bの活性化情報で作られたATRでもカードを見分ける",
      en: "a card is known whatever answer to reset a reader makes up for type B",
    },
    system: "card",
    source:
      "PC/SC part 3 (ATR of contactless cards); vsmartcard issue 251; OpenSC customactions.cpp",
    effect: "read-only",
    needs: ["lab", "reader-faults"],
  },
  async ({ issueCard, insertCard, desk, step, note }) => {
    const issued = await issueCard();
    const wrapped = ["contactless-05e0", "contactless-41e0", "contactless-4b51"] as const;
    const seen = new Set<string>();
    const certificates = new Set<string>();
    const look = async (request: CardRequest) => {
      const card = await insertCard({ card: issued, ...request });
      seen.add(toHex(card.atr));
      certificates.add(await certificateOf(card));
      note({ ja: "ATR", en: "answer to reset" }, toHex(card.atr));
    };

    for (const atr of wrapped) {
      await step({ ja: `応用データと通信条件: ${atr}`, en: `wrapped: ${atr}` }, () =>
        look({ atr }),
      );
    }
    await step(
      { ja: "乱数のPUPIを含むATRは毎回変わる", en: "with the random PUPI, each time another" },
      async () => {
        const [entry] = await desk.readers.list();
        const slot = desk.pcsc.reader(entry?.name ?? "");
        slot.traits = { ...slot.traits, atr: "with-pupi" };
        await look({});
        await look({});
        expect([...seen].slice(-2)).toEqual([
          expect.stringMatching(/^3B8C800150/),
          expect.stringMatching(/^3B8C800150/),
        ]);
      },
    );
    await step({ ja: "すべて別のATR、同じカード", en: "all different, one card" }, () => {
      expect({ atrs: seen.size, certificates: certificates.size }).toEqual({
        atrs: 5,
        certificates: 1,
      });
    });
  },
);

scenario(
  "CR-24",
  {
    title: {
      ja: "接触と非接触でATRは違い、論理的な結果は同じ",
      en: "with and without contacts: another answer to reset, the same results",
    },
    system: "card",
    source: "ISO/IEC 7816-3; ISO/IEC 14443-4; OpenSC customactions.cpp（ATR一覧）",
    effect: "read-only",
    needs: ["lab", "pins", "removal", "contacts"],
  },
  async ({ issueCard, insertCard, step, note }) => {
    const issued = await issueCard();
    const sides = ["contactless-05e0", "contact-extended", "contact-short"] as const;
    const results: { atr: string; certificate: string; signature: string }[] = [];
    for (const side of sides) {
      const result = await step({ ja: `ATR: ${side}`, en: `answer: ${side}` }, async () => {
        const card = await insertCard({ card: issued, atr: side });
        const jpki = new JpkiClient(card.reader);
        await jpki.select();
        const certificate = toHex(await jpki.authCertificate());
        await jpki.verifyAuthPin(card.pin("auth"));
        // PKCS #1 v1.5 has no chance in it: one key, one digest, one signature.
        const signature = toHex(await jpki.signWithAuthKey({ sha256: SHA256_OF_NOTHING }));
        note({ ja: side, en: side }, toHex(card.atr));
        return { atr: toHex(card.atr), certificate, signature };
      });
      results.push(result);
    }
    await step({ ja: "結果を比べる", en: "compared" }, () => {
      const distinct = (key: "atr" | "certificate" | "signature") =>
        new Set(results.map((result) => result[key])).size;
      expect(distinct("atr")).toBe(3);
      expect(distinct("certificate")).toBe(1);
      expect(distinct("signature")).toBe(1);
    });
  },
);
