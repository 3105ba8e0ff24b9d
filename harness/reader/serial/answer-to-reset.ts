/**
 * The answer to reset of a card without contacts, made from what it said while it was activated (PC/SC
 * part 3 section 3.1.3.2.3; reader-facts 5.3).
 */
import { byteAt, concat, typeBAtr } from "../../../simulator/iso7816/index.ts";

/** T0 of an ATS says which interface bytes follow it. */
const INTERFACE_BYTES = [0x10, 0x20, 0x40];
const HISTORICAL_MAX = 15;

/**
 * @param atqb 50, PUPI, application data, protocol information
 * @param attrib first byte of the answer to ATTRIB
 */
export function typeBAnswer(atqb: Uint8Array, attrib: number): Uint8Array {
  return typeBAtr(atqb.subarray(5, 9), atqb.subarray(9, 12), attrib >> 4);
}

/** @param ats with its length byte; one of a single byte has neither T0 nor historical bytes */
export function typeAAnswer(ats: Uint8Array): Uint8Array {
  const historical = historicalBytes(ats).subarray(0, HISTORICAL_MAX);
  const head = Uint8Array.of(0x3b, 0x80 | historical.length, 0x80, 0x01);
  const body = concat(head, historical);
  const check = body.subarray(1).reduce((sum, byte) => sum ^ byte, 0);
  return concat(body, Uint8Array.of(check));
}

function historicalBytes(ats: Uint8Array): Uint8Array {
  if (ats.length < 2) return new Uint8Array(0);
  const t0 = byteAt(ats, 1);
  const start = 2 + INTERFACE_BYTES.filter((bit) => (t0 & bit) !== 0).length;
  return ats.subarray(start, byteAt(ats, 0));
}
