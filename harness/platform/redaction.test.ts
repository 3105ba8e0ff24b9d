import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FORM, HIDDEN, OAUTH_RULES, redact, redactPath } from "./redaction.ts";

const RULES = {
  ...OAUTH_RULES,
  result: FORM.code,
  ppid: FORM.identifier,
  evidence: "object",
  this_update: FORM.time,
  certificate: "‹certificate›",
} as const;

describe("redaction by allow-list", () => {
  it("shows what is listed and well-formed, and marks the rest", () => {
    const shown = redact(
      {
        result: "VALID",
        ppid: "s7ax-gDGOO8ax5PMr_WeYSrxiD7wJDYFrUcFHb71CbM",
        evidence: { this_update: "2031-04-01T00:00:00.000Z", name: "公的 花子" },
        certificate: "MIID",
        name: "公的 花子",
        access_token: "secret",
      },
      RULES,
    );
    expect(shown).toEqual({
      result: "VALID",
      ppid: "s7ax-gDGOO8ax5PMr_WeYSrxiD7wJDYFrUcFHb71CbM",
      evidence: { this_update: "2031-04-01T00:00:00.000Z", name: HIDDEN },
      certificate: "‹certificate›",
      name: HIDDEN,
      access_token: "‹access token›",
    });
  });

  it("hides a listed field whose value has another form", () => {
    const shown = redact(
      {
        result: "公的 花子",
        ppid: "123456789012",
        evidence: "東京都千代田区",
        this_update: ["2031-04-01T00:00:00.000Z"],
        error_description: "no user 123456789012",
      },
      RULES,
    );
    expect(new Set(Object.values(shown))).toEqual(new Set([HIDDEN]));
  });

  it("hides long runs of letters and digits in an explanation: they may be keys", () => {
    const token = "eyJhbGciOiJFUzI1NiJ9eyJpc3MiOiJNS1BGIn0";
    expect(redact({ error_description: `bad ${token}` }, RULES)).toEqual({
      error_description: HIDDEN,
    });
    expect(redact({ error_description: "client not found" }, RULES)).toEqual({
      error_description: "client not found",
    });
  });

  it("counts fields whose name could itself be a secret", () => {
    expect(redact({ "公的 花子": 1, "a b": 2, result: "VALID" }, RULES)).toEqual({
      result: "VALID",
      "‹other fields›": 2,
    });
  });

  it("redacts a query as it redacts a body", () => {
    const url = new URL("http://127.0.0.1/callback?code=abc&state=xyz&error=access_denied");
    expect(redactPath(url, RULES)).toBe(
      `/callback?code=‹authorization code›&state=${HIDDEN}&error=access_denied`,
    );
  });

  it("lets no certificate, token or 個人番号 through, wherever they are put", () => {
    const secret = fc.oneof(
      fc.stringMatching(/^MII[A-Za-z0-9+/]{70,90}$/),
      fc.stringMatching(/^\d{12}$/),
      fc.stringMatching(/^[A-Za-z0-9_-]{20}\.[A-Za-z0-9_-]{30}\.[A-Za-z0-9_-]{40}$/),
      fc.stringMatching(/^[一-龠]{2}\u3000[一-龠]{2}$/),
    );
    const names = fc.constantFrom(...Object.keys(RULES), "name", "個人番号", "__proto__");
    fc.assert(
      fc.property(fc.array(fc.tuple(names, secret)), secret, (fields, deep) => {
        const body = { ...Object.fromEntries(fields), evidence: { [deep]: deep, result: deep } };
        const shown = JSON.stringify(redact(body, RULES));
        for (const value of [deep, ...fields.map(([, put]) => put)]) {
          expect(shown).not.toContain(value);
        }
      }),
    );
  });
});
