import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex } from "../iso7816/index.ts";
import { encodeFrame, FrameDecoder, readRequest } from "./vpcd-frame.ts";

/** Power on, GET ATR, then GET CHALLENGE, as vpcd puts them on the wire (reader-facts 1.2). */
const STREAM = fromHex("0001 01  0001 04  0005 0084000008");
const PAYLOADS = [fromHex("01"), fromHex("04"), fromHex("0084000008")];

describe("encodeFrame", () => {
  it("puts a big-endian length before the payload", () => {
    expect(encodeFrame(fromHex("9000"))).toEqual(fromHex("0002 9000"));
    expect(encodeFrame(new Uint8Array(0x0102)).subarray(0, 2)).toEqual(fromHex("0102"));
  });

  it("refuses the empty message that would freeze pcscd", () => {
    expect(() => encodeFrame(new Uint8Array(0))).toThrow(
      expect.objectContaining({ code: "VPCD_PROTOCOL" }),
    );
  });

  it("takes 65535 bytes and refuses one more", () => {
    expect(encodeFrame(new Uint8Array(65535)).subarray(0, 2)).toEqual(fromHex("FFFF"));
    expect(() => encodeFrame(new Uint8Array(65536))).toThrow(
      expect.objectContaining({ code: "VPCD_PROTOCOL" }),
    );
  });
});

describe("FrameDecoder", () => {
  it("finds the same messages wherever the stream is cut once", () => {
    for (let at = 0; at <= STREAM.length; at += 1) {
      const decoder = new FrameDecoder();
      const found = [...decoder.push(STREAM.subarray(0, at)), ...decoder.push(STREAM.subarray(at))];
      expect(found).toEqual(PAYLOADS);
    }
  });

  it("finds the same messages however the stream is cut", () => {
    const payload = fc.uint8Array({ minLength: 1, maxLength: 600 });
    const cuts = fc.array(fc.nat(4000), { maxLength: 20 });
    fc.assert(
      fc.property(fc.array(payload, { maxLength: 6 }), cuts, (payloads, positions) => {
        const stream = Buffer.concat(
          payloads.map((bytes) => Buffer.from([bytes.length >> 8, bytes.length & 0xff, ...bytes])),
        );
        const ends = [...positions.filter((at) => at < stream.length), stream.length];
        ends.sort((a, b) => a - b);
        const decoder = new FrameDecoder();
        const found = ends.flatMap((end, i) =>
          decoder.push(stream.subarray(ends[i - 1] ?? 0, end)),
        );
        expect(found).toEqual(payloads);
      }),
    );
  });

  it("keeps an unfinished message to itself", () => {
    const decoder = new FrameDecoder();
    expect(decoder.push(fromHex("0003 9000"))).toEqual([]);
    expect(decoder.push(fromHex("01"))).toEqual([fromHex("900001")]);
  });

  it("refuses an empty message", () => {
    expect(() => new FrameDecoder().push(fromHex("0000"))).toThrow(
      expect.objectContaining({ code: "VPCD_PROTOCOL" }),
    );
  });
});

describe("readRequest", () => {
  it.each([
    ["00", "power-off"],
    ["01", "power-on"],
    ["02", "reset"],
    ["04", "get-atr"],
  ])("reads the control byte %s as %s", (hex, kind) => {
    expect(readRequest(fromHex(hex))).toEqual({ kind });
  });

  it.each(["03", "05", "FF", "0004", "0084000008"])("takes %s for a command", (hex) => {
    expect(readRequest(fromHex(hex))).toEqual({ kind: "command", apdu: fromHex(hex) });
  });
});
