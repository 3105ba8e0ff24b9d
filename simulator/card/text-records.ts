/** The files of the 券面事項入力補助AP, byte for byte (card-facts 5.1 to 5.3). */
import { concat, encodeTlv } from "../iso7816/index.ts";
import { keyIdentifier } from "./key-identifier.ts";
import { encodePublicHalf } from "./public-key.ts";
import { signParts } from "./record-signature.ts";
import { sha256 } from "./rsa.ts";
import type { CardSpec } from "./spec.ts";
import { filler, textBytes, withPlaces } from "./tlv-records.ts";

/** UNVERIFIED: the size of EF 0002; only that filler follows the object is known. */
const ATTRIBUTES_BLOCK = 256;

/** EF 0001: `FF 10 0C` and twelve digits, with two bytes of filler. */
export function myNumberFile({ holder }: CardSpec): Uint8Array {
  return concat(encodeTlv(0xff10, textBytes(holder.myNumber)), filler(2));
}

/** EF 0002, 基本4情報: name, address, birth date and sex behind a table of their places. */
export function attributesFile(spec: CardSpec): Uint8Array {
  const record = withPlaces(0xff20, 0xdf21, attributes(spec));
  return concat(record, filler(ATTRIBUTES_BLOCK - (record.length % ATTRIBUTES_BLOCK)));
}

/** The four objects as stored, which is also what the integrity record covers. */
function attributes({ holder, quirks }: CardSpec): Uint8Array[] {
  const sex = holder.sex === "9" && quirks?.otherSexIsThree ? "3" : holder.sex;
  return [
    encodeTlv(0xdf22, textBytes(holder.name)),
    encodeTlv(0xdf23, textBytes(holder.address)),
    encodeTlv(0xdf24, textBytes(holder.birthDate)),
    encodeTlv(0xdf25, textBytes(sex)),
  ];
}

/** What is signed of EF 0003: digests of EF 0001 and of the four attributes. */
export function integrityDigests(spec: CardSpec): Uint8Array[] {
  return [
    encodeTlv(0xdf31, sha256(myNumberFile(spec))),
    encodeTlv(0xdf32, sha256(...attributes(spec))),
  ];
}

/** EF 0003: the digests, signed by the municipality; 336 bytes. */
export function integrityRecord(spec: CardSpec, municipalityKey: Uint8Array): Uint8Array {
  const digests = integrityDigests(spec);
  return encodeTlv(0xff30, ...digests, encodeTlv(0xdf33, signParts(municipalityKey, ...digests)));
}

/** EF 0005: version, extended-APDU flag, vendor, option; key id; 128 bytes nobody explains. */
export function basicInformation({ tokenSerial }: CardSpec): Uint8Array {
  return encodeTlv(
    0xff40,
    encodeTlv(0xdf41, Uint8Array.of(0x01, 0x03, 0x0e, 0x01)),
    encodeTlv(0xdf42, keyIdentifier("6000034", "001")),
    encodeTlv(0xdf43, sha256(textBytes(tokenSerial)), filler(96)),
  );
}

/** EF 0006: the public key that a session key is encrypted to; 269 bytes. */
export function sessionPublicKey(sessionKey: Uint8Array): Uint8Array {
  return encodeTlv(0xa1, encodePublicHalf(sessionKey));
}

/** What is signed of EF 0007: the public half of the application's signing key. */
export function applicationKey(key: Uint8Array): Uint8Array {
  return encodeTlv(0xdf51, encodePublicHalf(key));
}

/** EF 0007: the application's key, signed by the municipality; 536 bytes. */
export function signedApplicationKey(key: Uint8Array, municipalityKey: Uint8Array): Uint8Array {
  const publicKey = applicationKey(key);
  return encodeTlv(0xff50, publicKey, encodeTlv(0xdf52, signParts(municipalityKey, publicKey)));
}
