import { describe, expect, it } from "vitest";
import { SELECT_JPKI, testCard } from "../testing/card.ts";
import { testSpec } from "../testing/spec.ts";

describe("commands of the issuer (card-facts section 4)", () => {
  it.each([
    ["erase", "80060000", "6982"],
    ["lock DF", "80500000", "6982"],
    ["unlock DF", "80520000", "6982"],
    ["unlock key", "80540080", "6982"],
    ["manage attributes, P1 22", "808A2200", "6982"],
    ["manage attributes, P1 24", "808A2400", "6982"],
    ["manage attributes, other P1", "808A2300", "6A86"],
  ])("%s gets no further than the security check", (_what, command, status) => {
    expect(testCard().statuses(SELECT_JPKI, command)).toEqual(["9000", status]);
  });
});

describe("the last-command mark 80 FC (card-facts section 9)", () => {
  it.each([
    ["card", "80FC0000", "6700"],
    ["android", "80FC0000", "6700"],
    ["iphone", "80FC0000", "9000"],
    ["iphone", "80FC00000100", "6700"],
    ["iphone", "80FC0100", "6A86"],
  ] as const)("on the profile %s, %s answers %s", (profile, command, status) => {
    expect(testCard(testSpec({ profile })).send(command)).toBe(status);
  });
});
