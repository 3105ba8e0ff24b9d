/**
 * Answer to reset (ISO/IEC 7816-3 section 8) and the form PC/SC part 3 gives contactless cards of
 * type B. pcscd checks neither the check byte nor the structure, so the simulator does.
 */
import { CodecError } from "../errors.ts";
import { byteAt, concat } from "./bytes.ts";

const MAX_LENGTH = 33;

export interface InterfaceBytes {
  readonly ta?: number;
  readonly tb?: number;
  readonly tc?: number;
  readonly td?: number;
}

export interface Atr {
  readonly convention: "direct" | "inverse";
  /** TA1, TB1, TC1, TD1 first, then the second group and so on. */
  readonly groups: readonly InterfaceBytes[];
  /** Protocols offered: 0 for T=0, 1 for T=1. */
  readonly protocols: readonly number[];
  readonly historical: Uint8Array;
  /** Check byte; absent when T=0 is the only protocol. */
  readonly tck?: number;
}

/** @throws CodecError ATR_INVALID with the offset of the first wrong byte */
export function parseAtr(bytes: Uint8Array): Atr {
  if (bytes.length > MAX_LENGTH) throw invalid("an ATR has at most 33 bytes", MAX_LENGTH);
  const convention = readConvention(need(bytes, 0));
  const t0 = need(bytes, 1);
  const { groups, protocols, checked, end } = readGroups(bytes, t0 >> 4);
  const historicalEnd = end + (t0 & 0x0f);
  if (historicalEnd > bytes.length) throw invalid("the historical bytes are cut off", bytes.length);
  const historical = bytes.slice(end, historicalEnd);
  if (bytes.length !== historicalEnd + (checked ? 1 : 0)) {
    throw invalid(
      checked ? "the check byte is not the last" : "bytes after the end",
      historicalEnd,
    );
  }
  if (!checked) return { convention, groups, protocols, historical };
  const tck = need(bytes, historicalEnd);
  const expected = checkByte(bytes.subarray(0, historicalEnd));
  if (tck !== expected) {
    throw invalid(
      `check byte is ${tck.toString(16)}, should be ${expected.toString(16)}`,
      historicalEnd,
    );
  }
  return { convention, groups, protocols, historical, tck };
}

/**
 * The ATR a PC/SC reader reports for a type B card.
 *
 * @param applicationData four bytes of the ATQB
 * @param protocolInfo three bytes of the ATQB
 * @param mbli maximum buffer length index, the high half of the first ATTRIB answer byte
 */
export function typeBAtr(
  applicationData: Uint8Array,
  protocolInfo: Uint8Array,
  mbli = 0,
): Uint8Array {
  if (applicationData.length !== 4) throw invalid("application data has four bytes", 4);
  if (protocolInfo.length !== 3) throw invalid("protocol info has three bytes", 8);
  if (!Number.isInteger(mbli) || mbli < 0 || mbli > 15) throw invalid("MBLI has four bits", 11);
  const body = concat(
    Uint8Array.of(0x3b, 0x88, 0x80, 0x01),
    applicationData,
    protocolInfo,
    Uint8Array.of(mbli << 4),
  );
  return concat(body, Uint8Array.of(checkByte(body)));
}

/** TCK: exclusive-or of all bytes from T0 to the one before it. */
function checkByte(atrWithoutTck: Uint8Array): number {
  return atrWithoutTck.subarray(1).reduce((sum, byte) => sum ^ byte, 0);
}

function readConvention(ts: number): Atr["convention"] {
  if (ts === 0x3b) return "direct";
  if (ts === 0x3f) return "inverse";
  throw invalid(`TS is ${ts.toString(16)}, not 3B or 3F`, 0);
}

function readGroups(bytes: Uint8Array, y1: number) {
  const groups: InterfaceBytes[] = [];
  const protocols: number[] = [];
  let present = y1;
  // T=15 is no protocol, yet it asks for a check byte like every T other than 0.
  let checked = false;
  let end = 2;
  const take = () => need(bytes, end++);
  for (let more = true; more; ) {
    const group: { ta?: number; tb?: number; tc?: number; td?: number } = {};
    if (present & 1) group.ta = take();
    if (present & 2) group.tb = take();
    if (present & 4) group.tc = take();
    if (present & 8) group.td = take();
    groups.push(group);
    more = group.td !== undefined;
    if (group.td !== undefined) {
      present = group.td >> 4;
      const protocol = group.td & 0x0f;
      checked ||= protocol !== 0;
      // T=15 qualifies global interface bytes and is no protocol of its own.
      if (protocol !== 15 && !protocols.includes(protocol)) protocols.push(protocol);
    }
  }
  return { groups, protocols: protocols.length === 0 ? [0] : protocols, checked, end };
}

function need(bytes: Uint8Array, offset: number): number {
  if (offset >= bytes.length) throw invalid("the ATR is cut off", bytes.length);
  return byteAt(bytes, offset);
}

function invalid(message: string, offset: number): CodecError {
  return new CodecError("ATR_INVALID", message, offset);
}
