import { describe, expect, it } from "vitest";
import { personalise } from "./personalise.ts";
import {
  cardOf,
  SELECT_COMMON,
  SELECT_JPKI,
  SELECT_JUKI,
  SELECT_TEXT,
  SELECT_VISUAL,
} from "./testing/card.ts";
import { fullSpec } from "./testing/spec.ts";

const CARD = personalise(fullSpec());
const IPHONE = personalise(fullSpec({ profile: "iphone" }));

const AUTH_PIN = "00A4020C020018";
const AUTH_KEY = "00A4020C020017";
const RIGHT = "002000800431323334";
const WRONG = "002000800439393939";
const HASH = "00".repeat(32);
const EXTENDED = "00".repeat(256);
/** Bytes that are not foretold, by their number. */
const any = (bytes: number, sw = "9000") => new RegExp(`^[0-9A-F]{${2 * bytes}}${sw}$`);

type Case = readonly [what: string, commands: readonly string[], last: string | RegExp];

// One entry a row of the table of card-facts section 4, under the row's name, with each of its statuses.
const TABLE: Readonly<Record<string, readonly Case[]>> = {
  "SELECT DF": [
    ["no data", [SELECT_JPKI], "9000"],
    ["unknown AID", ["00A4040C07A0000000590102"], "6A82"],
    ["another P1", ["00A4030C0AD392F000260100000001"], "6A86"],
    ["another P2", ["00A404030AD392F000260100000001"], "6A86"],
  ],
  "SELECT DF with FCI": [
    ["FCI", ["00A404000AD392F00026010000000100"], "6F0C840AD392F0002601000000019000"],
  ],
  "SELECT DF next occurrence": [
    ["next", [SELECT_JPKI, "00A4040202D392", "00A4020C020014"], "9000"],
    ["next without FCI", [SELECT_JPKI, "00A4040E02D392", "00A4020C020014"], "9000"],
    ["none", [SELECT_COMMON, "00A4040202D392"], "6A82"],
  ],
  "SELECT EF": [
    ["present", [SELECT_JPKI, "00A4020C02000A"], "9000"],
    ["absent", [SELECT_JPKI, "00A4020C020003"], "6A82"],
    ["another P2", [SELECT_JPKI, "00A4020002000A"], "6A86"],
  ],
  "READ BINARY": [
    ["Le 01", [SELECT_JPKI, "00A4020C020008", "00B0000001"], "8F9000"],
    ["Le 00", [SELECT_JPKI, "00A4020C02000A", "00B0000000"], any(256)],
    ["an offset of 15 bits", [SELECT_JPKI, "00A4020C02000A", "00B0062E01"], "A19000"],
    ["fewer at the end", [SELECT_JPKI, "00A4020C020008", "00B0000210"], "009000"],
    ["beyond the end", [SELECT_JPKI, "00A4020C020008", "00B0000401"], "6B00"],
    ["before the PIN", [SELECT_JPKI, "00A4020C020001", "00B0000004"], "6982"],
    ["of a key", [SELECT_JPKI, AUTH_KEY, "00B0000004"], "6981"],
    ["no current EF", [SELECT_JPKI, "00B0000004"], "6986"],
  ],
  "READ BINARY SFI": [
    ["an offset of 8 bits", [SELECT_JPKI, "00B0880101"], "8F9000"],
    ["becomes current", [SELECT_JPKI, "00B0880001", "00B0000003"], "8F8F009000"],
    ["absent", [SELECT_JPKI, "00B0830001"], "6A82"],
  ],
  "READ BINARY extended": [
    ["LL LL", [SELECT_JPKI, "00B08A00000200"], any(512)],
    ["the whole EF", [SELECT_JPKI, "00B08A00000000"], any(1583)],
  ],
  "READ RECORD": [
    ["current EF", [SELECT_COMMON, "00A4020C020001", "00B2010400"], /^011C(3[0-9]){28}9000$/],
    ["by SFI", [SELECT_COMMON, "00B2010C00"], /^011C(3[0-9]){28}9000$/],
    ["to the last", [SELECT_COMMON, "00B2010D00"], /^011C(3[0-9]){28}9000$/],
    ["no record", [SELECT_COMMON, "00B2020C00"], "6A83"],
    ["another form", [SELECT_COMMON, "00B2010900"], "6A81"],
    ["a transparent EF", [SELECT_JPKI, "00B2013400"], "6981"],
  ],
  VERIFY: [
    ["right", [SELECT_JPKI, AUTH_PIN, RIGHT], "9000"],
    ["wrong", [SELECT_JPKI, AUTH_PIN, WRONG], "63C2"],
    ["blocked", [SELECT_JPKI, AUTH_PIN, WRONG, WRONG, WRONG, RIGHT], "6984"],
    ["no current EF", [SELECT_JPKI, RIGHT], "6986"],
    ["a key", [SELECT_JPKI, AUTH_KEY, RIGHT], "6981"],
  ],
  "VERIFY SFI": [
    ["P2 98", [SELECT_JPKI, "002000980431323334"], "9000"],
    ["P2 9B", [SELECT_JPKI, "0020009B0850415353574F5244"], "9000"],
    ["wrong", [SELECT_JPKI, "0020009B0439393939"], "63C4"],
  ],
  "retry query": [
    ["no data", [SELECT_JPKI, AUTH_PIN, "00200080"], "63C3"],
    ["after a right PIN", [SELECT_JPKI, AUTH_PIN, RIGHT, "00200080"], "63C3"],
  ],
  "CHANGE REFERENCE DATA": [
    ["JPKI", [SELECT_JPKI, AUTH_PIN, RIGHT, "002401800435363738"], "9000"],
    ["text", [SELECT_TEXT, "00A4020C020011", RIGHT, "002401800435363738"], "9000"],
    ["no VERIFY before", [SELECT_JPKI, AUTH_PIN, "002401800435363738"], "6982"],
    ["no current EF", [SELECT_JPKI, "002401800435363738"], "6986"],
  ],
  "CHANGE KEY": [
    ["common", [SELECT_COMMON, "0020009C0432333435", "803200800435363738"], "9000"],
    ["juki", [SELECT_JUKI, "0020009C0432333435", "803200800435363738"], "9000"],
    ["no VERIFY before", [SELECT_JUKI, "00A4020C02001C", "803200800435363738"], "6982"],
  ],
  "COMPUTE DIGITAL SIGNATURE": [
    ["with PIN", [SELECT_JPKI, AUTH_PIN, RIGHT, `802A029720${HASH}00`], any(256)],
    ["without", [SELECT_JPKI, `802A029720${HASH}00`], "6982"],
    ["bad length", [SELECT_JPKI, AUTH_PIN, RIGHT, "802A0297010000"], "6985"],
    ["bad P1", [SELECT_JPKI, AUTH_PIN, RIGHT, `802A069720${HASH}00`], "6A86"],
    ["no current EF", [SELECT_JPKI, `802A028020${HASH}00`], "6986"],
  ],
  "INTERNAL AUTHENTICATE": [
    ["one byte", [SELECT_COMMON, "00880099015A00"], any(256)],
    ["255 bytes", [SELECT_COMMON, `00880099FF${"5A".repeat(255)}00`], any(256)],
    ["a guarded key", [SELECT_JPKI, AUTH_PIN, RIGHT, "00880097015A00"], "6982"],
    ["the key of the text AP", [SELECT_TEXT, "00880093015A00"], "6985"],
    ["the key of the visual AP", [SELECT_VISUAL, "0088009A015A00"], "6985"],
  ],
  "EXTERNAL AUTHENTICATE": [
    ["power-on", ["0084000008", "00820080015A"], "6986"],
    ["no key in the text AP", [SELECT_TEXT, "0084000008", "00820096015A"], "6A88"],
    ["no key in the common AP", [SELECT_COMMON, "0084000008", "00820096015A"], "6A88"],
  ],
  "GET CHALLENGE": [
    ["power-on", ["0084000001"], any(1)],
    ["JPKI", [SELECT_JPKI, "0084000000"], any(256)],
    ["text", [SELECT_TEXT, "0084000000"], any(256)],
    ["visual", [SELECT_VISUAL, "0084000008"], any(8)],
    ["juki", [SELECT_JUKI, "0084000008"], any(8)],
    ["common", [SELECT_COMMON, "0084000008"], any(8)],
    ["another P1", ["0084010008"], "6A86"],
    ["257 bytes", ["00840000000101"], "6985"],
  ],
  "GET DATA": [
    ["present", ["00CA00F000"], "31333130319000"],
    ["absent", ["00CA9F7F00"], "6A88"],
    ["large, short Le", ["00CA00F800"], "6700"],
    ["large, extended Le", ["00CA00F8000000"], any(5 + 297 + 5 + 256)],
  ],
  "terminal CV cert": [
    ["garbage", [SELECT_JPKI, "00A4020C020016", "80A206C10400000000"], "6700"],
    ["another P1-P2", [SELECT_JPKI, "00A4020C020016", "80A2000004 00000000"], "6A86"],
  ],
  "SET SESSION KEY": [
    ["no PIN", [SELECT_TEXT, `80AE0000000100${EXTENDED}`], "6982"],
    ["no such key there", [SELECT_VISUAL, `80AE0000000100${EXTENDED}`], "66F1"],
  ],
  "JICSAP admin": [
    ["erase", [SELECT_JPKI, "80060000"], "6982"],
    ["lock DF", [SELECT_JPKI, "80500000"], "6982"],
    ["unlock DF", [SELECT_JPKI, "80520000"], "6982"],
    ["unlock key", [SELECT_JPKI, AUTH_PIN, "80540080"], "6982"],
    ["attributes, P1 22", [SELECT_JPKI, "808A2200"], "6982"],
    ["attributes, P1 24", [SELECT_JPKI, "808A2400"], "6982"],
    ["attributes, P1 00", [SELECT_JPKI, "808A0000"], "6A86"],
  ],
  "last-command indicator": [["plastic", [SELECT_JPKI, "80FC0000"], "6700"]],
  "GET RESPONSE": [["is not JICSAP", [SELECT_JPKI, "00C0000000"], "6D00"]],
  "unknown INS / CLA": [
    ["INS", [SELECT_JPKI, "00FE0000"], "6D00"],
    ["CLA", [SELECT_JPKI, "B0200080"], "6E00"],
  ],
};

