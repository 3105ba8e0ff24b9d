/**
 * A CA as plain data, for a world that is saved and opened again. Private keys are in it, in the
 * clear: they are test keys.
 */
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import { equal } from "../../iso7816/index.ts";
import { readCertificate } from "../certificate/certificate.ts";
import type { OwnCaIdentity } from "../environment.ts";
import { signingKey } from "../keys/keys.ts";
import type { RevocationReason } from "../status.ts";
import { parseStored, storedBytes, storedDate, storedSerial, toStoredBytes } from "../stored.ts";
import { follow, REASON_CODE, type Revocation } from "./revocation.ts";

/** Certificates DER, keys PKCS #8 DER. */
export interface Secrets {
  readonly certificate: Uint8Array;
  readonly privateKey: Uint8Array;
  readonly responderCertificate: Uint8Array;
  readonly responderPrivateKey: Uint8Array;
}

export interface IssuedCertificate {
  readonly serial: number;
  /** DER. */
  readonly certificate: Uint8Array;
  /** Five digits. */
  readonly municipalityCode: string;
  readonly issuedAt: Date;
  readonly notAfter: Date;
}

export interface AuthorityRecord {
  readonly identity: OwnCaIdentity;
  readonly secrets: Secrets;
  readonly issued: readonly IssuedCertificate[];
  readonly revocations: readonly Revocation[];
}

const REASONS = Object.keys(REASON_CODE) as [RevocationReason, ...RevocationReason[]];

const schema = z.strictObject({
  identity: z.strictObject({
    kind: z.enum(["auth", "sign"]),
    carrier: z.enum(["card", "smartphone"]),
    environment: z.enum(["test", "rehearsal"]),
  }),
  secrets: z.strictObject({
    certificate: storedBytes,
    privateKey: storedBytes,
    responderCertificate: storedBytes,
    responderPrivateKey: storedBytes,
  }),
  issued: z.array(
    z.strictObject({
      serial: storedSerial,
      certificate: storedBytes,
      municipalityCode: z.string().regex(/^\d{5}$/),
      issuedAt: storedDate,
      notAfter: storedDate,
    }),
  ),
  revocations: z.array(
    z.strictObject({
      serial: storedSerial,
      reason: z.enum(REASONS),
      revokedAt: storedDate,
      recordedAt: storedDate,
    }),
  ),
});

/** As JSON can hold it. */
export type AuthorityState = z.input<typeof schema>;

export function toAuthorityState(record: AuthorityRecord): AuthorityState {
  return {
    identity: { ...record.identity },
    secrets: {
      certificate: toStoredBytes(record.secrets.certificate),
      privateKey: toStoredBytes(record.secrets.privateKey),
      responderCertificate: toStoredBytes(record.secrets.responderCertificate),
      responderPrivateKey: toStoredBytes(record.secrets.responderPrivateKey),
    },
    issued: record.issued.map((one) => ({
      serial: one.serial,
      certificate: toStoredBytes(one.certificate),
      municipalityCode: one.municipalityCode,
      issuedAt: one.issuedAt.toISOString(),
      notAfter: one.notAfter.toISOString(),
    })),
    revocations: record.revocations.map((one) => ({
      serial: one.serial,
      reason: one.reason,
      revokedAt: one.revokedAt.toISOString(),
      recordedAt: one.recordedAt.toISOString(),
    })),
  };
}

/** @throws SimulatorError STATE_INVALID when it does not have the shape or does not hold together */
export function parseAuthorityState(value: unknown): AuthorityRecord {
  const record: AuthorityRecord = parseStored(schema, value, "the state of a CA");
  try {
    requireCoherent(record);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new SimulatorError(
      "STATE_INVALID",
      `the state of a CA does not hold together: ${detail}`,
      {
        cause,
      },
    );
  }
  return record;
}

function requireCoherent({ secrets, issued, revocations }: AuthorityRecord): void {
  requirePair(secrets.certificate, secrets.privateKey);
  requirePair(secrets.responderCertificate, secrets.responderPrivateKey);
  const serials = new Set(issued.map((one) => one.serial));
  if (serials.size !== issued.length) throw incoherent("a serial number was issued twice");
  const stray = revocations.find((one) => !serials.has(one.serial));
  if (stray !== undefined) throw incoherent(`${stray.serial} was revoked and never issued`);
  requirePossible(revocations);
  for (const { serial, certificate } of issued) {
    const inside = readCertificate(certificate).serial;
    if (inside !== BigInt(serial)) throw incoherent(`${serial} holds the certificate ${inside}`);
  }
}

function requirePossible(revocations: readonly Revocation[]): void {
  const revoked = new Map<number, Revocation>();
  for (const one of revocations) revoked.set(one.serial, follow(revoked.get(one.serial), one));
}

function requirePair(certificate: Uint8Array, privateKey: Uint8Array): void {
  if (equal(readCertificate(certificate).publicKey, signingKey(privateKey).publicKey)) return;
  throw incoherent("a private key does not fit its certificate");
}

function incoherent(message: string): SimulatorError {
  return new SimulatorError("STATE_INVALID", message);
}
