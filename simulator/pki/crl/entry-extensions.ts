/** Extensions of an entry of a revocation list (RFC 5280 section 5.3). */
import { Enumerated } from "asn1js";
import { type Extension, Extensions } from "pkijs";
import { SimulatorError } from "../../errors.ts";
import { reasonOfCode } from "../authority/revocation.ts";
import { extensionValue } from "../certificate/extension-value.ts";
import { decode } from "../der/asn1.ts";
import { derError } from "../der/der.ts";
import { OID } from "../der/oids.ts";
import type { RevocationReason } from "../status.ts";

/** Nothing but a reason, which is what nearly every entry has; the code itself follows. */
const REASON_ONLY = Uint8Array.of(0x30, 0x0c, 0x30, 0x0a, 0x06, 3, 0x55, 0x1d, 0x15, 4, 3, 0x0a, 1);

/**
 * RFC 5280 section 5.3: an entry with a critical extension nobody understands makes the whole list
 * useless, for it may be about somebody else's certificate.
 *
 * @throws SimulatorError PKI_INVALID
 */
export function requireEntryUnderstood(der: Uint8Array, start: number, end: number): void {
  if (isReasonOnly(der, start, end)) return;
  const strange = readEntryExtensions(der, start, end).find(({ critical }) => critical);
  if (strange !== undefined) throw derError(`the critical extension ${strange.extnID}`, start);
}

/** @throws SimulatorError PKI_INVALID for a reason JPKI does not use */
export function readReason(der: Uint8Array, start: number, end: number): RevocationReason {
  if (start === end) return "unspecified";
  const code = isReasonOnly(der, start, end) ? der[end - 1] : readReasonCode(der, start, end);
  if (code === undefined) return "unspecified";
  const reason = reasonOfCode(code);
  if (reason !== undefined) return reason;
  throw derError(`reason ${code}, which JPKI does not use,`, start);
}

function readReasonCode(der: Uint8Array, start: number, end: number): number | undefined {
  const found = readEntryExtensions(der, start, end).find(({ extnID }) => extnID === OID.crlReason);
  if (found === undefined) return undefined;
  const code = extensionValue<unknown>(found);
  if (code instanceof Enumerated) return code.valueBlock.valueDec;
  throw derError("a reason that is none", start);
}

export function isReasonOnly(der: Uint8Array, start: number, end: number): boolean {
  if (end - start !== REASON_ONLY.length + 1) return false;
  for (let i = 0; i < REASON_ONLY.length; i += 1) {
    if (der[start + i] !== REASON_ONLY[i]) return false;
  }
  return true;
}

function readEntryExtensions(der: Uint8Array, start: number, end: number): Extension[] {
  const schema = decode(der.subarray(start, end), "list of extensions");
  try {
    return new Extensions({ schema }).extensions;
  } catch (cause) {
    throw new SimulatorError("PKI_INVALID", "the extensions of an entry are damaged", { cause });
  }
}
