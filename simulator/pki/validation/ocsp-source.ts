/**
 * Certificate status by asking an OCSP responder (OCSPレスポンダ方式): one question over HTTP, one
 * answer that is checked to the last byte.
 */
import type { Clock } from "../../clock.ts";
import type { Random } from "../../random.ts";
import { type CertificateView, readCertificate } from "../certificate/certificate.ts";
import { OCSP_RESPONSE_TYPE } from "../ocsp/caching.ts";
import { OCSP_REQUEST_TYPE } from "../ocsp/http.ts";
import { buildOcspRequest, type CertIdHash, certIdOf } from "../ocsp/request.ts";
import { verifyOcspResponse } from "../ocsp/verify.ts";
import { bearer } from "../service/verifiers.ts";
import type { CertificateStatus, StatusSource } from "../status.ts";
import { fetchBytes } from "./http-get.ts";
import { findAnchor, readAnchors } from "./trust.ts";
import { StatusUnavailable } from "./unavailable.ts";

const NONCE_LENGTH = 32;
const DEFAULT_TIMEOUT = 5000;

export interface OcspSourceOptions {
  readonly url: string;
  /** Trusted CA certificates, DER. */
  readonly anchors: readonly Uint8Array[];
  readonly clock: Clock;
  /** For the nonces. */
  readonly random: Random;
  /** Default `sha1`, which every responder knows. */
  readonly hash?: CertIdHash;
  /** Whether to send a nonce; default true. */
  readonly nonce?: boolean;
  readonly missingNonce?: "refuse" | "accept";
  /** Milliseconds a responder's clock may be off; default five minutes. */
  readonly skew?: number;
  /** Milliseconds; default 5000. */
  readonly timeout?: number;
  /** Token of a registered verifier, for a service that asks for one. */
  readonly token?: string;
}

/**
 * A source that asks anew for every certificate. A certificate without a trusted issuer is refused
 * before anything is sent.
 */
export function ocspSource(options: OcspSourceOptions): StatusSource {
  const anchors = readAnchors(options.anchors);
  return {
    async check(certificate: Uint8Array): Promise<CertificateStatus> {
      const { serial, ...names } = readCertificate(certificate);
      const issuer = findAnchor(anchors, names);
      if (issuer === undefined) {
        throw new StatusUnavailable("issuer", `no trusted CA issued certificate ${serial}`);
      }
      return ask(serial, issuer, options);
    },
  };
}

async function ask(serial: bigint, issuer: CertificateView, options: OcspSourceOptions) {
  const { url, clock, random, hash = "sha1", missingNonce, skew, timeout } = options;
  const id = certIdOf(serial, issuer, hash);
  const nonce = (options.nonce ?? true) ? { nonce: random.bytes(NONCE_LENGTH) } : {};
  const answer = await fetchBytes({
    url,
    expect: OCSP_RESPONSE_TYPE,
    timeout: timeout ?? DEFAULT_TIMEOUT,
    ...(options.token !== undefined && { authorization: bearer(options.token) }),
    post: { type: OCSP_REQUEST_TYPE, body: buildOcspRequest([id], nonce.nonce) },
  });
  return verifyOcspResponse(answer, {
    id,
    issuer,
    clock,
    ...nonce,
    ...(missingNonce && { missingNonce }),
    ...(skew !== undefined && { skew }),
  });
}
