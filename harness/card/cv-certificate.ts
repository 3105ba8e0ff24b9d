/**
 * CV certificate of the municipality's record-signing key, EF 0004 of both 券面 applications
 * (card-facts 5.5): `7F21 { 5F4E body ‖ 5F37 signature over the body }`.
 */
import type { KeyObject } from "node:crypto";
import { equal } from "../../simulator/iso7816/index.ts";
import type { Exchange } from "./exchange.ts";
import type { ReadOptions, RecordFile } from "./files.ts";
import { damaged, HEADER, readFields } from "./record.ts";
import { rsaKeyOf, signs } from "./rsa-key.ts";

const CV_CERTIFICATE: RecordFile = {
  id: 0x0004,
  label: { ja: "CV証明書", en: "CV certificate" },
  tag: 0x7f21,
  first: HEADER,
};

const BODY = 0x5f4e;
const SIGNATURE = 0x5f37;
const KEY_ID_LENGTH = 16;

export interface CvCertificate {
  /** Sixteen bytes. */
  readonly issuerKeyId: Uint8Array;
  /** Sixteen bytes; the subject is an issuing municipality. */
  readonly subjectKeyId: Uint8Array;
  readonly publicKey: KeyObject;
  readonly body: Uint8Array;
  readonly signature: Uint8Array;
}

/** A CA of a 券面 application that the verifier trusts. */
export interface CvTrustAnchor {
  /** Sixteen bytes, as certificates name their issuer. */
  readonly keyId: Uint8Array;
  readonly publicKey: KeyObject;
}

/** Free. @throws CardError CARD_DATA_INVALID */
export async function readCvCertificate(
  exchange: Exchange,
  options: ReadOptions,
): Promise<CvCertificate> {
  const fields = await readFields(exchange, CV_CERTIFICATE, options);
  const body = fields.value(BODY);
  try {
    return {
      issuerKeyId: body.slice(0, KEY_ID_LENGTH),
      subjectKeyId: body.slice(KEY_ID_LENGTH, 2 * KEY_ID_LENGTH),
      publicKey: rsaKeyOf(body.subarray(2 * KEY_ID_LENGTH)),
      body,
      signature: fields.value(SIGNATURE),
    };
  } catch {
    throw damaged(CV_CERTIFICATE);
  }
}

/** Whether the CA named as issuer is among `trusted` and signed this certificate. */
export function isIssuedBy(
  certificate: CvCertificate,
  trusted: readonly CvTrustAnchor[],
): "issued" | "unknown-issuer" | "bad-signature" {
  const issuers = trusted.filter(({ keyId }) => equal(keyId, certificate.issuerKeyId));
  if (issuers.length === 0) return "unknown-issuer";
  const { body, signature } = certificate;
  const issued = issuers.some(({ publicKey }) => signs(publicKey, body, signature));
  return issued ? "issued" : "bad-signature";
}

/** `6000033/001`: the seven and three digits of a key id (card-facts 5.5). */
export function printKeyId(keyId: Uint8Array): string {
  const digits = (from: number, to: number) =>
    new TextDecoder("ascii").decode(keyId.subarray(from, to));
  return `${digits(0, 7)}/${digits(9, 12)}`;
}
