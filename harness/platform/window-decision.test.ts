import { describe, expect, it } from "vitest";
import type { StatusEvidence } from "../../simulator/pki/index.ts";
import type { LocalAuthVerdict } from "./local-auth-pf-client.ts";
import { decide } from "./window-decision.ts";

const at = (time: string) => new Date(`2031-04-01T${time}:00Z`);
const byList: StatusEvidence = { method: "crl", thisUpdate: at("00:00"), crlNumber: 7n };
const byOcsp: StatusEvidence = {
  method: "ocsp",
  producedAt: at("09:01"),
  thisUpdate: at("09:00"),
};
const revoked: LocalAuthVerdict = {
  result: "revoked",
  revocation: { reason: "certificateHold", revokedAt: at("08:30") },
  evidence: byOcsp,
};

describe("what a window does with the answers", () => {
  it("serves by the newest data", () => {
    const answers: LocalAuthVerdict[] = [
      { result: "valid", evidence: byList },
      { result: "valid", evidence: byOcsp },
    ];
    expect(decide(answers)).toEqual({ action: "serve", evidence: byOcsp });
    expect(decide(answers.toReversed())).toEqual({ action: "serve", evidence: byOcsp });
  });

  it("turns away on a single no, whoever else says yes", () => {
    const yes: LocalAuthVerdict = { result: "valid", evidence: byList };
    expect(decide([yes, revoked])).toEqual({ action: "turnAway", answer: revoked });
    for (const result of ["unsupported", "notPermitted"] as const) {
      expect(decide([{ result }, yes])).toEqual({ action: "turnAway", answer: { result } });
    }
  });

  it("serves by the one method that could check", () => {
    const yes: LocalAuthVerdict = { result: "valid", evidence: byList };
    expect(decide([{ result: "unconfirmed" }, yes])).toMatchObject({ action: "serve" });
    expect(decide([undefined, yes])).toMatchObject({ action: "serve" });
  });

  it("never serves where nothing could be checked", () => {
    const otherwise = "identifyOtherwise";
    expect(decide([{ result: "unconfirmed" }])).toEqual({ action: otherwise, why: "unconfirmed" });
    expect(decide([undefined, { result: "unconfirmed" }])).toMatchObject({ why: "unconfirmed" });
    expect(decide([undefined])).toEqual({ action: otherwise, why: "unreachable" });
    expect(decide([])).toMatchObject({ action: otherwise });
  });
});
