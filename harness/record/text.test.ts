import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RecordedStep } from "./recording.ts";
import { parseRecording, recordingText } from "./text.ts";

/** Written by hand: SELECT, a refused PIN, a lost card. */
const TEXT = `# jpki-bench recording 1
reader: ACS ACR39U 00 00
driver: pcsc
card: sha256:00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff

* カードへの接続 / connect to the card
> OPEN
< 3BE000FF8131FE4514

* VERIFY 利用者証明用PIN / VERIFY user authentication PIN
> 00200080 ‹PIN›
~ short
< 63C2

* 解釈できないコマンド / command not understood
> ‹解釈できないコマンド›
! READER_CARD_REMOVED

# began, took (ms)
0.000 12.500
15.250 3.000
20.000 1.001
`;

const parse = (text: string) => parseRecording(text, "session.txt");

describe("a recording as text", () => {
  it("is read as it was written by hand", () => {
    const { reader, driver, steps } = parse(TEXT);
    expect({ reader, driver }).toEqual({ reader: "ACS ACR39U 00 00", driver: "pcsc" });
    expect(steps).toEqual([
      {
        label: { ja: "カードへの接続", en: "connect to the card" },
        sent: "OPEN",
        received: "3BE000FF8131FE4514",
        at: 0,
        took: 12.5,
      },
      {
        label: { ja: "VERIFY 利用者証明用PIN", en: "VERIFY user authentication PIN" },
        sent: "00200080 ‹PIN›",
        form: "short",
        received: "63C2",
        at: 15.25,
        took: 3,
      },
      {
        label: { ja: "解釈できないコマンド", en: "command not understood" },
        sent: "‹解釈できないコマンド›",
        error: "READER_CARD_REMOVED",
        at: 20,
        took: 1.001,
      },
    ]);
  });

  it("is written as it was read", () => {
    expect(recordingText(parse(TEXT))).toBe(TEXT);
    expect(recordingText(parse(TEXT.replaceAll("\n", "\r\n")))).toBe(TEXT);
  });

  it.each([
    ["another first line", "recording 1", "recording 2", 1],
    ["a card that is no digest", "sha256:0011", "sha256:11", 4],
    ["a label in one language", " / connect to the card", "", 6],
    ["a PIN where a hole belongs", "00200080 ‹PIN›", "00200080 1234 PIN", 11],
    ["half a byte", "< 63C2", "< 63C", 13],
    ["another form", "~ short", "~ long", 12],
    ["no answer", "< 63C2\n", "", 12],
    ["a time too few", "20.000 1.001\n", "", 22],
    ["a time too many", "20.000 1.001\n", "20.000 1.001\n1.000 1.000\n", 23],
    ["a torn end", "\n# began, took (ms)\n0.000 12.500\n15.250 3.000\n20.000 1.001\n", "", 19],
  ])("is refused with the line for %s", (_, from, to, line) => {
    const damaged = TEXT.replace(from, to);
    expect(damaged).not.toBe(TEXT);
    expect(() => parse(damaged)).toThrow(
      expect.objectContaining({
        code: "RECORDING_INVALID",
        message: expect.stringMatching(new RegExp(`^session.txt:${line}: `)),
      }),
    );
  });

  it("comes back from any session", () => {
    const hex = fc
      .uint8Array({ minLength: 1, maxLength: 8 })
      .map((bytes) =>
        [...bytes].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join(""),
      );
    const milliseconds = fc.nat(9_999_999).map((thousandths) => thousandths / 1000);
    const step: fc.Arbitrary<RecordedStep> = fc.record({
      label: fc.constant({ ja: "乱数", en: "random" }),
      sent: hex.map((bytes) => `${bytes} ‹チャレンジ 8 bytes›`),
      form: fc.constantFrom("short Le", "extended"),
      received: fc.oneof(
        hex,
        hex.map((bytes) => `${bytes} ‹乱数 8 bytes› 9000`),
      ),
      at: milliseconds,
      took: milliseconds,
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 5 }), fc.string(), (steps, reader) => {
        const text = recordingText({ reader, driver: "pcsc", steps });
        const back = parse(text);
        expect(back.steps).toEqual(steps);
        expect(recordingText(back)).toBe(text);
      }),
      { numRuns: 200 },
    );
  });
});
