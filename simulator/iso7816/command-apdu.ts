/**
 * Command APDUs, all seven encodings of ISO/IEC 7816-4 section 5.1 (cases 1, 2, 3 and 4, short and
 * extended). Out-of-range fields and lengths that do not add up are refused with their position,
 * never masked.
 */
import { CodecError } from "../errors.ts";
import { byteAt, concat, uint16 } from "./bytes.ts";

const HEADER_LENGTH = 4;
const SHORT_DATA_MAX = 255;
const SHORT_NE_MAX = 256;
const EXTENDED_DATA_MAX = 65535;
const EXTENDED_NE_MAX = 65536;
const NOTHING = new Uint8Array(0);

export interface CommandApdu {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  /** Command data; empty in cases 1 and 2. */
  readonly data: Uint8Array;
  /** Greatest number of response bytes asked for, 1 to 65536; 0 when no Le field is there. */
  readonly ne: number;
  /** Whether lengths are (to be) coded in the extended form. */
  readonly extended: boolean;
}

export interface CommandFields {
  readonly cla: number;
  readonly ins: number;
  readonly p1: number;
  readonly p2: number;
  readonly data?: Uint8Array;
  readonly ne?: number;
  readonly extended?: boolean;
}

/**
 * Encodes a command.
 *
 * @example encodeCommand({ cla: 0x00, ins: 0xb0, p1: 0, p2: 0, ne: 4 }) // 00 B0 00 00 04
 * @throws CodecError APDU_INVALID where a field is out of range for the chosen form
 */
export function encodeCommand(fields: CommandFields): Uint8Array {
  const { data = new Uint8Array(0), ne = 0, extended = false } = fields;
  const header = [fields.cla, fields.ins, fields.p1, fields.p2];
  header.forEach((value, offset) => {
    requireRange(value, 0, 255, "header byte", offset);
  });
  requireRange(data.length, 0, extended ? EXTENDED_DATA_MAX : SHORT_DATA_MAX, "data length", 4);
  requireRange(ne, 0, extended ? EXTENDED_NE_MAX : SHORT_NE_MAX, "expected length", 4);
  const lengths = extended ? extendedLengths(data.length, ne) : shortLengths(data.length, ne);
  return concat(Uint8Array.from(header), lengths.lc, data, lengths.le);
}

/**
 * Parses a command.
 *
 * @throws CodecError APDU_INVALID with the offset of the first byte that does not fit
 */
export function parseCommand(bytes: Uint8Array): CommandApdu {
  if (bytes.length < HEADER_LENGTH) {
    throw invalid(`a command has at least 4 bytes, this one has ${bytes.length}`, bytes.length);
  }
  const { data, ne, extended } = parseBody(bytes);
  return {
    cla: byteAt(bytes, 0),
    ins: byteAt(bytes, 1),
    p1: byteAt(bytes, 2),
    p2: byteAt(bytes, 3),
    data,
    ne,
    extended,
  };
}

type Body = Pick<CommandApdu, "data" | "ne" | "extended">;

function parseBody(bytes: Uint8Array): Body {
  if (bytes.length === HEADER_LENGTH) return { data: NOTHING, ne: 0, extended: false };
  const first = byteAt(bytes, 4);
  if (bytes.length === 5) return { data: NOTHING, ne: first || SHORT_NE_MAX, extended: false };
  if (first !== 0) return parseShort(bytes, first);
  if (bytes.length < 7) throw invalid("an extended length field has three bytes", bytes.length);
  if (bytes.length === 7) {
    return { data: NOTHING, ne: uint16(bytes, 5) || EXTENDED_NE_MAX, extended: true };
  }
  return parseExtended(bytes, uint16(bytes, 5));
}

function parseShort(bytes: Uint8Array, lc: number): Body {
  const end = 5 + lc;
  const data = bytes.slice(5, end);
  if (bytes.length === end) return { data, ne: 0, extended: false };
  if (bytes.length === end + 1) {
    return { data, ne: byteAt(bytes, end) || SHORT_NE_MAX, extended: false };
  }
  throw lengthMismatch(bytes, lc, end, 1);
}

function parseExtended(bytes: Uint8Array, lc: number): Body {
  if (lc === 0) throw invalid("an extended Lc of zero", 5);
  const end = 7 + lc;
  const data = bytes.slice(7, end);
  if (bytes.length === end) return { data, ne: 0, extended: true };
  if (bytes.length === end + 2) {
    return { data, ne: uint16(bytes, end) || EXTENDED_NE_MAX, extended: true };
  }
  throw lengthMismatch(bytes, lc, end, 2);
}

function shortLengths(nc: number, ne: number): { lc: Uint8Array; le: Uint8Array } {
  return {
    lc: nc === 0 ? new Uint8Array(0) : Uint8Array.of(nc),
    le: ne === 0 ? new Uint8Array(0) : Uint8Array.of(ne & 0xff),
  };
}

function extendedLengths(nc: number, ne: number): { lc: Uint8Array; le: Uint8Array } {
  const le = ne === 0 ? new Uint8Array(0) : Uint8Array.of((ne >> 8) & 0xff, ne & 0xff);
  if (nc > 0) return { lc: Uint8Array.of(0, nc >> 8, nc & 0xff), le };
  // Without data the marker 00 stands before Le instead of before Lc; case 1 has no form of its own.
  return { lc: new Uint8Array(0), le: ne === 0 ? le : concat(Uint8Array.of(0), le) };
}

function lengthMismatch(bytes: Uint8Array, lc: number, end: number, leBytes: number): CodecError {
  return invalid(
    `Lc says ${lc} data bytes, so the command ends at ${end} or ${end + leBytes}, not at ${bytes.length}`,
    Math.min(bytes.length, end + leBytes),
  );
}

function requireRange(value: number, low: number, high: number, what: string, at: number): void {
  if (!Number.isInteger(value) || value < low || value > high) {
    throw invalid(`${what} ${value} is not in ${low}..${high}`, at);
  }
}

function invalid(message: string, offset: number): CodecError {
  return new CodecError("APDU_INVALID", message, offset);
}
