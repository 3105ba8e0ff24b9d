/**
 * A forged certificate: copies a victim's to the byte, but for the public key, which is the forger's,
 * and the signature, which the forger made. It proves possession of its key as any other does; only
 * the CA's signature is missing (platform-facts 8.3, PK-31).
 */
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { fromHex, toHex } from "../../../simulator/iso7816/index.ts";
import { readCertificate } from "../../../simulator/pki/index.ts";

export interface Forgery {
  /** DER. */
  readonly certificate: Uint8Array;
  /** PKCS #8 PEM, for who shows the certificate to a system under test. */
  readonly privateKey: string;
  /** What the forger signs with: RSASSA-PKCS1-v1_5 with SHA-256. */
  sign(data: Uint8Array): Uint8Array;
}

/** @param victim DER of a certificate with an RSA-2048 key */
export function forgeryOf(victim: Uint8Array): Forgery {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { publicKey, toBeSigned, signature } = readCertificate(victim);
  const content = exchange(toBeSigned, publicKey, spkiOf(privateKey));
  const withContent = exchange(victim, toBeSigned, content);
  const signed = sign("sha256", content, privateKey);
  return {
    certificate: exchange(withContent, signature, signed),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    sign: (data) => new Uint8Array(sign("sha256", data, privateKey)),
  };
}

/** Puts one part of some bytes in the place of another as long. */
function exchange(bytes: Uint8Array, part: Uint8Array, other: Uint8Array): Uint8Array {
  return fromHex(toHex(bytes).replace(toHex(part), toHex(other)));
}

function spkiOf(privateKey: KeyObject): Uint8Array {
  return new Uint8Array(createPublicKey(privateKey).export({ type: "spki", format: "der" }));
}
