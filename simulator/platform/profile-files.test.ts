import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePlacedJson } from "./json-positions.ts";
import { PROFILED_PLATFORMS, parseProfileFile } from "./profile-files.ts";

function messageOf(text: string): string {
  try {
    parseProfileFile("mkpf", text, "vendor.json");
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    expect(code).toBe("PLATFORM_PROFILE_INVALID");
    expect(message).not.toContain("\n");
    return message;
  }
  return "accepted";
}

describe("a profile file", () => {
  it("names what differs, and the rest stays", () => {
    const text = '{ "paths": { "validity": "/v2/check" }, "rules": { "codeSeconds": 30 } }';
    const profile = parseProfileFile("mkpf", text, "vendor.json");
    expect(profile.paths).toMatchObject({ validity: "/v2/check", token: "/oauth/token" });
    expect(profile.rules.codeSeconds).toBe(30);
  });

  it.each(PROFILED_PLATFORMS)(
    "may be empty: %s is as built in, and says what it is",
    (platform) => {
      expect(parseProfileFile(platform, "{}", "x").notice).toContain("NON-NORMATIVE");
    },
  );

  it.each<[string, string, string]>([
    [
      "a limit out of range",
      '{\n  "rules": {\n    "codeSeconds": 0\n  }\n}',
      "vendor.json: line 3, rules.codeSeconds: Too small: expected number to be >=1",
    ],
    [
      "an entry there is not",
      '{\n  "paths":\n  {\n\n    "validty": "/x" } }',
      "vendor.json: line 5, paths.validty: there is no such entry",
    ],
    [
      "a section there is not",
      '{\n"endpoints": {} }',
      "vendor.json: line 2, endpoints: there is no such entry",
    ],
    [
      "two meanings with one text",
      '{ "name": "a",\n  "results": { "valid": "1", "invalid": "1" } }',
      "vendor.json: line 2, results: two entries have the same wire text",
    ],
    [
      "more than one of these",
      '{\n "rules": { "codeSeconds": 0,\n "counterSeconds": 0 } }',
      "vendor.json: line 2, rules.codeSeconds: Too small: expected number to be >=1 (and 1 more)",
    ],
    [
      "something else than an object",
      "\n[1]",
      "vendor.json: line 2, (profile): Invalid input: expected object, received array",
    ],
  ])("is refused with line and field: %s", (_what, text, message) => {
    expect(messageOf(text)).toBe(message);
  });

  it.each<[string, string, number, number]>([
    ["a comma too many", '{\n  "name": "a",\n}', 3, 1],
    ["a comma too few", '{\n  "name": "a"\n  "notice": "b" }', 3, 3],
    ["single quotes", "{ 'name': 1 }", 1, 3],
    ["a comment", '{\n  // ours\n  "name": "a" }', 2, 3],
    ["a number with a leading zero", '{ "rules": { "codeSeconds": 07 } }', 1, 30],
    ["an end too early", '{ "name": "a"', 1, 14],
    ["more behind the end", "{}\n{}", 2, 1],
    ["nothing", "", 1, 1],
    ["a line break in a text", '{ "name": "a\nb" }', 1, 11],
    ["a name given twice", '{ "name": "a",\n "name": "b" }', 2, 2],
  ])("is refused with line and column: %s", (_what, text, line, column) => {
    expect(messageOf(text)).toMatch(
      new RegExp(`^vendor\\.json: line ${line}, column ${column}: .* \\(JSON\\)$`),
    );
  });
});

describe("places in JSON", () => {
  it("are found for whatever JSON there is, and give what JSON.parse gives", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, "\t"), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        const placed = parsePlacedJson(text);
        expect(placed.value).toEqual(JSON.parse(text));
        expect(placed.lineOf([])).toBe(1);
      }),
    );
  });

  it("refuse whatever JSON.parse refuses", () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom(...'{}[],:"x0 \n'),
        (value, at, junk) => {
          const good = JSON.stringify(value);
          const place = at % (good.length + 1);
          const text = good.slice(0, place) + junk + good.slice(place);
          if (isJson(text)) return;
          expect(() => parsePlacedJson(text)).toThrowError(
            expect.objectContaining({ code: "PLATFORM_PROFILE_INVALID" }),
          );
        },
      ),
    );
  });

  it("tell the line of a member by its name, and of what is not there by what is around it", () => {
    const { lineOf } = parsePlacedJson('{\n  "a": [\n    1,\n    {\n      "b": 2 }\n  ]\n}');
    expect(lineOf(["a"])).toBe(2);
    expect(lineOf(["a", 0])).toBe(3);
    expect(lineOf(["a", 1, "b"])).toBe(5);
    expect(lineOf(["a", 1, "c"])).toBe(4);
    expect(lineOf(["z"])).toBe(1);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
