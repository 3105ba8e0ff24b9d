/**
 * Function 6, 利用者証明用電子証明書 validity, and with it function 3, the PPID (platform-facts 1.2, 1.4):
 * check the certificate, and only when it is 有効 give the PPID. A verdict that could not be reached is
 * 確認不可, and never comes with a PPID.
 */
import type { Clock } from "../../clock.ts";
import type { ReadCertificate } from "../certificate.ts";
import { type CertificateChecker, type CheckMethod, settleVerdict } from "../checker.ts";
import { datesOf } from "../evidence.ts";
import type { LinkedCertificate, PersonDirectory } from "../person-directory.ts";
import type { ValidityOutcome } from "./outcome.ts";
import type { PpidLedger } from "./ppid.ts";
import type { StoredSystem } from "./state.ts";

export interface ValidityWorld {
  readonly clock: Clock;
  readonly checker: CertificateChecker;
  readonly people: PersonDirectory;
  readonly ledger: PpidLedger;
}

export async function judgeValidity(
  world: ValidityWorld,
  system: StoredSystem,
  certificate: ReadCertificate,
  method: CheckMethod,
): Promise<ValidityOutcome> {
  const request = { certificate: certificate.der, method, kind: "auth" } as const;
  const verdict = await settleVerdict(world.checker, request);
  switch (verdict.verdict) {
    case "valid": {
      const identified = identify(world, system, certificate);
      return "ppid" in identified
        ? { result: "valid", evidence: verdict.evidence, ...identified }
        : { result: "unconfirmed", ...identified };
    }
    case "unchecked":
      return { result: "unconfirmed", reason: "statusUnavailable" };
    case "revoked": {
      const { reason, revokedAt, evidence } = verdict;
      return { result: "invalid", reason: "revoked", evidence, revocation: { reason, revokedAt } };
    }
    case "unknown":
      return { result: "invalid", reason: "unknown", evidence: verdict.evidence };
    default:
      return { result: "invalid", reason: verdict.verdict, evidence: datesOf(certificate) };
  }
}

function identify(world: ValidityWorld, system: StoredSystem, { serial }: ReadCertificate) {
  const linked = lookUp(world.people, serial);
  if (linked === undefined) return { reason: "linkageUnavailable" } as const;
  const granted = world.ledger.grant({ system, serial, linked, now: world.clock.now() });
  if ("ppid" in granted) return granted;
  return { reason: "linkagePending", retryAfterSeconds: granted.pendingSeconds } as const;
}

/** Linkage that cannot be had is like a status that cannot be had: nothing may be concluded. */
function lookUp(people: PersonDirectory, serial: string): LinkedCertificate | undefined {
  try {
    return people.personOf(serial);
  } catch {
    return undefined;
  }
}
