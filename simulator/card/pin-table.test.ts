import { describe, expect, it } from "vitest";
import { personalise } from "./personalise.ts";
import {
  cardOf,
  SELECT_COMMON,
  SELECT_JPKI,
  SELECT_JUKI,
  SELECT_TEXT,
  SELECT_VISUAL,
  selectFile,
  verify,
} from "./testing/card.ts";
import { fullSpec } from "./testing/spec.ts";

const IMAGE = personalise(fullSpec());

const SELECT = {
  jpki: SELECT_JPKI,
  text: SELECT_TEXT,
  visual: SELECT_VISUAL,
  juki: SELECT_JUKI,
  common: SELECT_COMMON,
};

// The table of card-facts section 3: secret, application, EF, value of the test card, tries.
const TABLE: readonly (readonly [string, keyof typeof SELECT, string, string, number])[] = [
  ["利用者証明用 PIN", "jpki", "0018", "1234", 3],
  ["署名用 password", "jpki", "001B", "PASSWORD", 5],
  ["券面入力補助用 PIN", "text", "0011", "1234", 3],
  ["照合番号A", "text", "0014", "123456789018", 10],
  ["照合番号A", "visual", "0013", "123456789018", 10],
  ["照合番号B", "text", "0015", "02010220354321", 10],
  ["照合番号B", "visual", "0012", "02010220354321", 10],
  ["生年月日 key", "visual", "0011", "020102", 10],
  ["住民基本台帳用 PIN", "juki", "001C", "2345", 3],
  ["共通AP PIN", "common", "001C", "2345", 3],
];

const QUERY = "00 20 00 80";

function left(tries: number): string {
  return `63C${tries.toString(16).toUpperCase()}`;
}

describe.each(TABLE)("card-facts section 3: %s (%s, EF %s)", (_name, ap, ef, value, tries) => {
  const select = SELECT[ap];
  const wrong = verify("0".repeat(value.length));
  const card = () => {
    const found = cardOf(IMAGE);
    found.statuses(select, selectFile(ef));
    return found;
  };

  it("is counted down to 63C0, then 6984 for a right value too, and asked for with 63C0", () => {
    const countdown = Array.from({ length: tries }, (_, i) => left(tries - 1 - i));
    expect(
      card().statuses(QUERY, ...countdown.map(() => wrong), wrong, verify(value), QUERY),
    ).toEqual([left(tries), ...countdown, "6984", "6984", "63C0"]);
  });

  it("has all its tries again after the right value, and says so however often it is asked", () => {
    expect(card().statuses(wrong, QUERY, QUERY, verify(value), QUERY, wrong)).toEqual([
      left(tries - 1),
      left(tries - 1),
      left(tries - 1),
      "9000",
      left(tries),
      left(tries - 1),
    ]);
  });

  it("gets no try back from a power cut or by itself", () => {
    const tried = card();
    tried.send(wrong);
    tried.card.powerOff();
    tried.card.powerOn();
    expect(tried.statuses(select, selectFile(ef), QUERY)).toEqual([
      "9000",
      "9000",
      left(tries - 1),
    ]);
  });

  it("is a wrong value when a character is missing, and 6700 beyond sixteen bytes", () => {
    expect(card().statuses(verify(value.slice(1)), verify("0".repeat(17)), QUERY)).toEqual([
      left(tries - 1),
      "6700",
      left(tries - 1),
    ]);
  });
});

describe("card-facts section 3: text 0012", () => {
  it("ships blocked: 63C0 when asked for, 6984 when tried", () => {
    const card = cardOf(IMAGE);
    card.statuses(SELECT_TEXT, selectFile("0012"));
    expect(card.statuses(QUERY, verify("1234"), QUERY)).toEqual(["63C0", "6984", "63C0"]);
  });
});

describe("counters (card-facts section 3)", () => {
  it("of 照合番号A and B are apart from each other and in both applications", () => {
    const card = cardOf(IMAGE);
    const wrong = "01 30";
    expect(card.statuses(SELECT_TEXT, `00200094${wrong}`, "00200095")).toEqual([
      "9000",
      "63C9",
      "63CA",
    ]);
    expect(card.statuses(SELECT_VISUAL, "00200093", "00200092")).toEqual(["9000", "63CA", "63CA"]);
  });

  it("of the 住基AP and the 共通AP are apart", () => {
    const card = cardOf(IMAGE);
    expect(card.statuses(SELECT_JUKI, "0020009C0130", SELECT_COMMON, "0020009C")).toEqual([
      "9000",
      "63C2",
      "9000",
      "63C3",
    ]);
  });
});
