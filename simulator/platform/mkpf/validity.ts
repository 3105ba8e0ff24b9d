/**
 * Function 6, 利用者証明用電子証明書 validity, and with it function 3, the PPID (platform-facts 1.2, 1.4):
 * check the certificate, and only when it is 有効 give the PPID. A verdict that could not be reached is
 * 確認不可, and never comes with a PPID.
 */
import type { Clock } from "../../clock.ts";
import type { StatusEvidence } from "../../pki/index.ts";
import type { ReadCertificate } from "../certificate.ts";
import {
  type CertificateChecker,
  type CheckMethod,
  type SettledVerdict,
  settleVerdict,
} from "../checker.ts";
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

/** 類型②: verdict and PPID in one answer. */
export async function judgeValidity(
  world: ValidityWorld,
  system: StoredSystem,
  certificate: ReadCertificate,
  method: CheckMethod,
): Promise<ValidityOutcome> {
  const checked = await checkCertificate(world.checker, certificate, [method]);
  if (checked.result !== "good") return checked;
  const linked = lookUp(world.people, certificate.serial);
  if (linked === undefined) return { result: "unconfirmed", reason: "linkageUnavailable" };
  const { serial } = certificate;
  const granted = world.ledger.grant({ system, serial, linked, now: world.clock.now() });
  return "ppid" in granted
    ? { result: "valid", evidence: checked.evidence, ...granted }
    : linkagePending(granted.pendingSeconds);
}

/** A certificate found good, before anybody asks whose it is; or the verdict against it. */
export type CheckedCertificate =
  | { readonly result: "good"; readonly evidence: StatusEvidence }
  | Exclude<ValidityOutcome, { readonly result: "valid" }>;

/**
 * @param methods tried in this order until one has a usable answer: 類型① falls back on the list when
 *   OCSP cannot be reached (platform-facts 1.2)
 */
export async function checkCertificate(
  checker: CertificateChecker,
  certificate: ReadCertificate,
  methods: readonly CheckMethod[],
): Promise<CheckedCertificate> {
  for (const method of methods) {
    const request = { certificate: certificate.der, method, kind: "auth" } as const;
    const verdict = await settleVerdict(checker, request);
    if (verdict.verdict !== "unchecked") return conclude(verdict, certificate);
  }
  return { result: "unconfirmed", reason: "statusUnavailable" };
}

export function linkagePending(seconds: number) {
  const reason = "linkagePending" as const;
  return { result: "unconfirmed", reason, retryAfterSeconds: seconds } as const;
}

/** Linkage that cannot be had is like a status that cannot be had: nothing may be concluded. */
export function lookUp(people: PersonDirectory, serial: string): LinkedCertificate | undefined {
  try {
    return people.personOf(serial);
  } catch {
    return undefined;
  }
}

function conclude(
  verdict: Exclude<SettledVerdict, { verdict: "unchecked" }>,
  certificate: ReadCertificate,
): CheckedCertificate {
  switch (verdict.verdict) {
    case "valid":
      return { result: "good", evidence: verdict.evidence };
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
