/**
 * What a platform asks the PKI: "is this certificate good, and how do you know?"
 *
 * A platform never interprets certificates or revocation data itself. It hands the DER to a
 * `CertificateChecker` (the lab supplies one that talks to its OCSP responder and lists) and passes
 * the verdict on. "Could not check" is a verdict of its own here, and never a good one.
 */
import type { CertificateKind, RevocationReason, StatusEvidence, Verdict } from "../pki/index.ts";

export type CheckMethod = "ocsp" | "crl";

/** The card itself, or the smartphone certificate of 2023 (platform-facts section 2). */
export type Carrier = "card" | "smartphone";

/** A verdict a platform can rely on being complete. */
export type SettledVerdict =
  | { readonly verdict: "valid"; readonly evidence: StatusEvidence }
  | {
      readonly verdict: "revoked";
      readonly reason: RevocationReason;
      readonly revokedAt: Date;
      readonly evidence: StatusEvidence;
    }
  /** The responder does not know the serial. */
  | { readonly verdict: "unknown"; readonly evidence: StatusEvidence }
  /** Refused for what the certificate itself says, before anyone was asked about revocation. */
  | { readonly verdict: "expired" | "notYetValid" | "wrongCa" | "wrongEnvironment" | "wrongKind" }
  /** No usable answer, with what was tried. */
  | { readonly verdict: "unchecked"; readonly why: string };

export interface CheckRequest {
  /** DER. */
  readonly certificate: Uint8Array;
  readonly method: CheckMethod;
  /** What the certificate must be for this use; the other kind is `wrongKind`. */
  readonly kind: CertificateKind;
}

export interface CertificateChecker {
  /** A throw counts as `unchecked`; see {@link settleVerdict}. */
  check(request: CheckRequest): Promise<Verdict>;
  /** Where the certificate says it lives. */
  carrierOf(certificate: Uint8Array): Carrier;
}

const REFUSED_BY_ITSELF = new Set([
  "expired",
  "notYetValid",
  "wrongCa",
  "wrongEnvironment",
  "wrongKind",
]);

/**
 * Asks the checker and lets nothing but a complete verdict through: whatever else comes back, or is
 * thrown, is `unchecked`. A checker under fault injection may answer anything; a platform that
 * trusted it blindly could say "valid" without evidence.
 */
export async function settleVerdict(
  checker: CertificateChecker,
  request: CheckRequest,
): Promise<SettledVerdict> {
  try {
    const verdict = await checker.check(request);
    if (isComplete(verdict)) return verdict;
    return unchecked(reasonOf(verdict) ?? "the checker's answer is incomplete");
  } catch (cause) {
    return unchecked(cause instanceof Error ? cause.message : "the checker failed");
  }
}

function unchecked(why: string): SettledVerdict {
  return { verdict: "unchecked", why };
}

function isComplete(answer: unknown): answer is Exclude<SettledVerdict, { verdict: "unchecked" }> {
  if (!isRecord(answer) || typeof answer.verdict !== "string") return false;
  const { verdict } = answer;
  if (verdict === "valid" || verdict === "unknown") return hasEvidence(answer);
  if (verdict === "revoked") {
    return typeof answer.reason === "string" && isDate(answer.revokedAt) && hasEvidence(answer);
  }
  return REFUSED_BY_ITSELF.has(verdict);
}

function reasonOf(answer: unknown): string | undefined {
  if (!isRecord(answer) || answer.verdict !== "unchecked") return undefined;
  return answer.why instanceof Error ? answer.why.message : undefined;
}

function hasEvidence(answer: Record<string, unknown>): boolean {
  const evidence = answer.evidence;
  if (!isRecord(evidence) || !isDate(evidence.thisUpdate)) return false;
  if (evidence.method === "ocsp") return isDate(evidence.producedAt);
  return evidence.method === "crl" && typeof evidence.crlNumber === "bigint";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isDate(value: unknown): value is Date {
  return value instanceof Date && !Number.isNaN(value.getTime());
}
