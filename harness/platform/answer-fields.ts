/**
 * Reads the fields of a platform's answer. Strict where a mistake could turn into a false "valid": an
 * unknown code or an impossible time is no answer at all. Everything here throws PlatformError
 * PLATFORM_PROTOCOL and says which field it was, never what it held.
 */
import type { RevocationReason, StatusEvidence } from "../../simulator/pki/status.ts";
import type { AnswerEvidence, EvidenceNames } from "../../simulator/platform/evidence.ts";
import { fromWire, meaningOf, type WireTable } from "../../simulator/platform/wire.ts";
import type { FourAttributes } from "../card/index.ts";
import { protocolError } from "./platform-error.ts";

const REVOCATION_REASONS: readonly RevocationReason[] = [
  "unspecified",
  "keyCompromise",
  "cACompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
  "certificateHold",
];

export function readObject(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw protocolError(`the ${what} is not a JSON object`);
}

export function codeOf<Meaning extends string>(
  codes: WireTable<Meaning>,
  value: unknown,
  what: string,
): Meaning {
  const meaning = meaningOf(codes, value);
  if (meaning === undefined) throw protocolError(`the answer's ${what} is not one of the profile`);
  return meaning;
}

export function readText(value: unknown, what: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw protocolError(`the answer has no ${what}`);
}

/** 4情報 under the names that we have for them. */
export function readFourAttributes(
  fields: Readonly<Partial<Record<keyof FourAttributes, unknown>>>,
): FourAttributes {
  return {
    name: readText(fields.name, "name"),
    address: readText(fields.address, "address"),
    birthDate: readText(fields.birthDate, "birthDate"),
    sex: readText(fields.sex, "sex"),
  };
}

export function readTime(value: unknown, what: string): Date {
  const time = new Date(readText(value, what));
  if (Number.isNaN(time.getTime())) throw protocolError(`the answer's ${what} is not a time`);
  return time;
}

export function readRevocation(fields: {
  readonly revocationReason?: unknown;
  readonly revokedAt?: unknown;
}) {
  const reason = REVOCATION_REASONS.find((known) => known === fields.revocationReason);
  if (reason === undefined) {
    throw protocolError("the answer's revocation reason is not one of RFC 5280");
  }
  return { reason, revokedAt: readTime(fields.revokedAt, "revokedAt") };
}

export function readEvidence(names: EvidenceNames, value: unknown): AnswerEvidence {
  const fields = fromWire(names.evidenceFields, readObject(value, "evidence"));
  const method = codeOf(names.methods, fields.method, "evidence method");
  switch (method) {
    case "ocsp":
      return {
        method,
        producedAt: readTime(fields.producedAt, "producedAt"),
        thisUpdate: readTime(fields.thisUpdate, "thisUpdate"),
      };
    case "crl":
      return {
        method,
        thisUpdate: readTime(fields.thisUpdate, "thisUpdate"),
        crlNumber: readWhole(fields.crlNumber, "crlNumber"),
      };
    case "certificate":
      return {
        method,
        notBefore: readTime(fields.notBefore, "notBefore"),
        notAfter: readTime(fields.notAfter, "notAfter"),
      };
  }
}

/** Evidence that somebody was asked about revocation, without which nothing is valid. */
export function readRevocationData(names: EvidenceNames, value: unknown): StatusEvidence {
  const evidence = readEvidence(names, value);
  if (evidence.method !== "certificate") return evidence;
  throw protocolError("the answer rests on no revocation data");
}

function readWhole(value: unknown, what: string): bigint {
  const text = readText(value, what);
  if (/^\d{1,48}$/.test(text)) return BigInt(text);
  throw protocolError(`the answer's ${what} is not a whole number`);
}
