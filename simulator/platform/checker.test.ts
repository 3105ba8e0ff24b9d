import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SimulatorError } from "../errors.ts";
import { settleVerdict } from "./checker.ts";
import { FIRST_CERTIFICATE } from "./testing/certificates.ts";
import { CRL_EVIDENCE, OCSP_EVIDENCE, ScriptedChecker } from "./testing/world.ts";

const REQUEST = { certificate: FIRST_CERTIFICATE, method: "ocsp", kind: "auth" } as const;

function settle(answer: () => unknown) {
  const checker = new ScriptedChecker();
  checker.answer = answer;
  return settleVerdict(checker, REQUEST);
}

describe("settling a verdict", () => {
  const complete = [
    { verdict: "valid", evidence: OCSP_EVIDENCE },
    { verdict: "valid", evidence: CRL_EVIDENCE },
    { verdict: "unknown", evidence: OCSP_EVIDENCE },
    {
      verdict: "revoked",
      reason: "superseded",
      revokedAt: new Date("2031-03-01T00:00:00Z"),
      evidence: CRL_EVIDENCE,
    },
    { verdict: "wrongEnvironment" },
  ];
  for (const verdict of complete) {
    it(`passes on ${verdict.verdict}, complete as it is`, async () => {
      expect(await settle(() => verdict)).toBe(verdict);
    });
  }

  const incomplete: Record<string, unknown> = {
    "valid without evidence": { verdict: "valid" },
    "valid on an OCSP answer without producedAt": {
      verdict: "valid",
      evidence: { method: "ocsp", thisUpdate: new Date() },
    },
    "valid on a list without a number": {
      verdict: "valid",
      evidence: { method: "crl", thisUpdate: new Date() },
    },
    "valid at an impossible time": {
      verdict: "valid",
      evidence: { ...OCSP_EVIDENCE, producedAt: new Date(Number.NaN) },
    },
    "an unheard-of verdict": { verdict: "good" },
    nothing: undefined,
  };
  for (const [what, answer] of Object.entries(incomplete)) {
    it(`turns ${what} into "unchecked"`, async () => {
      expect(await settle(() => answer)).toMatchObject({ verdict: "unchecked" });
    });
  }

  it("keeps the reason of what could not be checked", async () => {
    const why = new SimulatorError("PKI_STATUS_UNAVAILABLE", "the list is out of date");
    expect(await settle(() => ({ verdict: "unchecked", why }))).toEqual({
      verdict: "unchecked",
      why: "the list is out of date",
    });
  });

  it("turns a throw into unchecked and keeps its reason", async () => {
    const failed = () => {
      throw new Error("the responder is silent");
    };
    expect(await settle(failed)).toEqual({ verdict: "unchecked", why: "the responder is silent" });
  });

  it("never rejects and never turns junk into a verdict", async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (junk) => {
        const answer = () => {
          throw junk;
        };
        expect((await settle(answer)).verdict).toBe("unchecked");
        expect((await settle(() => junk)).verdict).not.toBe("valid");
      }),
    );
  });
});
