import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex } from "../../simulator/iso7816/index.ts";
import { BenchError } from "../errors.ts";
import type { Reader } from "../reader/index.ts";
import { recorderFor } from "./recorder.ts";
import { recordingText } from "./text.ts";

const SELECT_JPKI = "00A4040C0AD392F000260100000001";
const SELECT_PIN = "00A4020C020018";

/** A reader that answers everything with one response, or with an error. */
function answering(answer: string | BenchError): Reader {
  const presence = { atr: fromHex("3B80800101") };
  return {
    info: { driver: "test", name: "Test Reader", physical: false },
    open: async () => presence,
    reset: async () => presence,
    close: async () => undefined,
    transmit: async () => {
      if (answer instanceof BenchError) throw answer;
      return fromHex(answer);
    },
  };
}

/** A clock that goes on by two milliseconds at each look. */
function ticking(): () => number {
  let now = 100;
  return () => {
    now += 2;
    return now;
  };
}

describe("a recorder", () => {
  it("notes each step with its time since the recording began", async () => {
    const { reader, steps } = recorderFor(answering("9000"), ticking());
    await reader.open();
    await reader.transmit(fromHex(SELECT_JPKI));
    await reader.close();
    expect(steps.map(({ sent, received, at, took }) => [sent, received, at, took])).toEqual([
      ["OPEN", "3B80800101", 2, 2],
      ["00A4040C 0AD392F000260100000001", "9000", 6, 2],
      ["CLOSE", undefined, 10, 2],
    ]);
  });

  it("notes the code of an error, which the caller gets as it was", async () => {
    const lost = new BenchError("READER_CARD_REMOVED", "gone");
    const { reader, steps } = recorderFor(answering(lost));
    await expect(reader.transmit(fromHex(SELECT_JPKI))).rejects.toBe(lost);
    expect(steps).toMatchObject([{ error: "READER_CARD_REMOVED" }]);
    expect(steps[0]).not.toHaveProperty("received");
  });

  it.each([
    ["0020008004 31323334", "short"],
    ["0020008004 31323334 00", "short Le"],
    ["00200080000004 31323334", "extended"],
    ["00200080000004 31323334 0000", "extended Le"],
    ["0020008004 31323334 35", undefined],
  ])("tells the form of %s: %s", async (command, form) => {
    const { reader, steps } = recorderFor(answering("9000"));
    for (const hex of [SELECT_JPKI, SELECT_PIN, command]) await reader.transmit(fromHex(hex));
    expect(steps.at(-1)?.form).toBe(form);
  });

  it("writes the same text whatever the PIN is, however a client sends it", async () => {
    const header = [0x00, 0x20, 0x00, 0x80];
    const codings = {
      short: (pin: number[]) => [...header, pin.length, ...pin],
      extended: (pin: number[]) => [...header, 0, 0, pin.length, ...pin],
      bare: (pin: number[]) => [...header, ...pin],
      alone: (pin: number[]) => pin,
    };
    const told = async (coding: keyof typeof codings, pin: string) => {
      const { reader, steps } = recorderFor(answering("63C2"), ticking());
      for (const hex of [SELECT_JPKI, SELECT_PIN]) await reader.transmit(fromHex(hex));
      const bytes = [...new TextEncoder().encode(pin)];
      await reader.transmit(Uint8Array.from(codings[coding](bytes)));
      return recordingText({ reader: "r", driver: "d", steps });
    };
    const pin = fc.oneof(fc.stringMatching(/^[0-9]{4}$/), fc.stringMatching(/^[A-Z0-9]{6,16}$/));
    const coding = fc.constantFrom(...(Object.keys(codings) as (keyof typeof codings)[]));
    await fc.assert(
      fc.asyncProperty(coding, pin, pin, async (coding, one, other) => {
        expect(await told(coding, one)).toBe(await told(coding, other));
      }),
      { numRuns: 300 },
    );
  });
});
