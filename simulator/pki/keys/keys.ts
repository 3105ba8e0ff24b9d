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
import { SimulatorError } from "../../errors.ts";
import { decode, nothing, oid, sequence } from "../der/asn1.ts";
import { derError, derObject, type Span } from "../der/der.ts";
import { OID } from "../der/oids.ts";
import { TAG } from "../der/tags.ts";
import { children, expectSpan, readOid } from "../der/values.ts";

const signInThreadPool = promisify<string, Uint8Array, KeyObject, Uint8Array>(sign);

/** The half of a key that goes into a certificate. */
export interface PublicKey {
  /** SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array;
  /** SHA-1 of the PKCS #1 RSAPublicKey: 20 bytes. */
  readonly keyIdentifier: Uint8Array;
}

export interface SigningKey extends PublicKey {
  /** PKCS #8 DER, as it was given. */
  readonly privateKey: Uint8Array;
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
  return {
    ...publicHalf(privateKey),
    privateKey,
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

/**
 * What of a PKCS #8 RSA key is public, cut out of its DER (RFC 5208 section 5, RFC 8017 appendix A):
 * node:crypto needs a thousand times as long, because it gets ready to sign. The key is not proved
 * to be a good one.
 *
 * @throws SimulatorError PKI_INVALID when the bytes are not the PKCS #8 DER of an RSA key
 */
export function publicHalf(privateKey: Uint8Array): PublicKey {
  const [, algorithm, wrapped] = children(privateKey, whole(privateKey, 0, privateKey.length));
  if (algorithm === undefined || wrapped === undefined) throw derError("no private key", 0);
  const [type] = children(privateKey, algorithm);
  if (type === undefined || !isRsa(privateKey.subarray(algorithm.start, type.end))) {
    throw derError("a key that is not for RSA", algorithm.start);
  }
  const numbers = whole(privateKey, wrapped.start, wrapped.end);
  const [version, modulus, exponent] = children(privateKey, numbers);
  if (version === undefined || modulus?.tag !== TAG.integer || exponent?.tag !== TAG.integer) {
    throw derError("no RSA key", numbers.start);
  }
  const bare = derObject(TAG.sequence, privateKey.subarray(version.end, exponent.end));
  const bits = derObject(TAG.bitString, Uint8Array.of(0), bare);
  return {
    publicKey: derObject(TAG.sequence, RSA_ENCRYPTION, bits),
    keyIdentifier: sha1(bare),
  };
}

const RSA_ENCRYPTION = sequence(oid(OID.rsaEncryption), nothing());

function isRsa(type: Uint8Array): boolean {
  return readOid(type) === OID.rsaEncryption;
}

/** A SEQUENCE that fills the bytes between `start` and `end`. */
function whole(bytes: Uint8Array, start: number, end: number): Span {
  const span = expectSpan(bytes, start, end, TAG.sequence);
  if (span.end !== end) throw derError("bytes after the key", span.end);
  return span;
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
