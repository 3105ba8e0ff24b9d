import { describe, expect, it } from "vitest";
import { fromHex } from "../../iso7816/index.ts";
import { AUTH_CA } from "../testing/world.ts";
import { caName } from "./names.ts";
import { sameName } from "./same-name.ts";

const PRINTABLE = "13";
const UTF8 = "0C";
const T61 = "14";

/** A step of a name, written by hand: 2.5.4.x and a text. */
function attribute(type: "O" | "CN", tag: string, text: string): string {
  const value = Buffer.from(text, "utf8").toString("hex");
  const oid = `0603550${{ O: "40A", CN: "403" }[type]}`;
  return tlv("30", oid + tlv(tag, value));
}

function tlv(tag: string, content: string): string {
  return tag + (content.length / 2).toString(16).padStart(2, "0") + content;
}

const name = (...rdns: string[][]) =>
  fromHex(tlv("30", rdns.map((attributes) => tlv("31", attributes.join(""))).join("")));

const single = (tag: string, text: string) => name([attribute("O", tag, text)]);

describe("names are one (RFC 5280 section 7.1)", () => {
  it.each([
    ["as PrintableString and as UTF8String", PRINTABLE, "Good CA", UTF8, "Good CA"],
    ["in small letters and capitals", UTF8, "Good CA", UTF8, "gOOD ca"],
    ["with more white space", PRINTABLE, "Good CA", PRINTABLE, "  Good    CA "],
    ["in wide letters", UTF8, "ＪＰＫＩ", UTF8, "jpki"],
  ])("%s", (_how, tag, text, otherTag, otherText) => {
    expect(sameName(single(tag, text), single(otherTag, otherText))).toBe(true);
  });

  it("in whatever order the attributes of one step stand", () => {
    const [o, cn] = [attribute("O", UTF8, "a"), attribute("CN", UTF8, "b")];
    expect(sameName(name([o, cn]), name([cn, o]))).toBe(true);
    expect(sameName(name([o], [cn]), name([cn], [o]))).toBe(false);
    expect(sameName(name([o, cn]), name([o], [cn]))).toBe(false);
  });
});

describe("names are two", () => {
  it.each([
    ["with another text", single(UTF8, "JPKI"), single(UTF8, "JPKI-TEST")],
    ["with white space inside a word", single(UTF8, "JPKI"), single(UTF8, "JP KI")],
    ["with another attribute", single(UTF8, "JPKI"), name([attribute("CN", UTF8, "JPKI")])],
    ["with one step more", single(UTF8, "a"), name([attribute("O", UTF8, "a")], [])],
    [
      "of which one says in text what the other is in bytes",
      single(UTF8, "4a50"),
      single(T61, "JP"),
    ],
    ["in a type that is compared byte by byte", single(T61, "JPKI"), single(T61, "jpki")],
    [
      "of a CA here and of the real one",
      caName(AUTH_CA),
      caName({ ...AUTH_CA, environment: "production" }),
    ],
  ])("%s", (_how, one, other) => {
    expect(sameName(one, other)).toBe(false);
  });

  it("and what is no name is refused", () => {
    expect(() => sameName(single(UTF8, "a"), fromHex("3005"))).toThrow(
      expect.objectContaining({ code: "PKI_INVALID" }),
    );
  });
});
