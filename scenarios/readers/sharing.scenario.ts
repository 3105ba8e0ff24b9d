/** A card that several programs want. */
import {
  type BenchError,
  expect,
  inTransaction,
  JpkiClient,
  openPatiently,
  scenario,
} from "../../harness/index.ts";

const SHA256_OF_NOTHING = Buffer.from(
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "hex",
);
const SECOND = 1000;

scenario(
  "CR-10",
  {
    title: {
      ja: "Windowsの5秒ルール: トランザクション中にPIN入力画面を開いたままにする",
      en: "the five seconds of Windows: a PIN dialog open inside a transaction",
    },
    system: "card",
    source: "Microsoft SCardBeginTransaction; OpenSC issue 703; piv-go issue 172",
    effect: "read-only",
    needs: ["lab", "pins", "reader-faults"],
  },
  async ({ insertCard, desk, step, note }) => {
    desk.pcsc.platform = "windows";
    const card = await insertCard();
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    const typeFor = (seconds: number) => desk.pcsc.clock.advance(seconds * SECOND);
    const sign = async () => {
      await jpki.verifyAuthPin(card.pin("auth"));
      return jpki.signWithAuthKey({ sha256: SHA256_OF_NOTHING });
    };

    await step(
      {
        ja: "トランザクション中に6秒入力すると次の命令でリセットが分かる",
        en: "six seconds of typing inside, and the next command meets a reset",
      },
      async () => {
        const late = inTransaction(card.reader, async () => {
          typeFor(6);
          return sign();
        });
        const error = (await late.catch((reason: unknown) => reason)) as BenchError;
        expect(error).toMatchObject({ code: "READER_CARD_RESET", status: 0x80100068 });
        note({ ja: "読取装置のエラー", en: "error of the reader" }, error.message);
        await card.reader.open();
        await jpki.select();
      },
    );
    await step(
      { ja: "先にPINを受け取ってから始めれば署名できる", en: "with the PIN asked for before" },
      async () => {
        typeFor(6);
        expect(await inTransaction(card.reader, sign)).toHaveLength(256);
      },
    );
    await step(
      { ja: "入力中も4秒ごとに命令を送れば続く", en: "kept alive every four seconds" },
      async () => {
        const signature = await inTransaction(card.reader, async () => {
          for (let look = 0; look < 3; look += 1) {
            typeFor(4);
            await jpki.triesLeft("auth");
          }
          return sign();
        });
        expect(signature).toHaveLength(256);
      },
    );
    await step({ ja: "Windows以外にこの規則はない", en: "no such rule elsewhere" }, async () => {
      desk.pcsc.platform = "pcsc-lite";
      const signature = await inTransaction(card.reader, async () => {
        typeFor(60);
        return sign();
      });
      expect(signature).toHaveLength(256);
    });
  },
);

scenario(
  "CR-11",
  {
    title: {
      ja: "他のアプリが読取装置を占有している",
      en: "another application holds the reader for itself",
    },
    system: "card",
    source: "PC/SC part 5 (SCARD_E_SHARING_VIOLATION); node-pcsclite issue 10",
    effect: "read-only",
    needs: ["lab", "sharing"],
  },
  async ({ insertCard, desk, step, note }) => {
    const card = await insertCard();
    const { reader } = card;
    await reader.close();
    const other = await desk.readers.reader(reader.info.name, "exclusive");
    await other.open();

    await step(
      {
        ja: "間隔を広げながら4回で諦め、占有中と伝える",
        en: "given up after four attempts, further and further apart",
      },
      async () => {
        const waited: number[] = [];
        const pause = async (milliseconds: number) => waited.push(milliseconds);
        const error = await openPatiently(reader, { attempts: 4, pause }).catch(
          (reason: unknown) => reason,
        );
        expect(error).toMatchObject({ code: "READER_BUSY", status: 0x8010000b });
        expect(waited).toEqual([100, 200, 400]);
        note({ ja: "待った時間 (ms)", en: "waited (ms)" }, waited.join(", "));
      },
    );
    await step(
      { ja: "待つ間に解放されれば使える", en: "released meanwhile, it can be used" },
      async () => {
        let pauses = 0;
        const pause = async () => {
          pauses += 1;
          if (pauses === 2) await other.close();
        };
        await openPatiently(reader, { attempts: 4, pause });
        expect(pauses).toBe(2);
        const jpki = new JpkiClient(reader);
        await jpki.select();
        expect((await jpki.authCertificate()).length).toBeGreaterThan(1000);
      },
    );
  },
);
