import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "../../iso7816/index.ts";
import { personalise } from "../personalise.ts";
import { cardOf, SELECT_JPKI, selectFile, type TestCard } from "../testing/card.ts";
import { testSpec } from "../testing/spec.ts";

const IMAGE = personalise(testSpec());
/** EF 000A of the test card: 1583 bytes. */
const CERTIFICATE = `3082062B${"A1".repeat(1579)}`;

function atCertificate(): TestCard {
  const card = cardOf(IMAGE);
  card.statuses(SELECT_JPKI, selectFile("000A"));
  return card;
}

/** READ BINARY with a 15-bit offset and short Le; 256 is written as 00. */
function read(offset: number, length: number): string {
  const le = length % 256;
  return `00B0${toHex(Uint8Array.of(offset >> 8, offset & 0xff, le))}`;
}

/** Reads from `start` to `end` in pieces, as a client does that knows how much there is. */
function pieces(card: TestCard, size: number, start: number, end: number): string {
  let read_ = "";
  for (let offset = start; offset < end; offset += size) {
    read_ += toHex(card.data(read(offset, Math.min(size, end - offset))));
  }
  return read_;
}

/** Length of the whole certificate, from the header a client reads first. */
function announced(header: Uint8Array): number {
  return ((header[2] ?? 0) << 8) + (header[3] ?? 0) + 4;
}

describe("reading habits of clients (card-facts 4.2)", () => {
  it("four bytes first, then from the start in pieces of 256, the last one exact", () => {
    const card = atCertificate();
    const length = announced(card.data(read(0, 4)));
    expect(pieces(card, 256, 0, length)).toBe(CERTIFICATE);
  });

  it("four bytes first, then the rest in pieces of 255", () => {
    const card = atCertificate();
    const header = card.data(read(0, 4));
    expect(toHex(header) + pieces(card, 255, 4, announced(header))).toBe(CERTIFICATE);
  });

  it.each([255, 256])("seven bytes first, then the rest in pieces of %i", (size) => {
    const card = atCertificate();
    const header = card.data(read(0, 7));
    expect(toHex(header) + pieces(card, size, 7, announced(header))).toBe(CERTIFICATE);
  });

  it("always 256 bytes, until there are fewer", () => {
    const card = atCertificate();
    let whole = "";
    for (let offset = 0; whole.length === 2 * offset; offset += 256) {
      whole += toHex(card.data(read(offset, 256)));
    }
    expect(whole).toBe(CERTIFICATE);
  });

  it("always the same number of bytes, until 6B00 where that number divides the length", () => {
    const card = atCertificate();
    // 1583 is prime; from byte 47 on there are six times 256.
    let whole = "";
    let offset = 47;
    for (; card.send(read(offset, 256)) !== "6B00"; offset += 256) {
      whole += toHex(card.data(read(offset, 256)));
    }
    expect(offset).toBe(1583);
    expect(whole).toBe(CERTIFICATE.slice(2 * 47));
  });

  it("the whole file at once, with extended Le", () => {
    expect(atCertificate().send("00B00000000000")).toBe(`${CERTIFICATE}9000`);
    expect(atCertificate().send("00B08A00000000")).toBe(`${CERTIFICATE}9000`);
    expect(atCertificate().send("00B0000000062F")).toBe(`${CERTIFICATE}9000`);
  });

  it("more than there is, which is answered with what there is and 9000", () => {
    expect(atCertificate().send("00B00600000100")).toBe(`${"A1".repeat(47)}9000`);
  });
});

describe("extended length (card-facts 4.3)", () => {
  it("is taken for every command, as one client sends them", () => {
    const card = cardOf(IMAGE);
    expect(
      card.statuses(
        "00A4040C 00000A D392F000260100000001 0000",
        "00A4020C 000002 0018 0000",
        "00200080 000004 31323334 0000",
        "00A4020C 000002 0017 0000",
        `802A0280 000020 ${"5A".repeat(32)} 0000`,
        "00B08A00 000004",
        "00840000 000008",
      ),
    ).toEqual(Array(7).fill("9000"));
    expect(card.send("00B08A00 000004")).toBe("3082062B9000");
  });

  it("does not take the place of short Le, which gives up to 256 bytes and no refusal", () => {
    expect(atCertificate().send(read(0, 256))).toBe(`${CERTIFICATE.slice(0, 512)}9000`);
  });

  it("is what the AP information claims in its second byte", () => {
    const card = cardOf(IMAGE);
    const information = card.statuses("00A4040C0AD3921000310001010408");
    expect(information).toEqual(["9000"]);
    expect(card.data("00B08505 07")).toEqual(fromHex("DF410401030E01"));
  });
});
