/**
 * What can be known about a certificate, and from what. The words every room uses for it.
 *
 * "Could not check" is not a status: a source that has no usable answer throws a `SimulatorError`
 * with code PKI_STATUS_UNAVAILABLE, so that nobody can mistake it for "good".
 */

/** 利用者証明用 or 署名用. */
export type CertificateKind = "auth" | "sign";

/**
 * CRLReason of RFC 5280 section 5.3.1 as JPKI uses it (platform-facts 5.3). A hold is never released,
 * so `removeFromCRL` does not exist here.
 */
export type RevocationReason =
  | "unspecified"
  | "keyCompromise"
  | "cACompromise"
  | "affiliationChanged"
  | "superseded"
  | "cessationOfOperation"
  | "certificateHold";

/** What an answer rests on; every verdict shown to anyone names it. */
export type StatusEvidence =
  | { readonly method: "ocsp"; readonly producedAt: Date; readonly thisUpdate: Date }
  | { readonly method: "crl"; readonly thisUpdate: Date; readonly crlNumber: bigint };

export type CertificateStatus =
  | { readonly status: "good"; readonly evidence: StatusEvidence }
  | {
      readonly status: "revoked";
      readonly reason: RevocationReason;
      readonly revokedAt: Date;
      readonly evidence: StatusEvidence;
    }
  /** The responder does not know the serial. Never to be treated as good. */
  | { readonly status: "unknown"; readonly evidence: StatusEvidence };

/** Somewhere to ask: an OCSP responder, or a revocation list fetched before. */
export interface StatusSource {
  /**
   * @param certificate DER of the certificate in question
   * @throws SimulatorError PKI_STATUS_UNAVAILABLE when there is no usable answer, for whatever reason
   */
  check(certificate: Uint8Array): Promise<CertificateStatus>;
}
