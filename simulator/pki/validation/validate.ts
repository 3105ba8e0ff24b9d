/**
 * The verdict of a municipal system on a holder's certificate: is it by a CA we trust, of this
 * environment, of the kind we asked for, in date, and not revoked? What could not be checked is
 * `unchecked`, never `valid`; a certificate past its end is `expired` whatever a responder says
 * (platform-facts 8.3, PK-06, PK-25, PK-28, PK-31).
 */
import type { Clock } from "../../clock.ts";
import { SimulatorError } from "../../errors.ts";
import { equal } from "../../iso7816/index.ts";
import { type CertificateView, readCertificate } from "../certificate/certificate.ts";
import { caName } from "../certificate/names.ts";
import { sameName } from "../certificate/same-name.ts";
import {
  type Carrier,
  type EnvironmentName,
  IDENTITIES,
  identityOfPolicies,
} from "../environment.ts";
import type {
  CertificateKind,
  CertificateStatus,
  RevocationReason,
  StatusEvidence,
  StatusSource,
} from "../status.ts";
import { linkProblem } from "./link.ts";
import { findAnchor, readAnchors } from "./trust.ts";

export type Verdict =
  | { readonly verdict: "valid"; readonly evidence: StatusEvidence }
  | {
      readonly verdict: "revoked";
      readonly reason: RevocationReason;
      readonly revokedAt: Date;
      readonly evidence: StatusEvidence;
    }
  | { readonly verdict: "expired"; readonly notAfter: Date }
  | { readonly verdict: "notYetValid"; readonly notBefore: Date }
  /** Not by a CA we trust: an unknown one, a generation we lack, or a forgery. */
  | { readonly verdict: "wrongCa"; readonly why: string }
  /** Of the test service where the real one is needed, or the other way round. */
  | { readonly verdict: "wrongEnvironment"; readonly why: string }
  | { readonly verdict: "wrongKind"; readonly expected: CertificateKind }
  /** The responder does not know the serial number. */
  | { readonly verdict: "unknown"; readonly evidence: StatusEvidence }
  /** Everything else is in order, and its status could not be found out. */
  | { readonly verdict: "unchecked"; readonly why: SimulatorError };

export interface ValidationOptions {
  /** Trusted CA certificates, DER: all generations that are in use. */
  readonly anchors: readonly Uint8Array[];
  readonly clock: Clock;
  readonly source: StatusSource;
  /** The kind that was asked for; either will do when absent. */
  readonly kind?: CertificateKind;
  /**
   * Which service's certificates are wanted; the simulator's, unless said otherwise. `any` does not
   * look at policies, for certificates that are none of JPKI's.
   */
  readonly environment?: EnvironmentName | "any";
}

type Refusal = Exclude<Verdict, { readonly verdict: "valid" }>;

/**
 * Checks offline first, and asks `source` only about a certificate that is in order so far.
 *
 * @param certificate DER
 * @throws SimulatorError PKI_INVALID when it is not a certificate at all
 */
export async function validateCertificate(
  certificate: Uint8Array,
  options: ValidationOptions,
): Promise<Verdict> {
  const view = readCertificate(certificate);
  const anchors = readAnchors(options.anchors);
  const issuer = findAnchor(anchors, view);
  if (issuer === undefined) return strangeIssuer(view, anchors, options);
  return (
    checkLink(view, issuer) ??
    checkPurpose(view, options) ??
    checkTime(view, issuer, options.clock) ??
    (await checkStatus(certificate, options.source))
  );
}

/** 利用者証明用 or 署名用, by the policy of either environment; undefined for anything else. */
export function kindOf(certificate: Uint8Array): CertificateKind | undefined {
  return identityOfPolicies(readCertificate(certificate).policies)?.kind;
}

/** Whether a certificate is for a card or a smartphone, by its policy. */
export function carrierOf(certificate: Uint8Array): Carrier | undefined {
  return identityOfPolicies(readCertificate(certificate).policies)?.carrier;
}

function checkLink(view: CertificateView, issuer: CertificateView): Refusal | undefined {
  const why = linkProblem(view, issuer);
  return why === undefined ? undefined : { verdict: "wrongCa", why };
}

function strangeIssuer(
  view: CertificateView,
  anchors: readonly CertificateView[],
  { environment = "test" }: ValidationOptions,
): Refusal {
  const other = environmentsOf(view).find((one) => one !== environment);
  if (environment !== "any" && other !== undefined) {
    return { verdict: "wrongEnvironment", why: `it is a certificate of the ${other} service` };
  }
  const isNamesake = anchors.some(({ subject }) => sameName(subject, view.issuer));
  return {
    verdict: "wrongCa",
    why: isNamesake
      ? "its CA has the name of a trusted one and another key: a generation that is not trusted?"
      : "its CA is not among the trusted ones",
  };
}

/** The services a certificate claims to come from, by the name of its issuer and by its policy. */
function environmentsOf(view: CertificateView): EnvironmentName[] {
  const named = IDENTITIES.find((ca) => equal(caName(ca), view.issuer));
  const claimed = [named, identityOfPolicies(view.policies)];
  return claimed.flatMap((ca) => ca?.environment ?? []);
}

function checkPurpose(view: CertificateView, options: ValidationOptions): Refusal | undefined {
  const { environment = "test", kind } = options;
  if (environment === "any") return undefined;
  const identity = identityOfPolicies(view.policies);
  if (identity?.environment !== environment) {
    const why = `its policy ${view.policies.join(", ") || "(none)"} is not of the ${environment} service`;
    return { verdict: "wrongEnvironment", why };
  }
  if (kind !== undefined && identity.kind !== kind) return { verdict: "wrongKind", expected: kind };
  return undefined;
}

function checkTime(
  { notBefore, notAfter }: CertificateView,
  issuer: CertificateView,
  clock: Clock,
): Refusal | undefined {
  const now = clock.now();
  if (now < notBefore) return { verdict: "notYetValid", notBefore };
  if (isPast(notAfter, now)) return { verdict: "expired", notAfter };
  if (now >= issuer.notBefore && !isPast(issuer.notAfter, now)) return undefined;
  return { verdict: "wrongCa", why: "the certificate of its CA is not valid at this time" };
}

/** RFC 5280 section 4.1.2.5: the second of notAfter itself still belongs to the certificate. */
function isPast(notAfter: Date, now: Date): boolean {
  return now.getTime() >= notAfter.getTime() + 1000;
}

async function checkStatus(certificate: Uint8Array, source: StatusSource): Promise<Verdict> {
  try {
    return asVerdict(await source.check(certificate));
  } catch (error) {
    if (error instanceof SimulatorError && error.code === "PKI_STATUS_UNAVAILABLE") {
      return { verdict: "unchecked", why: error };
    }
    throw error;
  }
}

function asVerdict(known: CertificateStatus): Verdict {
  const { evidence } = known;
  switch (known.status) {
    case "good":
      return { verdict: "valid", evidence };
    case "unknown":
      return { verdict: "unknown", evidence };
    case "revoked":
      return { verdict: "revoked", reason: known.reason, revokedAt: known.revokedAt, evidence };
  }
}
