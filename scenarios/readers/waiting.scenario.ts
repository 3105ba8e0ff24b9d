/** A card that needs seconds to sign and says so, and readers that grant them or do not. */
import {
  type BenchError,
  CardError,
  expect,
  fromHex,
  isPassing,
  JpkiClient,
  scenario,
} from "../../harness/index.ts";

const SHA256_OF_NOTHING = Buffer.from(
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "hex",
);
const COMPUTE_SIGNATURE = 0x2a;
const SECOND = 1000;

const signing = (command: Uint8Array) => command[1] === COMPUTE_SIGNATURE;

scenario(
  "CR-18",
  {
    title: {
      ja: "署名に4秒かかり、カードが待ち時間の延長（WTX）を繰り返し求める",
      en: "signing takes four seconds, with waiting time extensions asked for again and again",
    },
    system: "card",
    source: "ISO/IEC 14443-4 7.3 (S(WTX)); proxmark3 issue 3570",
    effect: "read-only",
    needs: ["lab", "pins", "reader-faults"],
  },
  async ({ insertCard, desk, step, note }) => {
    const card = await insertCard();
    const slot = desk.pcsc.reader(card.reader.info.name);
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await jpki.verifyAuthPin(card.pin("auth"));
    slot.faults.inject({ kind: "waiting", milliseconds: 4 * SECOND }, { on: signing });

    await step({ ja: "延長を認めれば署名できる", en: "granted the time, it signs" }, async () => {
      const began = desk.pcsc.clock.now().getTime();
      expect(await jpki.signWithAuthKey({ sha256: SHA256_OF_NOTHING })).toHaveLength(256);
      const took = desk.pcsc.clock.now().getTime() - began;
      expect(took).toBeGreaterThan(4 * SECOND);
      expect(slot.traffic.extensions).toBeGreaterThanOrEqual(13);
      note({ ja: "かかった時間", en: "time taken" }, `${took} ms`);
      note({ ja: "延長の回数", en: "extensions" }, String(slot.traffic.extensions));
    });
    await step(
      { ja: "3秒で諦めるクライアントは失敗する", en: "a client with three seconds gives up" },
      async () => {
        const sign = fromHex(
          "80 2A 00 80 33 3031300D060960864801650304020105000420" +
            "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855 00",
        );
        await card.reader.transmit(fromHex("00 A4 02 0C 02 00 17"));
        const hasty = card.reader.transmit(sign, { deadline: 3 * SECOND });
        await expect(hasty).rejects.toMatchObject({ code: "READER_DEADLINE" });
      },
    );
  },
);

scenario(
  "CR-19",
  {
    title: {
      ja: "読取装置が待ち時間の延長を誤って扱い、カードが離れたように見える",
      en: "a reader that mishandles the extension, so that the card seems to have left",
    },
    system: "card",
    source: "proxmark3 issue 3570; PC/SC part 5 (SCARD_E_COMM_DATA_LOST)",
    effect: "read-only",
    needs: ["lab", "pins", "reader-faults"],
  },
  async ({ insertCard, desk, step, note }) => {
    const card = await insertCard();
    const slot = desk.pcsc.reader(card.reader.info.name);
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    await jpki.verifyAuthPin(card.pin("auth"));
    const sign = () => jpki.signWithAuthKey({ sha256: SHA256_OF_NOTHING });
    slot.faults.inject({ kind: "waiting", milliseconds: SECOND }, { on: signing });
    slot.traits = { ...slot.traits, waiting: "lost" };

    await step(
      {
        ja: "カードの障害ではなく、やり直せる通信の失敗とみなす",
        en: "taken for a passing failure of the link, and not for the card's",
      },
      async () => {
        const error = (await sign().catch((reason: unknown) => reason)) as BenchError;
        expect(error).toMatchObject({ code: "READER_TRANSPORT", status: 0x8010002f });
        expect(isPassing(error)).toBe(true);
        expect(error).not.toBeInstanceOf(CardError);
        expect((await desk.readers.list())[0]?.atr).toBeDefined();
        note({ ja: "読取装置のエラー", en: "error of the reader" }, error.message);
      },
    );
    await step(
      {
        ja: "照合済みとはみなさず、最初からやり直す",
        en: "started over, with the PIN asked again",
      },
      async () => {
        slot.traits = { ...slot.traits, waiting: "granted" };
        await card.reader.open();
        await jpki.select();
        await expect(sign()).rejects.toMatchObject({ code: "CARD_SECURITY_STATUS" });
        await jpki.verifyAuthPin(card.pin("auth"));
        expect(await sign()).toHaveLength(256);
        expect(await jpki.triesLeft("auth")).toBe(3);
      },
    );
  },
);
