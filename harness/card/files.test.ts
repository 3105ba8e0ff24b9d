import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../simulator/iso7816/index.ts";
import type { Reader } from "../reader/reader.ts";
import { type CardCommand, type Exchange, exchange } from "./exchange.ts";
import { readDer, readExactly, readFile, readObject } from "./files.ts";
import { FileCard, type FileCardHabits } from "./testing/file-card.ts";
import { cardErrorOf } from "./testing/rejection.ts";
import { conversation } from "./testing/scripted-reader.ts";

const FILE = { id: 0x000a, label: { ja: "試験用ファイル", en: "test file" } };

const RECORD = { ...FILE, tag: 0xff20, first: 7 };

const over =
  (reader: Reader): Exchange =>
  (command: CardCommand) =>
    exchange(reader, command);

const habits: fc.Arbitrary<FileCardHabits> = fc.record({
  end: fc.constantFrom("short", "6282", "6B00"),
  extended: fc.oneof(fc.constant(false as const), fc.integer({ min: 1, max: 4096 })),
});
const options = fc.record({ chunk: fc.integer({ min: 1, max: 256 }), extended: fc.boolean() });
const filler = fc.tuple(fc.constantFrom(0x00, 0xff), fc.nat(300)).map(([byte, n]) => {
  return new Uint8Array(n).fill(byte);
});

function joined(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** `30 82 hh ll` and a body, as hand-written DER with a two-byte length. */
const der = fc
  .uint8Array({ maxLength: 1800 })
  .map((body) => joined(Uint8Array.of(0x30, 0x82, body.length >> 8, body.length & 0xff), body));

/** A BER-TLV object with a two-byte tag, in each of the length forms that can carry its body. */
const record = fc
  .tuple(fc.uint8Array({ maxLength: 700 }), fc.integer({ min: 0, max: 2 }))
  .map(([body, shortest]) => {
    const forms = [
      [body.length],
      [0x81, body.length],
      [0x82, body.length >> 8, body.length & 0xff],
    ];
    const first = body.length > 255 ? 2 : body.length > 127 ? 1 : 0;
    const length = forms[Math.max(first, shortest)] ?? [];
    return joined(Uint8Array.of(0xff, 0x20, ...length), body);
  });

describe("whatever the chunks, the card's way to end a file and its view of extended length", () => {
  it("a whole file comes out as it is", () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 1200 }),
        habits,
        options,
        async (content, h, o) => {
          const read = await readFile(over(new FileCard(content, h)), FILE, o);
          expect(toHex(read)).toBe(toHex(content));
        },
      ),
    ));

  it("a certificate comes out without what stands behind it (CR-21, CR-22, CR-29)", () =>
    fc.assert(
      fc.asyncProperty(der, filler, habits, options, async (object, behind, h, o) => {
        const read = await readDer(over(new FileCard(joined(object, behind), h)), FILE, o);
        expect(toHex(read ?? new Uint8Array(0))).toBe(toHex(object));
      }),
    ));

  it("a record comes out without what stands behind it, in any form of length (CR-30)", () =>
    fc.assert(
      fc.asyncProperty(record, filler, habits, options, async (object, behind, h, o) => {
        const read = await readObject(over(new FileCard(joined(object, behind), h)), RECORD, o);
        expect(toHex(read ?? new Uint8Array(0))).toBe(toHex(object));
      }),
    ));

  it("an object that ends too early does not come out at all (CR-08)", () =>
    fc.assert(
      fc.asyncProperty(
        der,
        fc.double({ min: 0, max: 1, noNaN: true }),
        habits,
        options,
        async (object, part, h, o) => {
          const cut = object.slice(0, 1 + Math.floor(part * (object.length - 2)));
          const error = await cardErrorOf(readDer(over(new FileCard(cut, h)), FILE, o));
          expect(error.code).toBe("CARD_DATA_INVALID");
        },
      ),
    ));

  it("no more bytes are asked for than the chunk allows", () =>
    fc.assert(
      fc.asyncProperty(der, fc.integer({ min: 1, max: 256 }), async (object, chunk) => {
        const card = new FileCard(object, { end: "short", extended: false });
        await readDer(over(card), FILE, { chunk });
        expect(Math.max(...card.asked)).toBeLessThanOrEqual(chunk);
      }),
    ));
});

