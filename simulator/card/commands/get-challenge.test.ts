import { describe, expect, it } from "vitest";
import { SELECT_JPKI, testCard } from "../testing/card.ts";

describe("GET CHALLENGE (card-facts section 4, 0.3-9)", () => {
  it.each([
    ["0084000001", 1],
    ["0084000010", 16],
    ["0084000000", 256],
    ["00840000000100", 256],
    ["00840000000008", 8],
  ])("%s gives %i bytes after power-on and in an application", (command, length) => {
    const card = testCard();
    expect(card.send(command)).toHaveLength(2 * (length + 2));
    card.send(SELECT_JPKI);
    expect(card.send(command)).toHaveLength(2 * (length + 2));
  });

  it.each([
    ["more than 256 bytes", "00840000000101", "6985"],
    ["65536 bytes", "00840000000000", "6985"],
    ["other P1", "0084010008", "6A86"],
    ["other P2", "0084000108", "6A86"],
    ["data", "008400000100 08", "6700"],
    ["no Le", "00840000", "6700"],
  ])("refuses %s", (_what, command, status) => {
    expect(testCard().send(command)).toBe(status);
  });
});
