import { describe, expect, it } from "vitest";
import { SELECT_COMMON, SELECT_JPKI, testCard } from "../testing/card.ts";

function commonCard() {
  const card = testCard();
  card.send(SELECT_COMMON);
  return card;
}

describe("READ RECORD (card-facts section 4)", () => {
  it.each([
    ["one record", "00B2010C00", "9000"],
    ["from one to the last", "00B2010D00", "9000"],
    ["with exact Le", "00B2010C1E", "9000"],
    ["with extended Le", "00B2010C000000", "9000"],
    ["record 2 of a file of one", "00B2020C00", "6A83"],
    ["record 0", "00B2000C00", "6A83"],
    ["by record identifier", "00B2010800", "6A81"],
    ["with short Le", "00B2010C1D", "6700"],
    ["without Le", "00B2010C", "6700"],
    ["of a file nobody has", "00B2011C00", "6A82"],
    ["of a PIN", "00B201E400", "6981"],
    ["without a current file", "00B2010400", "6986"],
  ])("%s: %s", (_what, command, status) => {
    expect(commonCard().statuses(command)).toEqual([status]);
  });

  it("makes the file current", () => {
    expect(commonCard().statuses("00B2010C00", "00B2010400")).toEqual(["9000", "9000"]);
  });

  it("reads no file of bytes", () => {
    expect(testCard().statuses(SELECT_JPKI, "00B2014400")).toEqual(["9000", "6981"]);
  });
});
