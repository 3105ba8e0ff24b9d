import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { concat, fromHex } from "../../iso7816/index.ts";
import { encodeFrame, FrameReader } from "./frames.ts";

const LIMIT = 1024;
/** `{"a":1}` behind its length, by hand. */
const FRAME = fromHex("07 00 00 00 7B 22 61 22 3A 31 7D");

describe("native messaging frames", () => {
  it("are JSON behind a little-endian length", () => {
    expect(encodeFrame({ a: 1 }, LIMIT)).toEqual(FRAME);
    expect(new FrameReader().push(FRAME)).toEqual([{ a: 1 }]);
  });

  it("count bytes, not characters", () => {
    // 駅 is E9 A7 85 in UTF-8.
    const frame = fromHex("05 00 00 00 22 E9 A7 85 22");
    expect(encodeFrame("駅", LIMIT)).toEqual(frame);
    expect(new FrameReader().push(frame)).toEqual(["駅"]);
  });

  it("are put together wherever they were cut", () => {
    const messages = fc.array(fc.jsonValue({ maxDepth: 2 }), { maxLength: 4 });
    fc.assert(
      fc.property(messages, fc.array(fc.nat(400)), (sent, cuts) => {
        const bytes = concat(...sent.map((message) => encodeFrame(message, 1 << 20)));
        const reader = new FrameReader();
        const ends = [...new Set([...cuts.filter((cut) => cut < bytes.length), bytes.length])];
        let start = 0;
        const received = ends
          .toSorted((a, b) => a - b)
          .flatMap((end) => {
            const part = bytes.subarray(start, end);
            start = end;
            return reader.push(part);
          });
        expect(JSON.stringify(received)).toBe(JSON.stringify(sent));
        expect(reader.pending).toBe(false);
      }),
    );
  });

  it("know that one has begun", () => {
    const reader = new FrameReader();
    expect(reader.push(FRAME.subarray(0, 6))).toEqual([]);
    expect(reader.pending).toBe(true);
  });

  it("longer than the limit are not made", () => {
    expect(encodeFrame("x".repeat(LIMIT - 2), LIMIT)).toHaveLength(LIMIT + 4);
    expect(() => encodeFrame("x".repeat(LIMIT - 1), LIMIT)).toThrowError(
      expect.objectContaining({ reason: "answerTooLarge" }),
    );
  });

  it.each([
    ["a length nobody may send", "01 00 00 04"],
    ["a text that is not JSON", "04 00 00 00 31 32 33 7B"],
    ["bytes that are not UTF-8", "03 00 00 00 22 FF 22"],
  ])("with %s end the conversation, and nothing of them is quoted", (_what, hex) => {
    const push = () => new FrameReader().push(fromHex(hex));
    expect(push).toThrowError(expect.objectContaining({ reason: "requestInvalid" }));
    expect(push).not.toThrowError(/123/);
  });
});
