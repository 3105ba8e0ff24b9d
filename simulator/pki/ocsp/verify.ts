/**
 * What an OCSP answer has to fulfil before it counts (RFC 6960 sections 3.2 and 4.2.2.2). The first
 * thing that is not as it should be refuses the whole answer; nothing is ever taken for good.
 */
import type { Clock } from "../../clock.ts";
import { equal } from "../../iso7816/index.ts";
import { type CertificateView, isSignedBy, readCertificate } from "../certificate/certificate.ts";
import { OID } from "../der/oids.ts";
import { keyBits, sha1 } from "../keys/keys.ts";
import type { CertificateStatus } from "../status.ts";
import { StatusUnavailable } from "../validation/unavailable.ts";
import { type OcspView, readOcspResponse, type SingleView } from "./read.ts";
import type { CertId } from "./request.ts";
import type { OcspError } from "./response.ts";

/** How far a responder's clock may be off. */
export const DEFAULT_SKEW = 5 * 60 * 1000;
/** How old an answer may be that does not say when the next comes. */
const MAX_AGE = 24 * 60 * 60 * 1000;

export interface OcspExpectation {
  readonly id: CertId;
  /** The CA that issued the certificate. */
  readonly issuer: CertificateView;
  /** What was sent; absent when none was. */
  readonly nonce?: Uint8Array;
  /** What to do about an answer without the nonce that was sent: refuse it, unless said otherwise. */
  readonly missingNonce?: "refuse" | "accept";
  readonly clock: Clock;
  /** Milliseconds. */
  readonly skew?: number;
}

/**
 * Reads and checks the answer to one question.
 *
 * @throws StatusUnavailable whose `problem` says what is wrong
 */
export function verifyOcspResponse(
  der: Uint8Array,
  expectation: OcspExpectation,
): CertificateStatus {
  const view = read(der);
  if (typeof view === "string") {
    throw new StatusUnavailable(view, `the OCSP responder refused: ${view}`);
  }
  requireSigner(view, expectation);
  requireNonce(view, expectation);
  const singles = view.singles.filter((single) => sameCertificate(single.id, expectation.id));
  const decisive = worst(singles);
  if (decisive === undefined) {
    const message = `the OCSP answer is not about ${expectation.id.serial}`;
    throw new StatusUnavailable("otherCertificate", message);
  }
  requireTimes(view, decisive, expectation);
  return toStatus(view, decisive);
}

function read(der: Uint8Array): OcspView | OcspError {
  try {
    return readOcspResponse(der);
  } catch (cause) {
    throw new StatusUnavailable("malformedAnswer", "the answer is no OCSP response", { cause });
  }
}

/** Either the CA itself answered, or a delegate of it, directly certified for the purpose. */
function requireSigner(view: OcspView, { issuer, clock, skew = DEFAULT_SKEW }: OcspExpectation) {
  const signer = [issuer, ...view.certificates.map(readDelegate)].find((one) => isNamed(one, view));
  if (signer === undefined) throw refuse("responder", "came without the certificate of its signer");
  if (signer !== issuer) requireDelegated(signer, issuer, clock.now().getTime(), skew);
  if (!isSignedBy(view, signer.publicKey)) throw refuse("signature", "has a wrong signature");
}

function requireDelegated(signer: CertificateView, ca: CertificateView, now: number, skew: number) {
  if (!equal(signer.issuer, ca.subject) || !isSignedBy(signer, ca.publicKey)) {
    throw refuse("responder", "is signed by somebody this CA did not certify");
  }
  if (!signer.extendedKeyUsages.includes(OID.ocspSigning)) {
    throw refuse("responder", "is signed by a certificate that is not for OCSP signing");
  }
  if (!signer.ocspNoCheck) {
    throw refuse("responder", "is signed by a certificate that would have to be checked itself");
  }
  if (now < signer.notBefore.getTime() - skew || now > signer.notAfter.getTime() + skew) {
    throw refuse("responder", "is signed by a certificate that is not valid at this time");
  }
}

function readDelegate(der: Uint8Array): CertificateView {
  try {
    return readCertificate(der);
  } catch (cause) {
    throw new StatusUnavailable("malformedAnswer", "a certificate came along damaged", { cause });
  }
}

function isNamed(certificate: CertificateView, { responder }: OcspView): boolean {
  return "name" in responder
    ? equal(certificate.subject, responder.name)
    : equal(sha1(keyBits(certificate.publicKey)), responder.keyHash);
}

function requireNonce(view: OcspView, { nonce, missingNonce = "refuse" }: OcspExpectation) {
  if (nonce === undefined) return;
  if (view.nonce === undefined) {
    if (missingNonce === "refuse") throw refuse("nonce", "lacks the nonce that was sent");
    return;
  }
  if (!equal(view.nonce, nonce)) throw refuse("nonce", "has the nonce of another question");
}

function requireTimes(view: OcspView, single: SingleView, expectation: OcspExpectation) {
  const { clock, skew = DEFAULT_SKEW } = expectation;
  const now = clock.now().getTime();
  const thisUpdate = single.thisUpdate.getTime();
  const nextUpdate = single.nextUpdate?.getTime() ?? thisUpdate + MAX_AGE;
  const hint = `(thisUpdate ${single.thisUpdate.toISOString()}, here it is ${clock.now().toISOString()})`;
  if (thisUpdate > now + skew || view.producedAt.getTime() > now + skew) {
    throw refuse("time", `is from the future; is a clock wrong? ${hint}`);
  }
  if (nextUpdate < thisUpdate) throw refuse("time", "ends before it begins");
  if (nextUpdate < now - skew) throw refuse("time", `is out of date; is a clock wrong? ${hint}`);
  if (view.producedAt < single.thisUpdate) throw refuse("time", "was produced before its data");
}

/** By value: a responder may write the hash algorithm with or without its empty parameters. */
function sameCertificate(a: CertId, b: CertId): boolean {
  return (
    a.serial === b.serial &&
    a.algorithm === b.algorithm &&
    equal(a.issuerNameHash, b.issuerNameHash) &&
    equal(a.issuerKeyHash, b.issuerKeyHash)
  );
}

/** Several answers about one certificate: revoked wins, then unknown. */
function worst(singles: readonly SingleView[]): SingleView | undefined {
  return (
    singles.find(({ status }) => typeof status === "object") ??
    singles.find(({ status }) => status === "unknown") ??
    singles[0]
  );
}

function toStatus(view: OcspView, { status, thisUpdate }: SingleView): CertificateStatus {
  const evidence = { method: "ocsp", producedAt: view.producedAt, thisUpdate } as const;
  if (typeof status === "string") return { status, evidence };
  return { status: "revoked", ...status, evidence };
}

function refuse(problem: "responder" | "signature" | "nonce" | "time", what: string) {
  return new StatusUnavailable(problem, `the OCSP answer ${what}`);
}
