/**
 * The card face as the 券面事項確認AP carries it, EF 0002 (card-facts 5.4): images of name, address
 * and photo, and the municipality's signature over three hashes of them.
 */
import { concat, fromHex } from "../../simulator/iso7816/index.ts";
import type { RecordFile } from "./files.ts";
import { HEADER, type RecordFields } from "./record.ts";
import { sha256 } from "./rsa-key.ts";

export const CARD_FACE: RecordFile = {
  id: 0x0002,
  label: { ja: "券面情報", en: "card face" },
  tag: 0xff20,
  first: HEADER,
};

export interface CardFace {
  /** YYYYMMDD, Gregorian. */
  readonly birthDate: string;
  /** ISO/IEC 5218. */
  readonly sex: string;
  /** PNG. */
  readonly nameImage: Uint8Array;
  /** PNG. */
  readonly addressImage: Uint8Array;
  /** JPEG 2000. */
  readonly photo: Uint8Array;
  /** Last day of validity of the card, YYYYMMDD; not covered by the signature. */
  readonly expiry: string;
  /** PNG; not covered by the signature. */
  readonly securityCodeImage: Uint8Array;
}

export function cardFaceOf(fields: RecordFields): CardFace {
  return {
    birthDate: fields.text(0xdf22),
    sex: fields.text(0xdf23),
    nameImage: fields.value(0xdf25),
    addressImage: fields.value(0xdf26),
    photo: fields.value(0xdf27),
    expiry: fields.text(0xdf29),
    securityCodeImage: fields.value(0xdf2a),
  };
}

/** A DigestInfo whose OCTET STRING holds three SHA-256 hashes, 96 bytes. */
const THREE_HASHES = fromHex("30 71 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 60");

/** What the municipality signed, and its signature. */
export function cardFaceSignature(fields: RecordFields): {
  readonly block: Uint8Array;
  readonly signature: Uint8Array;
} {
  const hash = (...tags: readonly number[]) => sha256(fields.stored(...tags));
  const hashes = [hash(0xdf22, 0xdf23, 0xdf24), hash(0xdf25, 0xdf26), hash(0xdf27)];
  return { block: concat(THREE_HASHES, ...hashes), signature: fields.value(0xdf28) };
}
