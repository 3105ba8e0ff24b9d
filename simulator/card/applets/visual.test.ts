import {
  constants,
  createHash,
  createHmac,
  publicDecrypt,
  verify as verifySignature,
} from "node:crypto";
import { describe, expect, it } from "vitest";
import { concat, parseTlv, parseTlvs, type Tlv } from "../../iso7816/index.ts";
import { SELECT_VISUAL, selectFile, testCard, verify } from "../testing/card.ts";
import { ascii, cut, hex, publicKeyIn } from "../testing/records.ts";
import { fullSpec, testKey, testSpec } from "../testing/spec.ts";

function visualCard(...commands: readonly string[]) {
  const card = testCard(fullSpec());
  card.statuses(SELECT_VISUAL, ...commands);
  return card;
}

const CODE_A = [selectFile("0013"), verify("123456789018")];
const CODE_B = [selectFile("0012"), verify("02010220354321")];
const BIRTH_KEY = [selectFile("0011"), verify("020102")];
const PNG = "89504E470D0A1A0A";

const municipality = testKey("municipality").publicKey;

/** Objects of a file with a five-byte outer header, by tag, with the bytes they are stored in. */
function objects(file: Uint8Array): Map<number, Tlv & { stored: Uint8Array }> {
  const { value } = parseTlv(file);
  return new Map(
    parseTlvs(value).map((tlv) => [
      tlv.tag,
      { ...tlv, stored: value.slice(tlv.offset, tlv.offset + tlv.length) },
    ]),
  );
}

/** Types of the boxes of a JPEG 2000 file, which follow each other to its very end. */
function boxes(file: Uint8Array): string[] {
  if (file.length === 0) return [];
  const length = new DataView(file.slice(0, 4).buffer).getUint32(0);
  if (length < 8 || length > file.length) throw new Error("a box that does not fit");
  return [ascii(file.slice(4, 8)), ...boxes(file.slice(length))];
}

describe("券面事項確認AP (card-facts 2.3)", () => {
  it.each([
    ["nothing", [], ["6982", "6982", "9000", "9000", "6982", "6982"]],
    ["照合番号A", CODE_A, ["6982", "9000", "9000", "9000", "9000", "9000"]],
    ["照合番号B", CODE_B, ["6982", "9000", "9000", "9000", "6982", "9000"]],
    ["the birth-date key", BIRTH_KEY, ["9000", "6982", "9000", "9000", "6982", "6982"]],
  ])("with %s, EFs 0001 to 0006 answer", (_what, commands, statuses) => {
    const card = visualCard(...commands);
    const reads = [1, 2, 3, 4, 5, 6].map((sfi) => `00B08${sfi}0001`);
    expect(card.statuses(...reads)).toEqual(statuses);
  });

  it("has A and B the other way round than the text application, each with ten tries", () => {
    const card = visualCard();
    expect(card.statuses("00200091", "00200092", "00200093")).toEqual(["63CA", "63CA", "63CA"]);
    expect(card.statuses("002000920C313233343536373839303138")).toEqual(["63C9"]);
    expect(card.statuses("002000930C313233343536373839303138")).toEqual(["9000"]);
  });

  it("changes none of its secrets", () => {
    const card = visualCard(...CODE_A);
    const change = `0C${"30".repeat(12)}`;
    expect(card.statuses(`00240180${change}`, `80320080${change}`)).toEqual(["6D00", "6D00"]);
  });

  it("refuses INTERNAL AUTHENTICATE with its signing key as conditions not satisfied", () => {
    expect(visualCard().send("0088009A0100 00")).toBe("6985");
  });

  it("is only its free file and its secrets without the issuer's keys", () => {
    const card = testCard(testSpec());
    card.send(SELECT_VISUAL);
    const ids = ["0001", "0002", "0003", "0004", "0005", "0006", "001A"];
    expect(card.statuses(...ids.map(selectFile))).toEqual([
      "6A82",
      "6A82",
      "9000",
      "6A82",
      "6A82",
      "9000",
      "6A82",
    ]);
  });
});

