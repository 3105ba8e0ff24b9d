/**
 * 内部認証 of the card by a 券面 application (card-facts 6.1): the card signs a challenge with a key
 * that cannot leave it, the public half stands in a record signed by the municipality, and the
 * municipality's key in a CV certificate signed by the application's CA. A copied certificate on
 * another card fails here although it is valid (platform-facts CR-31).
 */
import type { KeyObject } from "node:crypto";
import type { Bilingual } from "../../reports/journal/events.ts";
import { CardError, dataError, requireInput } from "./card-error.ts";
import { computeSignature, KEY } from "./compute-signature.ts";
import {
  type CvCertificate,
  type CvTrustAnchor,
  isIssuedBy,
  printKeyId,
  readCvCertificate,
} from "./cv-certificate.ts";
import { digestInfoOf } from "./digest-info.ts";
import type { Exchange } from "./exchange.ts";
import type { ReadOptions } from "./files.ts";
import { rsaKeyOf, sha256, signs, signsBlock } from "./rsa-key.ts";

export interface Challenge {
  /** Fresh random bytes, sixteen or more; the card signs their SHA-256. */
  readonly nonce: Uint8Array;
  readonly trusted: readonly CvTrustAnchor[];
}

/** What the proof rests on. */
export interface CardProof {
  /** `6000033/001` */
  readonly issuer: string;
  readonly municipality: string;
  readonly signature: Uint8Array;
}

/** A record that names the card's public key, and the municipality's signature over it. */
export interface SignedKeyRecord {
  /** `90 … 91 …` */
  readonly publicKey: Uint8Array;
  /** The signed objects as stored, one after another. */
  readonly signedData: Uint8Array;
  readonly signature: Uint8Array;
}

const NONCE_MIN = 16;
const NONCE_MAX = 65535;

const NONCE_BYTES: Bilingual = { ja: "乱数のバイト数", en: "bytes of nonce" };

const PURPOSE: Bilingual = { ja: "カードの内部認証", en: "internal authentication of the card" };

/**
 * @param readKeyRecord reads the record that the selected application keeps for this
 * @throws CardError CARD_NOT_GENUINE, telling which link does not hold
 */
export async function authenticate(
  exchange: Exchange,
  readKeyRecord: (exchange: Exchange) => Promise<SignedKeyRecord>,
  { nonce, trusted }: Challenge,
  reading: ReadOptions,
): Promise<CardProof> {
  requireInput(PURPOSE, NONCE_BYTES, nonce.length, NONCE_MIN, NONCE_MAX);
  const certificate = await readCvCertificate(exchange, reading);
  requireIssued(certificate, trusted);
  const record = await readKeyRecord(exchange);
  if (!signs(certificate.publicKey, record.signedData, record.signature)) {
    throw notGenuine("記録の署名が不正", "the municipality did not sign the record");
  }
  const signature = await signNonce(exchange, nonce);
  if (!signs(cardKey(record), nonce, signature)) {
    throw notGenuine("カードの署名が不正", "the card does not hold the key of its record");
  }
  return {
    issuer: printKeyId(certificate.issuerKeyId),
    municipality: printKeyId(certificate.subjectKeyId),
    signature,
  };
}

function signNonce(exchange: Exchange, nonce: Uint8Array): Promise<Uint8Array> {
  const digestInfo = digestInfoOf({ sha256: sha256(nonce) }, PURPOSE);
  return computeSignature(exchange, KEY.ofApplication, digestInfo, PURPOSE);
}

/**
 * The signature of the card face, which covers a block of three hashes instead of data.
 *
 * @throws CardError CARD_NOT_GENUINE, telling which link does not hold
 */
export function requireSignedFace(
  certificate: CvCertificate,
  trusted: readonly CvTrustAnchor[],
  { block, signature }: { readonly block: Uint8Array; readonly signature: Uint8Array },
): void {
  requireIssued(certificate, trusted);
  if (signsBlock(certificate.publicKey, block, signature)) return;
  throw notGenuine("券面情報の署名が不正", "the municipality did not sign the card face");
}

function requireIssued(certificate: CvCertificate, trusted: readonly CvTrustAnchor[]): void {
  const issued = isIssuedBy(certificate, trusted);
  if (issued === "issued") return;
  const issuer = printKeyId(certificate.issuerKeyId);
  throw issued === "unknown-issuer"
    ? notGenuine(`CV証明書の発行者 ${issuer} を信頼していない`, `its CA ${issuer} is not trusted`)
    : notGenuine("CV証明書の署名が不正", "its CV certificate is not signed by the CA it names");
}

function cardKey({ publicKey }: SignedKeyRecord): KeyObject {
  try {
    return rsaKeyOf(publicKey);
  } catch {
    throw dataError(PURPOSE, { ja: "公開鍵の構造が不正", en: "the public key cannot be read" });
  }
}

function notGenuine(ja: string, en: string): CardError {
  return new CardError("CARD_NOT_GENUINE", { purpose: PURPOSE, finding: { ja, en } });
}
