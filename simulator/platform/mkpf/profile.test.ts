import { describe, expect, it } from "vitest";
import { parseMkpfProfile } from "./profile.ts";

describe("MKPF profile", () => {
  it("says in both languages that it is not the real thing", () => {
    const { notice } = parseMkpfProfile({});
    expect(notice).toContain("NON-NORMATIVE");
    expect(notice).toContain("非規範（実仕様は非公開）");
  });

  it("takes a vendor's names and keeps the rest", () => {
    const profile = parseMkpfProfile({
      paths: { validity: "/real/validity" },
      results: { valid: "0" },
      rules: { ppidOnRenewal: "keep" },
    });
    expect(profile.paths).toMatchObject({ validity: "/real/validity", token: "/oauth/token" });
    expect(profile.results).toEqual({ valid: "0", invalid: "INVALID", unconfirmed: "UNCONFIRMED" });
    expect(profile.rules.ppidOnRenewal).toBe("keep");
  });

  const misfits: Record<string, unknown> = {
    "no object": "profile",
    "an unknown section": { endpoints: {} },
    "an unknown entry": { paths: { validty: "/x" } },
    "a path that is none": { paths: { validity: "api/validity" } },
    "two verdicts with one code": { results: { valid: "1", invalid: "1" } },
    "an unknown rule": { rules: { ppidOnRenewal: "sometimes" } },
    "a limit out of range": { rules: { accessTokenSeconds: 0 } },
  };
  for (const [what, value] of Object.entries(misfits)) {
    it(`refuses ${what}`, () => {
      expect(() => parseMkpfProfile(value)).toThrowError(
        expect.objectContaining({ code: "PLATFORM_PROFILE_INVALID" }),
      );
    });
  }
});
