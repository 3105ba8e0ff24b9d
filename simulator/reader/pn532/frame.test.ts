// Frames as NXP UM0701-02 and two independent hosts put them on the wire (reader-facts 4.2), written
// down by hand.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../iso7816/index.ts";
import { encodeFrame, FrameDecoder, type Pn532Frame } from "./frame.ts";

const VECTORS = [
  ["GetFirmwareVersion", "D402", "0000FF02FED4022A00"],
  ["its answer", "D50332010607", "0000FF06FAD50332010607E800"],
  ["SAMConfiguration", "D414010001", "0000FF05FBD414010001 1600"],
  ["field on", "D4320101", "0000FF04FCD4320101F800"],
  ["timings", "D43202000B10", "0000FF06FAD43202000B10DD00"],
  ["retries", "D43205FF0102", "0000FF06FAD43205FF0102F300"],
  ["list a type B card", "D44A010300", "0000FF05FBD44A010300DE00"],
  [
    "one found",
    "D54B01015011223344000041E0B381A10101",
    "0000FF12EED54B01015011223344000041E0B381A10101EC00",
  ],
  [
    "SELECT",
    "D4400100A4040C0AD392F000260100000001",
    "0000FF12EED4400100A4040C0AD392F000260100000001B000",
  ],
  ["VERIFY's counter", "D5410063C3", "0000FF05FBD5410063C3C400"],
  ["card gone", "D54101", "0000FF03FDD54101E900"],
  ["230400 bit/s", "D41005", "0000FF03FDD4100517 00"],
] as const;

const ACK = fromHex("0000FF00FF00");
const ANSWER = fromHex("0000FF05FBD5410063C3C400");
const DATA: Pn532Frame = { kind: "data", content: fromHex("D5410063C3") };

const decode = (hex: string) => new FrameDecoder().push(fromHex(hex));

describe("encodeFrame", () => {
  it.each(VECTORS)("frames %s", (_name, content, frame) => {
    expect(toHex(encodeFrame(fromHex(content)))).toBe(toHex(fromHex(frame)));
  });

  it("takes 255 bytes for a normal frame and more for an extended one", () => {
    const head = (length: number) => toHex(encodeFrame(new Uint8Array(length)).subarray(0, 8));
    expect(head(255)).toBe("0000FFFF01000000");
    expect(head(256)).toBe("0000FFFFFF0100FF");
  });

  it("frames 262 bytes of data and no more", () => {
    const content = Uint8Array.of(0xd4, 0x40, 0x41, ...new Uint8Array(262).fill(0xaa));
    const frame = encodeFrame(content);
    expect(frame).toHaveLength(275);
    expect(toHex(frame.subarray(0, 11))).toBe("0000FFFFFF0109F6D44041");
    expect(toHex(frame.subarray(-2))).toBe("AF00");
    expect(() => encodeFrame(new Uint8Array(266))).toThrow(
      expect.objectContaining({ code: "SERIAL_FRAME" }),
    );
    expect(() => encodeFrame(new Uint8Array(0))).toThrow(
      expect.objectContaining({ code: "SERIAL_FRAME" }),
    );
  });
});

describe("FrameDecoder", () => {
  it.each(VECTORS)("reads %s", (_name, content, frame) => {
    expect(decode(frame)).toEqual([{ kind: "data", content: fromHex(content) }]);
  });

  it.each([
    ["ack", "0000FF00FF00"],
    ["nack", "0000FFFF0000"],
    ["syntax-error", "0000FF01FF7F8100"],
  ])("reads %s", (kind, frame) => {
    expect(decode(frame)).toEqual([{ kind }]);
  });

  it("reads an extended frame", () => {
    const data = "AA".repeat(262);
    expect(decode(`0000FFFFFF0109F6D44041${data}AF00`)).toEqual([
      { kind: "data", content: fromHex(`D44041${data}`) },
    ]);
  });

  it("reads acknowledgement and answer wherever the line cut them", () => {
    const stream = Uint8Array.of(...ACK, ...ANSWER);
    for (let at = 0; at <= stream.length; at += 1) {
      const decoder = new FrameDecoder();
      const found = [...decoder.push(stream.subarray(0, at)), ...decoder.push(stream.subarray(at))];
      expect(found).toEqual([{ kind: "ack" }, DATA]);
    }
  });

  it("reads on through the wake-up preamble, long preambles and missing postambles", () => {
    expect(decode("5555 00000000000000000000000000000000FF05FBD5410063C3C4")).toEqual([DATA]);
    expect(decode("0000FF00FF 0000FF05FBD5410063C3C4 0000FF00FF00")).toEqual([
      { kind: "ack" },
      DATA,
      { kind: "ack" },
    ]);
  });

  it.each([
    ["a length that does not check", "0000FF05FAD5410063C3C400", "length checksum"],
    ["no length", "0000FF0000", "length checksum"],
    ["data that do not check", "0000FF05FBD5410063C2C400", "data checksum"],
    ["an extended length that does not check", "0000FFFFFF0109F7", "length checksum"],
    ["a longer frame than there are", "0000FFFFFF010AF5", "length checksum"],
  ])("tells of %s and finds the next frame", (_name, noise, finding) => {
    const found = decode(noise + toHex(ANSWER));
    expect(found[0]).toEqual({ kind: "damaged", finding });
    expect(found.at(-1)).toEqual(DATA);
  });

  it("finds the frame that begins inside one that was cut off", () => {
    const cut = toHex(ANSWER.subarray(0, 8));
    expect(decode(cut + toHex(ANSWER)).at(-1)).toEqual(DATA);
  });

  it("finds a frame behind any noise, however the line cut it", () => {
    const cuts = fc.array(fc.nat(300), { maxLength: 8 });
    // Noise that promises no frame: a promise would have to be waited for.
    const noise = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.map((byte) => byte | 1));
    const content = fc.uint8Array({ minLength: 2, maxLength: 265 });
    fc.assert(
      fc.property(noise, content, cuts, (before, sent, positions) => {
        const stream = Uint8Array.of(...before, ...encodeFrame(sent));
        const ends = [...positions.filter((at) => at < stream.length), stream.length];
        ends.sort((a, b) => a - b);
        const decoder = new FrameDecoder();
        const found = ends.flatMap((end, i) =>
          decoder.push(stream.subarray(ends[i - 1] ?? 0, end)),
        );
        expect(found).toEqual([{ kind: "data", content: sent }]);
      }),
    );
  });

  it("takes any bytes without a complaint", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
        const kinds = new FrameDecoder().push(bytes).map((frame) => frame.kind);
        expect(["ack", "nack", "data", "damaged", "syntax-error"]).toEqual(
          expect.arrayContaining(kinds),
        );
      }),
    );
  });

  it("knows whether a frame has begun", () => {
    const decoder = new FrameDecoder();
    decoder.push(ANSWER.subarray(0, 6));
    expect(decoder.inFrame).toBe(true);
    decoder.push(ANSWER.subarray(6));
    expect(decoder.inFrame).toBe(false);
  });
});
