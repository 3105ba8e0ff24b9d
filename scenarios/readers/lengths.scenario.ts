/** Readers that carry little at once, or say something wrong about it: the bytes must be the same. */
import {
  expect,
  fromHex,
  JpkiClient,
  readingLimits,
  type ScenarioContext,
  scenario,
  toHex,
} from "../../harness/index.ts";

const SHA256_OF_NOTHING = Buffer.from(
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "hex",
);

const SHORT_APDU = 0x0002_0000;
/** As the RC-S300 announces it: short and extended APDUs. */
const RC_S300 = { dwFeatures: 0x0004_007e, dwMaxCCIDMessageLength: 522 };
const SHORT_MESSAGE = 271;

/** A card in the reader, the reader itself, and the certificate as a plain reader gives it. */
async function prepared({ insertCard, desk }: ScenarioContext) {
  const card = await insertCard();
  const slot = desk.pcsc.reader(card.reader.info.name);
  const read = async (options: { chunk?: number; extended?: boolean } = {}) => {
    const jpki = new JpkiClient(card.reader, options);
    await jpki.select();
    return toHex(await jpki.authCertificate());
  };
  return { card, slot, read, certificate: await read() };
}

scenario(
  "CR-20",
  {
    title: {
      ja: "フレームが64バイトの読取装置でも結果は同じ（遅くなるだけ）",
      en: "frames of 64 bytes with chaining: the same result, only slower",
    },
    system: "card",
    source: "ISO/IEC 14443-4 7.5.2 (chaining); NXP UM0701-02",
    effect: "read-only",
    needs: ["lab", "pins", "reader-faults"],
  },
  async (context) => {
    const { desk, step, note } = context;
    const { card, slot, read, certificate } = await prepared(context);
    const sign = async () => {
      const jpki = new JpkiClient(card.reader);
      await jpki.select();
      await jpki.verifyAuthPin(card.pin("auth"));
      return toHex(await jpki.signWithAuthKey({ sha256: SHA256_OF_NOTHING }));
    };
    const measured = async (frame: number) => {
      slot.traits = { ...slot.traits, frame };
      const frames = slot.traffic.frames;
      const began = desk.pcsc.clock.now().getTime();
      const result = [await read(), await sign()];
      const took = desk.pcsc.clock.now().getTime() - began;
      const sent = slot.traffic.frames - frames;
      note({ ja: `FSD ${frame}`, en: `FSD ${frame}` }, `${sent} frames, ${took} ms`);
      return { result, frames: sent, took };
    };
    await step({ ja: "同じ証明書と署名", en: "certificate and signature agree" }, async () => {
      const wide = await measured(256);
      const narrow = await measured(64);
      expect(narrow.result).toEqual(wide.result);
      expect(narrow.result[0]).toBe(certificate);
      expect(narrow.frames).toBeGreaterThan(wide.frames);
      expect(narrow.took).toBeGreaterThan(wide.took);
    });
  },
);

scenario(
  "CR-21",
  {
    title: {
      ja: "拡張APDUを拒む読取装置では短いAPDUで読む",
      en: "a reader that refuses extended APDUs is read from in short ones",
    },
    system: "card",
    source: "USB CCID 1.1 5.1 (dwFeatures); ISO/IEC 7816-4 5.1",
    effect: "read-only",
    needs: ["lab", "reader-faults"],
  },
  async (context) => {
    const { step } = context;
    const { card, slot, read, certificate } = await prepared(context);
    slot.traits = { ...slot.traits, features: SHORT_APDU, maxMessage: SHORT_MESSAGE };

    await step({ ja: "拡張APDUは通らない", en: "no extended APDU gets through" }, async () => {
      const extended = card.reader.transmit(fromHex("00 B0 00 00 00 00 04"));
      await expect(extended).rejects.toMatchObject({ code: "READER_TRANSPORT" });
    });
    await step(
      { ja: "短いAPDUだけで同じ証明書", en: "the same certificate in short ones" },
      async () => {
        expect(await read()).toBe(certificate);
      },
    );
    await step(
      {
        ja: "拡張APDUを試すクライアントも同じ証明書に至る",
        en: "also after trying the extended form",
      },
      async () => {
        expect(await read({ extended: true })).toBe(certificate);
      },
    );
  },
);

scenario(
  "CR-22",
  {
    title: {
      ja: "最大メッセージ522バイトの読取装置（RC-S300相当）で証明書全体を読む",
      en: "a reader like the RC-S300, with messages of 522 bytes at most, gives all of a certificate",
    },
    system: "card",
    source: "USB CCID 1.1 5.1; CCID readers/SONY_*.txt",
    effect: "read-only",
    needs: ["lab", "reader-faults"],
  },
  async (context) => {
    const { step, note } = context;
    const { slot, read, certificate } = await prepared(context);
    const { dwFeatures: features, dwMaxCCIDMessageLength: maxMessage } = RC_S300;
    slot.traits = { ...slot.traits, features, maxMessage };

    await step({ ja: "256バイトずつ", en: "256 bytes at a time" }, async () => {
      expect(readingLimits(RC_S300)).toEqual({ chunk: 256, extended: true, doubtful: false });
      expect(await read(readingLimits(RC_S300))).toBe(certificate);
      expect(await read()).toBe(certificate);
    });
    await step(
      { ja: "1回で求めても、複数のメッセージに分けて届く", en: "at once, in several messages" },
      async () => {
        const before = slot.traffic.messages;
        expect(await read({ extended: true })).toBe(certificate);
        const messages = slot.traffic.messages - before;
        // SELECT of the AP and of the file and READ BINARY take six; the rest is the long answer.
        expect(messages).toBeGreaterThan(6);
        note({ ja: "CCIDメッセージ", en: "CCID messages" }, String(messages));
      },
    );
  },
);

scenario(
  "CR-23",
  {
    title: {
      ja: "読取装置が告げる最大メッセージ長が誤っている",
      en: "a reader that announces a wrong dwMaxCCIDMessageLength",
    },
    system: "card",
    source: "USB CCID 1.1 5.1 (dwMaxCCIDMessageLength); CCID src/commands.c",
    effect: "read-only",
    needs: ["lab", "reader-faults"],
  },
  async (context) => {
    const { step, note } = context;
    const { slot, read, certificate } = await prepared(context);
    const plain = slot.traits;

    await step(
      { ja: "短すぎる値 (263) を疑い、それに収まるように読む", en: "too little: kept below 263" },
      async () => {
        const announced = { dwFeatures: SHORT_APDU, dwMaxCCIDMessageLength: 263 };
        slot.traits = {
          ...plain,
          features: SHORT_APDU,
          maxMessage: SHORT_MESSAGE,
          announcedMessage: 263,
        };
        await expect(read()).rejects.toMatchObject({ code: "READER_TRANSPORT" });
        const limits = readingLimits(announced);
        expect(limits).toEqual({ chunk: 251, extended: false, doubtful: true });
        expect(await read(limits)).toBe(certificate);
        note({ ja: "1回の読出し", en: "read at once" }, `${limits.chunk} bytes`);
      },
    );
    await step(
      { ja: "長すぎる値では失敗を見て短いAPDUに戻る", en: "too much: back to short ones" },
      async () => {
        slot.traits = { ...plain, maxMessage: SHORT_MESSAGE, announcedMessage: 65_554 };
        const limits = readingLimits({
          dwFeatures: plain.features,
          dwMaxCCIDMessageLength: 65_554,
        });
        expect(limits.extended).toBe(true);
        expect(await read(limits)).toBe(certificate);
      },
    );
  },
);
