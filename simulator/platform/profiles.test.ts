import { describe, expect, it } from "vitest";
import { parseDigitalAuthProfile } from "./digital-auth-app/profile.ts";
import { parseLocalAuthPfProfile } from "./local-auth-pf/profile.ts";

describe.each([
  ["地方認証PF", parseLocalAuthPfProfile],
  ["デジタル認証アプリ", parseDigitalAuthProfile],
] as const)("profile of %s", (_platform, parse) => {
  it("says in both languages that it is not the real thing", () => {
    expect(parse({}).notice).toContain("NON-NORMATIVE");
    expect(parse({}).notice).toContain("非規範（実仕様は非公開）");
  });

  it.each([
    ["no object", 7],
    ["an unknown section", { endpoints: {} }],
    ["an unknown entry", { paths: { nowhere: "/x" } }],
    ["two meanings with one text", { evidenceFields: { method: "m", thisUpdate: "m" } }],
    ["a limit out of range", { rules: { bodyBytesMax: 0 } }],
  ])("refuses %s", (_what, value) => {
    expect(() => parse(value)).toThrowError(
      expect.objectContaining({ code: "PLATFORM_PROFILE_INVALID" }),
    );
  });
});

it("a path of 地方認証PF starts with a slash", () => {
  expect(() => parseLocalAuthPfProfile({ paths: { ocsp: "verify" } })).toThrowError(
    expect.objectContaining({ code: "PLATFORM_PROFILE_INVALID" }),
  );
});
