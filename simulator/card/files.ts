/**
 * The kinds of file an application can hold, as plain data (card-facts section 2): WEF, working files
 * of bytes or records, and IEF, internal files that are used but never read.
 */

/**
 * Who may use a file: everybody, nobody, or whoever has presented one of these PINs or proved one of
 * these keys (EF identifiers of the same application).
 */
export type Access = "free" | "never" | readonly number[];

/** A file of bytes (WEF, transparent). */
export interface TransparentFile {
  readonly kind: "transparent";
  readonly id: number;
  readonly read: Access;
  /** Who may write into it; nobody, where it is not said. */
  readonly update?: Access;
  readonly content: Uint8Array;
}

/** A file of records, numbered from 1 (WEF, linear). */
export interface RecordFile {
  readonly kind: "record";
  readonly id: number;
  readonly read: Access;
  readonly records: readonly Uint8Array[];
}

/** What a PIN may consist of. */
export interface PinRule {
  readonly characters: "digits" | "letters-digits";
  readonly min: number;
  readonly max: number;
}

/** A PIN or 照合番号 with its counter (IEF). */
export interface PinFile {
  readonly kind: "pin";
  readonly id: number;
  readonly rule: PinRule;
  /** Whether the holder may replace it after presenting it. */
  readonly changeable: boolean;
  /** ASCII. */
  readonly value: Uint8Array;
  /** Full count, which a right PIN restores. */
  readonly tries: number;
  readonly triesLeft: number;
}

export type KeyPurpose = "signature" | "internal-authentication" | "session";

/** An RSA-2048 private key (IEF); nothing ever reads it. */
export interface KeyFile {
  readonly kind: "key";
  readonly id: number;
  readonly purpose: KeyPurpose;
  readonly use: Access;
  /** PKCS #8 DER. */
  readonly privateKey: Uint8Array;
}

/**
 * A public key against which somebody outside proves himself (IEF): `terminal-ca` certifies the keys
 * of terminals, `issuer` writes into a free-area application.
 */
export interface PublicKeyFile {
  readonly kind: "public-key";
  readonly id: number;
  readonly purpose: "terminal-ca" | "issuer";
  /** Sixteen bytes, see `keyIdentifier`. */
  readonly keyId: Uint8Array;
  /** SubjectPublicKeyInfo DER, RSA-2048. */
  readonly publicKey: Uint8Array;
}

/** A file that is known to be there and about which nothing else is known (IEF). */
interface UnknownFile {
  readonly kind: "unknown";
  readonly id: number;
}

export type FileImage =
  | TransparentFile
  | RecordFile
  | PinFile
  | KeyFile
  | PublicKeyFile
  | UnknownFile;

export function transparentFile(id: number, read: Access, content: Uint8Array): TransparentFile {
  return { kind: "transparent", id, read, content };
}

export function recordFile(id: number, ...records: readonly Uint8Array[]): RecordFile {
  return { kind: "record", id, read: "free", records };
}

export function privateKeyFile(
  id: number,
  purpose: KeyPurpose,
  use: Access,
  privateKey: Uint8Array,
): KeyFile {
  return { kind: "key", id, purpose, use, privateKey };
}