describe("files of the 券面事項確認AP (card-facts 5.4)", () => {
  it("EF 0001 is the signed birth date, 547 bytes", () => {
    const file = visualCard(...BIRTH_KEY).data("00B08100000000");
    const [header, birth, key, tag, signature] = cut(file, 5, 11, 270, 5);

    expect(file).toHaveLength(547);
    expect(hex(header ?? file)).toBe("FF1082021E");
    expect(hex(birth ?? file)).toBe("DF11083139393030313032");
    expect(publicKeyIn((key ?? file).slice(5)).equals(testKey("visual").publicKey)).toBe(true);
    expect(hex(tag ?? file)).toBe("DF13820100");
    expect(
      verifySignature(
        "sha256",
        concat(birth ?? file, key ?? file),
        municipality,
        signature ?? file,
      ),
    ).toBe(true);
  });

  it("EF 0002 begins with the places of its nine objects", () => {
    const file = visualCard(...CODE_B).data("00B08200000000");
    const table = new DataView(file.slice(8, 26).buffer);
    const places = Array.from({ length: 9 }, (_, i) => table.getUint16(2 * i));

    expect(hex(file.slice(0, 3))).toBe("FF2082");
    // Several kilobytes, and as long as its header says.
    expect(file.length).toBeGreaterThan(2048);
    expect(new DataView(file.slice(3, 5).buffer).getUint16(0) + 5).toBe(file.length);
    expect(hex(file.slice(5, 8))).toBe("DF2112");
    expect(places.map((place) => parseTlv(file, place).tag)).toEqual([
      0xdf22, 0xdf23, 0xdf24, 0xdf25, 0xdf26, 0xdf27, 0xdf28, 0xdf29, 0xdf2a,
    ]);
  });

  it("EF 0002 holds data, pictures and a photograph", () => {
    const found = objects(visualCard(...CODE_A).data("00B08200000000"));
    const value = (tag: number) => found.get(tag)?.value ?? new Uint8Array(0);

    expect(ascii(value(0xdf22))).toBe("19900102");
    expect(ascii(value(0xdf23))).toBe("1");
    expect(publicKeyIn(value(0xdf24)).equals(testKey("visual").publicKey)).toBe(true);
    expect(hex(value(0xdf25).slice(0, 8))).toBe(PNG);
    expect(hex(value(0xdf26).slice(0, 8))).toBe(PNG);
    expect(hex(value(0xdf27).slice(0, 12))).toBe("0000000C6A5020200D0A870A");
    expect(boxes(value(0xdf27))).toEqual(["jP  ", "ftyp", "jp2h", "jp2c", "uuid"]);
    expect(ascii(value(0xdf29))).toBe("20350102");
    // IHDR of the security code: 24 by 12 pixels, one bit, greyscale
    expect(hex(value(0xdf2a).slice(16, 26))).toBe("00000018" + "0000000C" + "0100");
  });

  it("EF 0002 is signed over three hashes in one DigestInfo", () => {
    const found = objects(visualCard(...CODE_A).data("00B08200000000"));
    const hash = (...tags: number[]) =>
      createHash("sha256")
        .update(concat(...tags.map((tag) => found.get(tag)?.stored ?? new Uint8Array(0))))
        .digest("hex")
        .toUpperCase();
    const signature = found.get(0xdf28)?.value ?? new Uint8Array(0);
    const padding = constants.RSA_PKCS1_PADDING;
    const digestInfo = publicDecrypt({ key: municipality, padding }, signature);

    expect(hex(digestInfo)).toBe(
      "3071300D060960864801650304020105000460" +
        hash(0xdf22, 0xdf23, 0xdf24) +
        hash(0xdf25, 0xdf26) +
        hash(0xdf27),
    );
  });

  it("EF 0003 is 320 bytes with the municipality's code", () => {
    const file = visualCard().data("00B08300000000");
    expect(file).toHaveLength(320);
    expect(hex(file.slice(0, 12))).toBe("FF3082013BDF310406030E01");
    expect(hex(file.slice(12, 31))).toBe("DF321036303030303234080530303100000000");
    expect(hex(file.slice(31, 35))).toBe("DF330101");
    expect(hex(file.slice(35, 38)) + ascii(file.slice(38, 43))).toBe("DF340513101");
    expect(hex(file.slice(43, 64))).toBe("DF3582011035393030303235080530303100000000");
  });

  it("EF 0004 certifies the same key as in the text application, by another CA", () => {
    const file = visualCard().data("00B08400000000");
    expect(file).toHaveLength(568);
    expect(ascii(file.slice(10, 17))).toBe("6000023");
    expect(publicKeyIn(file.slice(42, 42 + 265)).equals(municipality)).toBe(true);
  });

  it("EF 0005 is the 個人番号 as a signed picture of 72 by 12 pixels", () => {
    const found = objects(visualCard(...CODE_A).data("00B08500000000"));
    const stored = (tag: number) => found.get(tag)?.stored ?? new Uint8Array(0);
    const picture = found.get(0xdf41)?.value ?? new Uint8Array(0);
    const signature = found.get(0xdf43)?.value ?? new Uint8Array(0);

    expect(hex(picture.slice(0, 8))).toBe(PNG);
    expect(hex(picture.slice(16, 24))).toBe("00000048" + "0000000C");
    expect(
      verifySignature("sha256", concat(stored(0xdf41), stored(0xdf42)), municipality, signature),
    ).toBe(true);
  });

  it("EF 0006 is sixteen FF", () => {
    expect(hex(visualCard(...CODE_B).data("00B0860000"))).toBe("FF".repeat(16));
  });
});

describe("内部認証 of the visual application (card-facts 6.1)", () => {
  it("ties the card in hand to the record in three steps", () => {
    const card = visualCard(...CODE_B);
    const nonce = createHmac("sha256", "terminal").update("nonce").digest();
    const signature = card.data(`802A0200 20${hex(nonce)}00`);
    const found = objects(card.data("00B08200000000"));
    const cardKey = publicKeyIn(found.get(0xdf24)?.value ?? new Uint8Array(0));
    const padding = constants.RSA_PKCS1_PADDING;

    expect(hex(publicDecrypt({ key: cardKey, padding }, signature)).slice(38)).toBe(hex(nonce));
  });
});
