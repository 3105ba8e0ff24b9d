/**
 * RSA keys as certificates see them: a PKCS #8 private key and what follows from it (RFC 5280
 * section 4.2.1.2, card-facts section 7.3: the key identifier is SHA-1 of the PKCS #1 public key).
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSign,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { promisify } from "node:util";
import { BitString, Sequence } from "asn1js";
import { SimulatorError } from "../errors.ts";
import { decode } from "./asn1.ts";

const signInThreadPool = promisify<string, Uint8Array, KeyObject, Buffer>(sign);

export interface SigningKey {
  /** PKCS #8 DER, as it was given. */
  readonly privateKey: Uint8Array;
  /** SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array;
  /** SHA-1 of the PKCS #1 RSAPublicKey: 20 bytes. */
  readonly keyIdentifier: Uint8Array;
  /** sha256WithRSAEncryption over `message`. */
  sign(message: Uint8Array): Promise<Uint8Array>;
  /** The same over a message that comes in pieces. */
  signInPieces(): PiecewiseSignature;
  /** Bytes of a signature. */
  readonly signatureLength: number;
}

export interface PiecewiseSignature {
  update(piece: Uint8Array): void;
  finish(): Uint8Array;
}

/** @throws SimulatorError PKI_INVALID when the bytes are not the PKCS #8 DER of an RSA key */
export function signingKey(privateKey: Uint8Array): SigningKey {
  const key = readPrivateKey(privateKey);
  const publicKey = createPublicKey(key);
  return {
    privateKey,
    publicKey: new Uint8Array(publicKey.export({ type: "spki", format: "der" })),
    keyIdentifier: sha1(new Uint8Array(publicKey.export({ type: "pkcs1", format: "der" }))),
    sign: async (message) => new Uint8Array(await signInThreadPool("sha256", message, key)),
    signatureLength: (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8,
    signInPieces: () => {
      const signature = createSign("sha256");
      return {
        update: (piece) => signature.update(piece),
        finish: () => new Uint8Array(signature.sign(key)),
      };
    },
  };
}

/** Whether `signature` is sha256WithRSAEncryption over `message`; false for a key it cannot use. */
export function verifySignature(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey), format: "der", type: "spki" });
    return key.asymmetricKeyType === "rsa" && verify("sha256", message, key, signature);
  } catch {
    return false;
  }
}

/** The bytes of the key itself, which OCSP hashes to name its issuer (RFC 6960 section 4.1.1). */
export function keyBits(publicKey: Uint8Array): Uint8Array {
  const block = decode(publicKey, "public key");
  const bits = block instanceof Sequence ? block.valueBlock.value[1] : undefined;
  if (bits instanceof BitString) return bits.valueBlock.valueHexView;
  throw new SimulatorError("PKI_INVALID", "this is no public key");
}

export function sha1(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha1").update(bytes).digest());
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

function readPrivateKey(privateKey: Uint8Array): KeyObject {
  let key: KeyObject;
  try {
    key = createPrivateKey({ key: Buffer.from(privateKey), format: "der", type: "pkcs8" });
  } catch (cause) {
    throw new SimulatorError("PKI_INVALID", "this is no PKCS #8 private key", { cause });
  }
  if (key.asymmetricKeyType !== "rsa") {
    throw new SimulatorError("PKI_INVALID", `an RSA key was needed, not ${key.asymmetricKeyType}`);
  }
  return key;
}
