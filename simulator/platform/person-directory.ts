/**
 * Who a certificate belongs to, as JPKI tells verifiers: 証明書紐付け情報 (署名用 and 利用者証明用 of one
 * person) and 証明書新旧紐付け情報 (old and new certificate); platform-facts section 5.5. The lab fills
 * this from its residents.
 */

/** What the linkage data say about one 利用者証明用 certificate. */
export interface LinkedCertificate {
  /** Opaque key of the person, the same for every certificate they ever held. */
  readonly person: string;
  /** Linkage data arrive in batches: a certificate that is too young cannot be linked yet. */
  readonly issuedAt: Date;
  /** Serial of the certificate this one replaced, when there was one. */
  readonly previous?: string;
}

export interface PersonDirectory {
  /**
   * @param serial 発行番号 of a 利用者証明用 certificate, upper-case hexadecimal, whole bytes
   * @returns undefined when no linkage exists
   */
  personOf(serial: string): LinkedCertificate | undefined;

  /**
   * The 署名用 certificates ever issued to a person, newest first, as DER. Empty when the person never
   * had one (under 15, or not wanted).
   */
  signCertificatesOf(person: string): readonly Uint8Array[];
}
