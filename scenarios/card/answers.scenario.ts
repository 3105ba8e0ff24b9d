/** What a card answers, told apart by what a person would do about it. */
import {
  expect,
  JpkiClient,
  type Reader,
  scenario,
  TextApClient,
  toHex,
} from "../../harness/index.ts";

const STATUS_WORDS = "ISO/IEC 7816-4 表5〜7（状態バイト）; JICSAP ICカード仕様";

/** Sends bytes past every client and gives the answer in hexadecimal. */
async function raw(reader: Reader, command: readonly number[]): Promise<string> {
  return toHex(await reader.transmit(Uint8Array.from(command)));
}

scenario(
  "CR-25",
  {
    title: {
      ja: "誤りの種類ごとに別のエラーになり、PINの回数を使わない",
      en: "each kind of refusal is told apart, and none costs a try",
    },
    system: "card",
    source: STATUS_WORDS,
    effect: "read-only",
  },
  async ({ insertCard, step, note }) => {
    const { reader } = await insertCard();
    const jpki = new JpkiClient(reader);
    await jpki.select();
    const before = await jpki.triesLeft("auth");

    await step({ ja: "PIN未照合", en: "PIN not verified" }, async () => {
      await expect(jpki.signCertificate()).rejects.toMatchObject({ code: "CARD_SECURITY_STATUS" });
    });
    await step({ ja: "存在しないEF", en: "a file that is not there" }, async () => {
      expect(await raw(reader, [0x00, 0xa4, 0x02, 0x0c, 0x02, 0x7f, 0x7f])).toBe("6A82");
    });
    // Nobody can say what a real card makes of a command that is unknown to the bench.
    if (reader.info.physical) {
      const label = { ja: "実カードには送らない命令", en: "not sent to a physical card" };
      note(label, "INS F2, CLA B0");
    } else {
      await step({ ja: "未対応のINS", en: "an unknown instruction" }, async () => {
        expect(await raw(reader, [0x00, 0xf2, 0x00, 0x00, 0x00])).toBe("6D00");
      });
      await step({ ja: "未対応のCLA", en: "an unknown class" }, async () => {
        expect(await raw(reader, [0xb0, 0x3c, 0x01, 0x00])).toBe("6E00");
      });
    }
    await step({ ja: "回数は減らない", en: "no try is spent" }, async () => {
      const left = await jpki.triesLeft("auth");
      expect(left).toBe(before);
      note({ ja: "残り回数", en: "tries left" }, String(left));
    });
  },
);

scenario(
  "CR-27",
  {
    title: {
      ja: "署名用証明書のないカード（15歳未満）",
      en: "a card without a signature certificate (under 15)",
    },
    system: "card",
    source: "公的個人認証法3条; 自治体FAQ（15歳未満には署名用を発行しない）",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ insertCard, step }) => {
    const card = await insertCard({ persona: "child" });
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await step(
      {
        ja: "「証明書なし」であって読取失敗ではない",
        en: "“no certificate”, and not a failure to read",
      },
      async () => {
        await expect(jpki.signCertificate()).rejects.toMatchObject({
          code: "CARD_CERTIFICATE_MISSING",
        });
      },
    );
    await step(
      { ja: "利用者証明用は読める", en: "the authentication certificate reads" },
      async () => {
        const certificate = await jpki.authCertificate();
        expect([...certificate.subarray(0, 2)]).toEqual([0x30, 0x82]);
      },
    );
  },
);

scenario(
  "CR-29",
  {
    title: {
      ja: "証明書EFの末尾の詰め物を証明書に含めない",
      en: "filler after the certificate is not part of it",
    },
    system: "card",
    source: "OpenSC card-jpki.c（証明書長はDERのヘッダーから求める）",
    effect: "read-only",
  },
  async ({ insertCard, step, note }) => {
    const { reader } = await insertCard({ quirks: { certificateFiller: true } });
    const jpki = new JpkiClient(reader);
    await jpki.select();
    await step({ ja: "DERの長さちょうどで終わる", en: "it ends where its DER ends" }, async () => {
      const der = await jpki.authCertificate();
      const announced = ((der[2] ?? 0) << 8) + (der[3] ?? 0) + 4;
      expect(der.length).toBe(announced);
      note({ ja: "証明書の長さ", en: "length of the certificate" }, `${der.length} bytes`);
    });
  },
);

scenario(
  "CR-30",
  {
    title: {
      ja: "券面事項入力補助APの4情報と個人番号を読む",
      en: "the four attributes and My Number as text",
    },
    system: "card",
    source: "券面事項入力補助AP; jpki/myna text.rs（TLVの位置を決め打ちしない）",
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async ({ insertCard, step }) => {
    const card = await insertCard();
    const text = new TextApClient(card.reader);
    await text.select();
    await step({ ja: "PINなしでは読めない", en: "nothing without the PIN" }, async () => {
      await expect(text.attributes()).rejects.toMatchObject({ code: "CARD_SECURITY_STATUS" });
    });
    await text.verifyPin(card.pin("text"));
    const { resident } = card.issued;
    await step(
      { ja: "4情報が住民票と一致する", en: "the four attributes are the resident's" },
      async () => {
        const read = (await text.attributes()).reveal();
        // Compared as a whole and told as yes or no: a difference must not be printed.
        expect(read.name === resident.name && read.address === resident.address).toBe(true);
        expect(read.birthDate === resident.birthDate && read.sex === resident.sex).toBe(true);
      },
    );
    await step({ ja: "個人番号が一致する", en: "My Number is the resident's" }, async () => {
      const number = (await text.myNumber()).reveal();
      expect(number === resident.myNumber).toBe(true);
    });
  },
);
