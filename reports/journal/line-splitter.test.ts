import fc from "fast-check";
import { expect, it } from "vitest";
import { LineSplitter, LONGEST_LINE } from "./line-splitter.ts";

function split(chunks: readonly Uint8Array[]) {
  const splitter = new LineSplitter();
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("utf8");
  const lines = chunks.flatMap((chunk) => splitter.push(chunk));
  const rest = splitter.end();
  return {
    lines: lines.map(({ number, bytes }) => `${number}:${text(bytes)}`),
    rest: rest && `${rest.number}:${text(rest.bytes)}`,
  };
}

it("numbers the lines and gives what follows the last line end by itself", () => {
  expect(split([Buffer.from("一\n\n三\nfour")])).toEqual({
    lines: ["1:一", "2:", "3:三"],
    rest: "4:four",
  });
});

it("has nothing left after a line end", () => {
  expect(split([Buffer.from("one\n")])).toEqual({ lines: ["1:one"], rest: undefined });
});

it("gives the same lines wherever the bytes are cut", () => {
  const bytes = Buffer.from('{"ja":"値"}\n\nsecond\nrest');
  const whole = split([bytes]);

  fc.assert(
    fc.property(fc.array(fc.nat({ max: bytes.length })), (places) => {
      const cuts = [0, ...places.sort((a, b) => a - b), bytes.length];
      const chunks = cuts.slice(1).map((end, i) => bytes.subarray(cuts[i], end));
      expect(split(chunks)).toEqual(whole);
    }),
  );
});

it("refuses a line without end before it fills the memory", () => {
  const splitter = new LineSplitter();
  splitter.push(Buffer.from("first\n"));
  const megabyte = new Uint8Array(1024 * 1024).fill(0x20);

  expect(() => {
    for (let length = 0; length <= LONGEST_LINE; length += megabyte.length) splitter.push(megabyte);
  }).toThrow(expect.objectContaining({ code: "JOURNAL_INVALID", line: 2 }));
});
