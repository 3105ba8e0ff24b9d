import { describe, expect, it } from "vitest";
import { indiscretions } from "./audit.ts";

const SECRETS = ["1234", "試験　太郎", "000000123456"];

describe("indiscretions of a log", () => {
  it("are none where there is method, time and result", () => {
    const entry = {
      at: new Date("2031-04-01T03:00:00Z"),
      method: "ocsp",
      outcome: { result: "valid", ppid: "a1234b", evidence: { crlNumber: 4711n } },
    };
    expect(indiscretions([entry], SECRETS)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ["a PIN", { pin: "1234" }, ".0.pin"],
    ["a PIN as a number", { pin: 1234 }, ".0.pin"],
    ["a name within a sentence", { note: { text: "for 試験　太郎" } }, ".0.note.text"],
    ["a number within a longer one", { id: "x000000123456y" }, ".0.id"],
    ["bytes", { der: new Uint8Array(60) }, ".0.der"],
    ["a certificate as text", { cert: `MIIF${"A".repeat(80)}` }, ".0.cert"],
    ["hexadecimal of a key", { list: ["00".repeat(40)] }, ".0.list.0"],
  ])("tell where, and not what: %s", (_what, entry, place) => {
    expect(indiscretions([entry], SECRETS)).toEqual([place]);
  });
});
