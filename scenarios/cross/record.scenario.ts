/** A session recorded at the reader and said again: the same bytes, the same answers. */
import {
  expect,
  firstDifference,
  JpkiClient,
  parseRecording,
  type Reader,
  recorderFor,
  recordingText,
  replay,
  scenario,
} from "../../harness/index.ts";

const SHA256 = new Uint8Array(32).fill(0x06);

scenario(
  "XS-06",
  {
    title: {
      ja: "記録したやりとりを再生すると、送るバイト列も結果も同じ",
      en: "a recorded session replays with the same bytes and the same outcome",
    },
    system: "cross",
    source: "ISO/IEC 7816-4 5.6, 11.5",
    effect: "read-only",
    needs: ["lab", "pins", "removal"],
    timeout: 60_000,
  },
  async ({ insertCard, step, note }) => {
    const card = await insertCard();
    const pin = card.pin("auth");
    /** What the client says by itself; the second time on the same card, put back. */
    const session = async (reader: Reader) => {
      const recorder = recorderFor(reader);
      const jpki = new JpkiClient(recorder.reader);
      await recorder.reader.open();
      await recorder.reader.reset("cold");
      await jpki.select();
      await jpki.tokenInfo();
      await jpki.authCertificate();
      await jpki.verifyAuthPin(pin);
      await jpki.signWithAuthKey({ sha256: SHA256 });
      await recorder.reader.close();
      return recorder.steps;
    };

    const recording = await step({ ja: "記録する", en: "record" }, async () => {
      const steps = await session(card.reader);
      const { name, driver } = card.reader.info;
      const text = recordingText({ reader: name, driver, steps });
      expect(text).toContain("> 00200080 ‹PIN›");
      expect(text).toContain("‹署名 256 bytes› 9000");
      note({ ja: "記録した件数", en: "steps recorded" }, String(steps.length));
      return parseRecording(text, "XS-06");
    });
    await step({ ja: "同じ実装は同じバイト列を送る", en: "the client says it again" }, async () => {
      await card.reinsert();
      expect(firstDifference(recording.steps, await session(card.reader))).toBeUndefined();
    });
    await step({ ja: "記録の再生でも結果は同じ", en: "the recording says it again" }, async () => {
      await card.reinsert();
      const outcome = await replay(recording, card.reader, { pins: { auth: pin } });
      expect(outcome).toEqual({ matched: recording.steps.length, leftOver: 0 });
    });
    await step({ ja: "別の答えは見逃さない", en: "another answer is noticed" }, async () => {
      card.issued.card.alter((image) => ({
        ...image,
        quirks: { ...image.quirks, firstCommandAnswers6F00: true },
      }));
      await card.reinsert();
      const { difference, leftOver } = await replay(recording, card.reader, {
        pins: { auth: pin },
      });
      expect(difference).toMatchObject({ step: 3, part: "received", received: "6F00" });
      expect(leftOver).toBe(recording.steps.length - 3);
    });
    await step({ ja: "途中で終わる・余分に続く", en: "too few and too many steps" }, async () => {
      const { steps } = recording;
      const cut = steps.slice(0, -1);
      expect(firstDifference(steps, cut)).toMatchObject({ step: steps.length, part: "end" });
      expect(firstDifference(cut, steps)).toMatchObject({ step: steps.length, part: "end" });
    });
  },
);
