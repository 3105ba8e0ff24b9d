import { describe, expect, it } from "vitest";
import { SELECT_COMMON, SELECT_JUKI, selectFile, testCard } from "../testing/card.ts";
import { hex } from "../testing/records.ts";
import { fullSpec, testSpec } from "../testing/spec.ts";

function card(select: string) {
  const found = testCard(fullSpec());
  found.send(select);
  return found;
}

describe("共通カードAP (card-facts 2.5)", () => {
  it("holds its files as records, free to read", () => {
    expect(hex(card(SELECT_COMMON).data("00B2011400"))).toBe(
      "0110" + "36303030303235" + "0805" + "303031" + "00000000",
    );
    expect(card(SELECT_COMMON).statuses(selectFile("0001"), "00B0000001")).toEqual([
      "9000",
      "6981",
    ]);
  });

  it("has a PIN of its own with three tries, apart from that of the 住基AP", () => {
    const found = card(SELECT_COMMON);
    expect(found.statuses("0020009C", "0020009C0430303030", SELECT_JUKI, "0020009C")).toEqual([
      "63C3",
      "63C2",
      "9000",
      "63C3",
    ]);
  });

  it("has an internal file about which nothing is known", () => {
    expect(card(SELECT_COMMON).statuses(selectFile("001E"), "00B0000001")).toEqual([
      "9000",
      "6981",
    ]);
  });

  it("has no authentication key when none was given", () => {
    const found = testCard(testSpec());
    expect(found.statuses(SELECT_COMMON, "008800990100 00")).toEqual(["9000", "6A88"]);
  });
});

describe("住基AP (card-facts 2.4)", () => {
  it("holds the same key reference as the common application", () => {
    expect(card(SELECT_JUKI).send("00B2011400")).toBe(card(SELECT_COMMON).send("00B2011400"));
  });

  it("has the 住民基本台帳用 PIN", () => {
    const found = card(SELECT_JUKI);
    expect(found.statuses("0020009C", "0020009C0432333435")).toEqual(["63C3", "9000"]);
  });
});
