/**
 * Signed records of the 券面 applications, put together byte by byte from card-facts 5.3 to 5.5, with
 * keys of the test's own in the place of CA, municipality and card.
 */
import {
  constants,
  createHash,
  generateKeyPairSync,
  type KeyObject,
  privateEncrypt,
  sign,
} from "node:crypto";

export interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

export function rsaPair(): Pair {
  return generateKeyPairSync("rsa", { modulusLength: 2048, publicExponent: 0x10001 });
}

/** Sixteen bytes: seven digits, 08 05, three digits, 00 00 00 and one more. */
export function keyId(seven: string, three: string): Buffer {
  const end = Buffer.from([0, 0, 0, 0]);
  return Buffer.concat([Buffer.from(seven), Buffer.from([8, 5]), Buffer.from(three), end]);
}

/** `90 03 01 00 01 ‖ 91 82 01 00 n`, 265 bytes. */
function publicKeyObjects({ publicKey }: Pair): Buffer {
  const modulus = Buffer.from(String(publicKey.export({ format: "jwk" }).n), "base64url");
  return Buffer.concat([Buffer.from("9003010001 91820100".replace(" ", ""), "hex"), modulus]);
}

export function signatureOver(data: Uint8Array, { privateKey }: Pair): Buffer {
  return sign("RSA-SHA256", data, privateKey);
}

/** Tag and length in hexadecimal, as the card writes them, and the value. */
export function object(header: string, ...values: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from(header.replaceAll(" ", ""), "hex"), ...values]);
}

/** EF 0004, 568 bytes. */
export function cvCertificate(issuer: Pair, issuerId: Buffer, subject: Pair): Buffer {
  const body = Buffer.concat([issuerId, keyId("1310100", "001"), publicKeyObjects(subject)]);
  return object(
    "7F 21 82 02 33",
    object("5F 4E 82 01 29", body),
    object("5F 37 82 01 00", signatureOver(body, issuer)),
  );
}

/** EF 0007 of the text application, 536 bytes. */
export function signedKeyRecord(card: Pair, municipality: Pair): Buffer {
  const key = object("DF 51 82 01 09", publicKeyObjects(card));
  return object("FF 50 82 02 13", key, object("DF 52 82 01 00", signatureOver(key, municipality)));
}

/** EF 0001 of the visual application, 547 bytes. */
export function ageRecord(birthDate: string, card: Pair, municipality: Pair): Buffer {
  const signed = Buffer.concat([
    object("DF 11 08", Buffer.from(birthDate)),
    object("DF 12 82 01 09", publicKeyObjects(card)),
  ]);
  return object(
    "FF 10 82 02 1E",
    signed,
    object("DF 13 82 01 00", signatureOver(signed, municipality)),
  );
}

export interface FaceImages {
  readonly name: Uint8Array;
  readonly address: Uint8Array;
  readonly photo: Uint8Array;
  readonly securityCode: Uint8Array;
}

/** EF 0002 of the visual application; images of up to 127 bytes. */
export function cardFaceRecord(images: FaceImages, card: Pair, municipality: Pair): Buffer {
  const image = (tag: string, bytes: Uint8Array) =>
    object(`${tag} ${bytes.length.toString(16).padStart(2, "0")}`, bytes);
  const person = Buffer.concat([
    object("DF 22 08", Buffer.from("19900102")),
    object("DF 23 01", Buffer.from("1")),
    object("DF 24 82 01 09", publicKeyObjects(card)),
  ]);
  const texts = Buffer.concat([image("DF 25", images.name), image("DF 26", images.address)]);
  const photo = image("DF 27", images.photo);
  const hashes = [person, texts, photo].map((part) => createHash("sha256").update(part).digest());
  const block = object("30 71 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 60", ...hashes);
  const padding = constants.RSA_PKCS1_PADDING;
  const value = Buffer.concat([
    object("DF 21 12", Buffer.alloc(18)),
    person,
    texts,
    photo,
    object("DF 28 82 01 00", privateEncrypt({ key: municipality.privateKey, padding }, block)),
    object("DF 29 08", Buffer.from("20320102")),
    image("DF 2A", images.securityCode),
  ]);
  return object(`FF 20 82 ${value.length.toString(16).padStart(4, "0")}`, value);
}
