import { verify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { fromHex } from "../../iso7816/index.ts";
import { SELECT_JPKI, testCard } from "../testing/card.ts";
import { ascii, cut, hex, publicKeyIn } from "../testing/records.ts";
import { fullSpec, testKey, testSpec } from "../testing/spec.ts";

const SELECT_ISD = "00A4040C07A0000001510000";
const MASTER_ID = "36303030303230" + "0805" + "303031" + "000000A8";
const INTERMEDIATE_ID = "36303030303231" + "0805" + "303031" + "000000A8";

describe("GET DATA before any application (card-facts 2.7)", () => {
  const card = () => testCard(fullSpec());

  it("gives key references, numbers and dates", () => {
    expect(hex(card().data("00CA004200"))).toBe(MASTER_ID);
    expect(ascii(card().data("00CA004500"))).toBe("0123456789012345");
    expect(ascii(card().data("00CA00F000"))).toBe("13101");
    expect(ascii(card().data("00CA00F200"))).toBe("20350102");
    expect(hex(card().data("00CA00F700"))).toBe(INTERMEDIATE_ID);
  });

  it("gives GlobalPlatform card recognition data", () => {
    // 66 { 73 { OID of GlobalPlatform, 60 version, 63 scheme, 64 secure channel } }
    expect(card().send("00CA006600")).toBe(
      "6630732E" +
        "06072A864886FC6B01" +
        "600B06092A864886FC6B020202" +
        "630906072A864886FC6B03" +
        "640B06092A864886FC6B040255" +
        "9000",
    );
  });

  it("gives the contact ATR without TS, in an application too", () => {
    expect(card().send("00CA5F5100")).toBe("E000FF8131FE45149000");
    expect(card().statuses(SELECT_JPKI, "00CA5F5100")).toEqual(["9000", "9000"]);
    const contactAtr = fromHex("3BC5FF8131FB458073C6010000");
    expect(testCard(testSpec({ contactAtr })).send("00CA5F5100")).toBe(
      "C5FF8131FB458073C60100009000",
    );
  });

  it("gives the intermediate certificate bare, and the lower one that it signed", () => {
    const bare = card().data("00CA00F8000000");
    const [tag, issuer, subject, key, , signature] = cut(bare, 5, 16, 16, 265, 5);
    const lower = card().data("00CA7F21000000");

    expect(hex(tag ?? bare)).toBe("5F4E820129");
    expect(hex(issuer ?? bare)).toBe(MASTER_ID);
    expect(hex(subject ?? bare)).toBe(INTERMEDIATE_ID);
    const authority = testKey("certificateAuthority").publicKey;
    expect(publicKeyIn(key ?? bare).equals(authority)).toBe(true);
    expect(verify("sha256", bare.slice(5, 302), authority, signature ?? bare)).toBe(true);
    expect(hex(lower.slice(0, 26))).toBe(`7F218202335F4E820129${INTERMEDIATE_ID}`);
    expect(verify("sha256", lower.slice(10, 307), authority, lower.slice(312))).toBe(true);
  });

  it("refuses to cut large objects: 6700 with short Le", () => {
    expect(card().statuses("00CA00F800", "00CA7F2100", "00CA00F001")).toEqual([
      "6700",
      "6700",
      "6700",
    ]);
  });

  it.each([
    ["an unknown tag", "00CA9F7F00", "6A88"],
    ["no Le", "00CA0042", "6700"],
    ["data", "00CA0042010000", "6700"],
  ])("refuses %s", (_what, command, status) => {
    expect(card().send(command)).toBe(status);
  });

  it("finds them again when the issuer security domain is selected, and in no application", () => {
    expect(card().statuses(SELECT_JPKI, "00CA00F000", SELECT_ISD, "00CA00F000")).toEqual([
      "9000",
      "6A88",
      "9000",
      "9000",
    ]);
  });

  it("finds no chain without the issuer's keys, and nothing on a telephone", () => {
    expect(testCard(testSpec()).statuses("00CA00F7000000", "00CA00F000")).toEqual(["6A88", "9000"]);
    expect(testCard(fullSpec({ profile: "iphone" })).send("00CA00F000")).toBe("6A88");
  });
});
