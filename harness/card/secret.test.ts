import { format, inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JpkiClient } from "./jpki-client.ts";
import { Personal, Secret } from "./secret.ts";
import { ScriptedReader } from "./testing/scripted-reader.ts";
import { TextApClient } from "./text-ap-client.ts";

/** Ways a value gets into a log, a report or an assertion's diff. */
const PRINTERS: Readonly<Record<string, (value: object) => string>> = {
  "template string": (value) => `${value}`,
  concatenation: (value) => `PIN ${value}`,
  JSON: (value) => JSON.stringify({ value, list: [value] }),
  inspect: (value) => inspect({ value }, { showHidden: true, depth: null }),
  format: (value) => format("%s %o %O %j", value, value, value, value),
  "error message": (value) => new Error(`wrong: ${value}`, { cause: value }).message,
  "inspected error": (value) => inspect(new Error("wrong", { cause: value })),
  "own properties": (value) => inspect(Object.entries(Object.getOwnPropertyDescriptors(value))),
  "failed assertion": (value) => {
    try {
      expect({ value }).toEqual({ value: "another" });
    } catch (error) {
      return inspect(error, { depth: null });
    }
    return "";
  },
};

/** Long enough not to stand in a stack trace by chance. */
const password = fc.stringMatching(/^[A-Z0-9]{12,16}$/);

describe.each(Object.entries(PRINTERS))("printed by %s", (_, print) => {
  it("a secret does not show", () => {
    fc.assert(
      fc.property(password, (value) => {
        expect(print(new Secret(value))).not.toContain(value);
      }),
      { numRuns: 20 },
    );
  });

  it("a personal value does not show", () => {
    fc.assert(
      fc.property(password, (value) => {
        expect(print(new Personal({ name: value, list: [value] }))).not.toContain(value);
      }),
      { numRuns: 20 },
    );
  });
});

describe("a holder", () => {
  it("gives its value to who asks for it", () => {
    expect(new Secret("1234").reveal()).toBe("1234");
    expect(new Personal({ sex: "1" }).reveal()).toEqual({ sex: "1" });
  });

  it("says that something is there", () => {
    expect(`${new Secret("1234")} ${new Personal("1")}`).toBe("‹secret› ‹personal›");
    expect(JSON.stringify([new Secret("1234"), new Personal("1")])).toBe(
      '["‹secret›","‹personal›"]',
    );
  });

  it("is equal to no other one, so that a comparison of hidden values cannot pass", () => {
    expect(new Personal("1")).not.toEqual(new Personal("2"));
    expect(new Personal("1")).not.toEqual(new Personal("1"));
  });

  it("cannot be cloned into another thread", () => {
    expect(() => structuredClone(new Secret("1234"))).toThrow();
  });
});

describe("the errors of the clients", () => {
  const SELECT_JPKI = "> 00 A4 04 0C 0A D3 92 F0 00 26 01 00 00 00 01\n < 90 00";
  const SELECT_TEXT = "> 00 A4 04 0C 0A D3 92 10 00 31 00 01 01 04 08\n < 90 00";

  const printed = (operation: Promise<unknown>): Promise<string> =>
    operation.then(
      () => "no error",
      (error: unknown) => inspect(error, { showHidden: true, depth: null }),
    );

  it("do not show the password the card refused", () =>
    fc.assert(
      fc.asyncProperty(password, async (value) => {
        const hex = Buffer.from(value).toString("hex");
        const reader = new ScriptedReader(`${SELECT_JPKI}
          > 00 A4 02 0C 02 00 1B
          < 90 00
          > 00 20 00 80
          < 63 C5
          > 00 20 00 80 ${value.length.toString(16).padStart(2, "0")} ${hex}
          < 63 C4`);
        const jpki = new JpkiClient(reader);
        await jpki.select();
        const text = await printed(jpki.verifySignPassword(new Secret(value)));
        reader.assertEnded();
        expect(text).toContain("CARD_PIN_WRONG");
        expect(text).not.toContain(value);
        expect(text.toLowerCase()).not.toContain(hex);
      }),
      { numRuns: 20 },
    ));

  it("do not show a value that was not even sent", async () => {
    const reader = new ScriptedReader(SELECT_JPKI);
    const jpki = new JpkiClient(reader);
    await jpki.select();
    const text = await printed(jpki.verifyAuthPin(new Secret("987654321098")));
    expect(text).toContain("CARD_PIN_FORMAT");
    expect(text).not.toContain("987654321098");
  });

  it.each([
    ["digits where the object should be", "31 32 33 34 35 36 37 38 39 30 31 38 FF FF FF FF FF"],
    ["eleven digits", "FF 10 0B 31 32 33 34 35 36 37 38 39 30 31 FF FF FF"],
    ["digits that are not", "FF 10 0C 31 32 33 34 35 36 37 38 39 30 31 41 FF FF"],
    ["another tag", "FF 11 0C 31 32 33 34 35 36 37 38 39 30 31 38 FF FF"],
  ])("do not show a 個人番号 that could not be read: %s", async (_, content) => {
    const reader = new ScriptedReader(`${SELECT_TEXT}
      > 00 A4 02 0C 02 00 01
      < 90 00
      > 00 B0 00 00 11
      < ${content} 90 00`);
    const text = new TextApClient(reader);
    await text.select();
    const shown = await printed(text.myNumber());
    expect(shown).toContain("CARD_DATA_INVALID");
    expect(shown).not.toMatch(/12345|31323334|31 32|0x31|tag 31/i);
  });
});
