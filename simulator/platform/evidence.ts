/**
 * What an answer about a certificate rests on, and how it is written on the wire. Every verdict a
 * platform gives names it (platform-facts section 8, invariant 5).
 */
import type { StatusEvidence } from "../pki/status.ts";
import type { ReadCertificate } from "./certificate.ts";
import { toWire, type WireTable, wireTable } from "./wire.ts";

/** Revocation data, or the dates in the certificate itself. */
export type AnswerEvidence =
  | StatusEvidence
  | { readonly method: "certificate"; readonly notBefore: Date; readonly notAfter: Date };

/** The dates of a certificate that was refused for what it says itself. */
export function datesOf({ notBefore, notAfter }: ReadCertificate): AnswerEvidence {
  return { method: "certificate", notBefore, notAfter };
}

/** Part of a profile: names of the fields of an evidence object. Times are ISO 8601 in UTC. */
export const evidenceFields = wireTable({
  method: "method",
  producedAt: "produced_at",
  thisUpdate: "this_update",
  /** Decimal text: a CRL number may have 20 bytes (RFC 5280 section 5.2.3). */
  crlNumber: "crl_number",
  notBefore: "not_before",
  notAfter: "not_after",
});

/** Part of a profile: OCSP, CRL, or the certificate itself. */
export const evidenceMethods = wireTable({ ocsp: "ocsp", crl: "crl", certificate: "certificate" });

export interface EvidenceNames {
  readonly evidenceFields: WireTable<
    "method" | "producedAt" | "thisUpdate" | "crlNumber" | "notBefore" | "notAfter"
  >;
  readonly methods: WireTable<AnswerEvidence["method"]>;
}

export function evidenceAnswer(
  { evidenceFields, methods }: EvidenceNames,
  evidence: AnswerEvidence,
): Record<string, unknown> {
  const method = methods[evidence.method];
  switch (evidence.method) {
    case "ocsp":
      return toWire(evidenceFields, {
        method,
        producedAt: evidence.producedAt.toISOString(),
        thisUpdate: evidence.thisUpdate.toISOString(),
      });
    case "crl":
      return toWire(evidenceFields, {
        method,
        thisUpdate: evidence.thisUpdate.toISOString(),
        crlNumber: evidence.crlNumber.toString(),
      });
    case "certificate":
      return toWire(evidenceFields, {
        method,
        notBefore: evidence.notBefore.toISOString(),
        notAfter: evidence.notAfter.toISOString(),
      });
  }
}