describe.each(Object.entries(TABLE))("card-facts section 4: %s", (_row, cases) => {
  it.each(cases)("%s", (_what, commands, last) => {
    const card = cardOf(CARD);
    for (const command of commands.slice(0, -1)) card.send(command);
    expect(card.send(commands.at(-1) ?? "")).toMatch(
      typeof last === "string" ? new RegExp(`^${last}$`) : last,
    );
  });
});

describe("card-facts section 4: last-command indicator of the iPhone profile", () => {
  it("is accepted", () => {
    expect(cardOf(IPHONE).statuses(SELECT_JPKI, "80FC0000")).toEqual(["9000", "9000"]);
  });
});

describe("classes (card-facts section 4)", () => {
  it("have no logical channel but 0", () => {
    const card = cardOf(CARD);
    card.send(SELECT_JPKI);
    const channels = ["01", "02", "03", "40", "4F", "81", "82", "83"];
    expect(new Set(channels.map((cla) => card.send(`${cla}84000008`)))).toEqual(new Set(["6881"]));
  });

  it("belong to their commands: each is 6D00 under the other one", () => {
    const card = cardOf(CARD);
    card.send(SELECT_JPKI);
    const own = ["06", "2A", "32", "50", "52", "54", "8A", "A2", "AE", "FC"];
    const ordinary = ["20", "24", "82", "84", "88", "A4", "B0", "B2", "CA"];
    const asked = [...own.map((ins) => `00${ins}0000`), ...ordinary.map((ins) => `80${ins}0000`)];
    expect(new Set(card.statuses(...asked))).toEqual(new Set(["6D00"]));
  });
});
