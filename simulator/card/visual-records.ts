/** The files of the 券面事項確認AP, byte for byte (card-facts 5.4). */
import { constants, privateEncrypt } from "node:crypto";
import { concat, encodeTlv, fromHex } from "../iso7816/index.ts";
import { keyIdentifier } from "./key-identifier.ts";
import { drawDigits, drawText } from "./lettering.ts";
import { silhouette } from "./photo.ts";
import { encodePng } from "./png.ts";
import { encodePublicHalf } from "./public-key.ts";
import { signParts } from "./record-signature.ts";
import { privateKeyOf, sha256 } from "./rsa.ts";
import type { CardSpec } from "./spec.ts";
import { textBytes, withPlaces } from "./tlv-records.ts";

/** What the signed records of this application need: the card's key and the municipality's. */
export interface VisualKeys {
  /** PKCS #8 DER of the card's own key, whose public half the records carry. */
  readonly card: Uint8Array;
  /** PKCS #8 DER of the key that signs. */
  readonly municipality: Uint8Array;
}

/** What is signed of EF 0001: birth date and public key. */
export function ageParts({ holder }: CardSpec, cardKey: Uint8Array): Uint8Array[] {
  return [
    encodeTlv(0xdf11, textBytes(holder.birthDate)),
    encodeTlv(0xdf12, encodePublicHalf(cardKey)),
  ];
}

/** EF 0001, 生年月日: birth date and public key, signed; 547 bytes. */
export function ageRecord(spec: CardSpec, keys: VisualKeys): Uint8Array {
  const parts = ageParts(spec, keys.card);
  return encodeTlv(0xff10, ...parts, encodeTlv(0xdf13, signParts(keys.municipality, ...parts)));
}

/** Every card shows the same. */
const PHOTO = encodeTlv(0xdf27, silhouette());
const PHOTO_HASH = sha256(PHOTO);

/** EF 0002, the face of the card. Expiry and security code are not covered by the signature. */
export function faceRecord(spec: CardSpec, keys: VisualKeys): Uint8Array {
  const { holder } = spec;
  const attributes = [
    encodeTlv(0xdf22, textBytes(holder.birthDate)),
    encodeTlv(0xdf23, textBytes(holder.sex)),
    encodeTlv(0xdf24, encodePublicHalf(keys.card)),
  ];
  const pictures = [
    encodeTlv(0xdf25, encodePng(drawText(holder.name))),
    encodeTlv(0xdf26, encodePng(drawText(holder.address))),
  ];
  const signature = signThreeHashes(keys.municipality, [
    sha256(...attributes),
    sha256(...pictures),
    PHOTO_HASH,
  ]);
  return withPlaces(0xff20, 0xdf21, [
    ...attributes,
    ...pictures,
    PHOTO,
    encodeTlv(0xdf28, signature),
    encodeTlv(0xdf29, textBytes(spec.expiry)),
    encodeTlv(0xdf2a, encodePng(drawDigits(spec.securityCode))),
  ]);
}

/** DigestInfo typed SHA-256 whose octet string has room for three hashes. */
const THREE_HASHES = fromHex("3071300D060960864801650304020105000460");

function signThreeHashes(pkcs8: Uint8Array, hashes: readonly Uint8Array[]): Uint8Array {
  const key = { key: privateKeyOf(pkcs8), padding: constants.RSA_PKCS1_PADDING };
  return new Uint8Array(privateEncrypt(key, concat(THREE_HASHES, ...hashes)));
}

/** EF 0003: id bytes, key id, version, municipality, key reference and 256 bytes nobody explains. */
export function visualInformation({ municipalityCode, tokenSerial }: CardSpec): Uint8Array {
  const opaque = Array.from({ length: 8 }, (_, i) => sha256(textBytes(`${tokenSerial}${i}`)));
  return encodeTlv(
    0xff30,
    encodeTlv(0xdf31, fromHex("06030E01")),
    encodeTlv(0xdf32, keyIdentifier("6000024", "001")),
    encodeTlv(0xdf33, Uint8Array.of(0x01)),
    encodeTlv(0xdf34, textBytes(municipalityCode)),
    encodeTlv(0xdf35, keyIdentifier("5900025", "001"), ...opaque),
  );
}

/** What is signed of EF 0005: the 個人番号 as a picture, and the public key. */
export function myNumberParts({ holder }: CardSpec, cardKey: Uint8Array): Uint8Array[] {
  return [
    encodeTlv(0xdf41, encodePng(drawDigits(holder.myNumber))),
    encodeTlv(0xdf42, encodePublicHalf(cardKey)),
  ];
}

/** EF 0005: the picture and the public key, signed. */
export function myNumberPicture(spec: CardSpec, keys: VisualKeys): Uint8Array {
  const parts = myNumberParts(spec, keys.card);
  return encodeTlv(0xff40, ...parts, encodeTlv(0xdf43, signParts(keys.municipality, ...parts)));
}