describe("a certificate file", () => {
  it.each(["", "FF FF FF FF FF", "00 00 00 00 00 00", "FF"])(
    "holding '%s' holds none",
    async (hex) => {
      const card = new FileCard(fromHex(hex), { end: "short", extended: false });
      expect(await readDer(over(card), FILE)).toBeUndefined();
    },
  );

  it.each(["30 03 01 02 03", "31 82 00 01 00", "7F 21 82 01", "30 80 00 00"])(
    "holding '%s' is refused",
    async (hex) => {
      const card = new FileCard(fromHex(hex), { end: "short", extended: false });
      expect((await cardErrorOf(readDer(over(card), FILE))).code).toBe("CARD_DATA_INVALID");
    },
  );

  it("gives nothing when the card is taken away half-way (CR-08)", () =>
    conversation(
      `> 00 A4 02 0C 02 00 0A
      < 90 00
      > 00 B0 00 00 04
      < 30 82 01 FC 90 00
      > 00 B0 00 00 00
      < ${"30 82 01 FC".padEnd(512 + 3, "0")} 90 00
      > 00 B0 01 00 00
      ! READER_CARD_REMOVED`,
      async (reader) => {
        await expect(readDer(over(reader), FILE)).rejects.toMatchObject({
          code: "READER_CARD_REMOVED",
        });
      },
    ));

  it("is refused when more bytes come than were asked for", () =>
    conversation(
      `> 00 A4 02 0C 02 00 0A
      < 90 00
      > 00 B0 00 00 04
      < 30 82 00 01 00 90 00`,
      async (reader) => {
        expect((await cardErrorOf(readDer(over(reader), FILE))).code).toBe("CARD_DATA_INVALID");
      },
    ));
});

describe("reading at once in extended length", () => {
  const whole = `> 00 A4 02 0C 02 00 0A
    < 90 00
    > 00 B0 00 00 00 00 00`;

  it("takes one command", () =>
    conversation(`${whole}\n < 30 82 00 02 05 00 FF FF 90 00`, async (reader) => {
      const read = await readDer(over(reader), FILE, { extended: true });
      expect(toHex(read ?? new Uint8Array(0))).toBe("308200020500");
    }));

  it.each(["< 67 00", "< 6D 00", "< 6E 00", "! READER_TRANSPORT"])(
    "gives way to short commands after %s (CR-21)",
    (refusal) =>
      conversation(
        `${whole}
        ${refusal}
        > 00 B0 00 00 04
        < 30 82 00 02 90 00
        > 00 B0 00 00 06
        < 30 82 00 02 05 00 90 00`,
        async (reader) => {
          const read = await readDer(over(reader), FILE, { extended: true });
          expect(toHex(read ?? new Uint8Array(0))).toBe("308200020500");
        },
      ),
  );

  it.each([
    ["69 82", "CARD_SECURITY_STATUS"],
    ["69 81", "CARD_STATUS"],
  ])("does not try again after %s", (status, code) =>
    conversation(`${whole}\n < ${status}`, async (reader) => {
      const error = await cardErrorOf(readDer(over(reader), FILE, { extended: true }));
      expect(error.code).toBe(code);
    }),
  );
});

describe("limits", () => {
  it("a known number of bytes is read, or it is an error", () =>
    conversation(
      `> 00 A4 02 0C 02 00 0A
      < 90 00
      > 00 B0 00 00 03
      < 01 02 90 00
      > 00 B0 00 02 01
      < 6B 00`,
      async (reader) => {
        const error = await cardErrorOf(readExactly(over(reader), FILE, 3));
        expect(error).toMatchObject({ code: "CARD_DATA_INVALID" });
        expect(error.message).toContain("broken off at byte 2/3");
      },
    ));

  it.each([0, 257, 2.5])("a chunk of %d is refused before anything is sent", (chunk) =>
    conversation("", async (reader) => {
      const error = await cardErrorOf(readFile(over(reader), FILE, { chunk }));
      expect(error.code).toBe("CARD_INPUT_INVALID");
    }),
  );

  it("a file that goes on behind the last offset is refused", async () => {
    const card = new FileCard(new Uint8Array(0x8001), { end: "6B00", extended: false });
    expect((await cardErrorOf(readFile(over(card), FILE))).code).toBe("CARD_DATA_INVALID");
  });
});
