/**
 * 署名API: transactions from the hash handed in to the signature handed out (platform-facts 4.5). The
 * service signs what it is given and checks the certificate; whether the signature fits the document is
 * the relying party's own check.
 */
import { generateKeyPairSync } from "node:crypto";
import { CompactEncrypt, importJWK, type JWK } from "jose";
import type { Clock } from "../../clock.ts";
import { concat } from "../../iso7816/index.ts";
import type { StatusEvidence } from "../../pki/index.ts";
import type { Random } from "../../random.ts";
import { ExpiringStore } from "../expiring-store.ts";
import type { TestCard } from "./test-cards.ts";

export interface SignResult {
  readonly signature: Uint8Array;
  /** JWE, compact form. */
  readonly certificateJwe: string;
  readonly evidence: StatusEvidence;
}

export interface SignTransaction {
  readonly id: string;
  readonly clientId: string;
  /** What the card signs: always a DigestInfo. */
  readonly digestInfo: Uint8Array;
  /** Set once the person has signed, with the account that may fetch the result. */
  result?: SignResult & { readonly accountId: string };
}

/** DER of DigestInfo for SHA-256 up to the digest (RFC 8017 section 9.2, note 1). */
const SHA256_DIGEST_INFO = Uint8Array.from(
  Buffer.from("3031300d060960864801650304020105000420", "hex"),
);
const SHA256_BYTES = 32;

/** @returns undefined when the bytes are not of the announced format */
export function digestInfoOf(
  hash: Uint8Array,
  format: "digest" | "digestInfo",
): Uint8Array | undefined {
  if (format === "digest") {
    return hash.length === SHA256_BYTES ? concat(SHA256_DIGEST_INFO, hash) : undefined;
  }
  const prefix = hash.subarray(0, SHA256_DIGEST_INFO.length);
  const fits =
    hash.length === SHA256_DIGEST_INFO.length + SHA256_BYTES &&
    Buffer.from(prefix).equals(SHA256_DIGEST_INFO);
  return fits ? hash : undefined;
}

/** What can go wrong with a signature a relying party must notice (DA-13, DA-14). */
export type SignFault =
  | "otherDocument"
  | "digestInfoMissing"
  | "digestInfoTwice"
  | "jweTampered"
  | "jweWrongKey";

export class SignTransactions {
  readonly #random: Random;
  readonly #transactions: ExpiringStore<SignTransaction>;

  constructor(clock: Clock, random: Random, seconds: number) {
    this.#random = random;
    this.#transactions = new ExpiringStore(clock, seconds);
  }

  start(clientId: string, digestInfo: Uint8Array): SignTransaction {
    const transaction = { id: uuid(this.#random), clientId, digestInfo };
    this.#transactions.put(transaction.id, transaction);
    return transaction;
  }

  find(id: string): SignTransaction | undefined {
    return this.#transactions.find(id);
  }

  /** Whether an id was given out once and is over now. */
  isOver(id: string): boolean {
    return this.#transactions.knew(id) && this.#transactions.find(id) === undefined;
  }
}

/** Has the card sign, and seals the certificate for whom the service registered. */
export async function signWith(
  card: Required<TestCard>["signing"],
  digestInfo: Uint8Array,
  recipient: JWK,
  fault?: SignFault,
): Promise<Omit<SignResult, "evidence">> {
  const signature = await card.sign(spoil(digestInfo, fault));
  const sealed = await seal(card.certificate, fault === "jweWrongKey" ? nobodysKey() : recipient);
  return { signature, certificateJwe: fault === "jweTampered" ? tamper(sealed) : sealed };
}

function spoil(digestInfo: Uint8Array, fault?: SignFault): Uint8Array {
  const digest = digestInfo.subarray(SHA256_DIGEST_INFO.length);
  switch (fault) {
    case "otherDocument":
      return concat(
        SHA256_DIGEST_INFO,
        digest.map((byte) => byte ^ 0xff),
      );
    case "digestInfoMissing":
      return digest;
    case "digestInfoTwice":
      return concat(SHA256_DIGEST_INFO, digestInfo);
    default:
      return digestInfo;
  }
}

async function seal(certificate: Uint8Array, recipient: JWK): Promise<string> {
  const alg = recipient.kty === "RSA" ? "RSA-OAEP-256" : "ECDH-ES";
  const key = await importJWK(recipient, alg);
  const header = {
    alg,
    enc: "A256GCM",
    ...(recipient.kid !== undefined && { kid: recipient.kid }),
  };
  return new CompactEncrypt(certificate).setProtectedHeader(header).encrypt(key);
}

function nobodysKey(): JWK {
  return generateKeyPairSync("ec", { namedCurve: "P-256" }).publicKey.export({ format: "jwk" });
}

/** Changes one bit of the authentication tag. */
function tamper(jwe: string): string {
  const parts = jwe.split(".");
  const tag = Buffer.from(parts[4] ?? "", "base64url");
  tag.writeUInt8((tag[0] ?? 0) ^ 1, 0);
  return [...parts.slice(0, 4), tag.toString("base64url")].join(".");
}

/** Version 4 (RFC 9562 section 5.4). */
function uuid(random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x40, 6);
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return [8, 12, 16, 20, 32].map((end, i) => hex.slice([0, 8, 12, 16, 20][i], end)).join("-");
}
