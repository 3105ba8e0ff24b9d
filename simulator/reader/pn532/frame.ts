/**
 * Frames between a host and a PN53x chip on its high speed UART (NXP UM0701-02 section 6.2.1;
 * reader-facts 4.2). Both ends speak them, so they are here once: pure functions on bytes.
 *
 * A frame is `00 00 FF LEN LCS` content `DCS 00`. LEN and LCS sum to 0 modulo 256, and so do content
 * and DCS. A content of more than 255 bytes goes into an extended frame, `FF FF LENM LENL LCS`.
 */
import { SimulatorError } from "../../errors.ts";
import { byteAt, concat, uint16 } from "../../iso7816/index.ts";

/** Direction byte and what follows it: 262 bytes of data, a target and a command code at most. */
export const CONTENT_MAX = 265;

const START = [0x00, 0xff] as const;
const EXTENDED = [0xff, 0xff] as const;
const NORMAL_MAX = 255;
const PREAMBLE = Uint8Array.of(0x00, ...START);
const POSTAMBLE = 0x00;
const SYNTAX_ERROR_CONTENT = 0x7f;

export const ACK = Uint8Array.of(...PREAMBLE, 0x00, 0xff, POSTAMBLE);
/** The host asks for the last answer once more. */
export const NACK = Uint8Array.of(...PREAMBLE, 0xff, 0x00, POSTAMBLE);
/** The chip did not understand a command. */
export const SYNTAX_ERROR = Uint8Array.of(...PREAMBLE, 0x01, 0xff, 0x7f, 0x81, POSTAMBLE);

export type Pn532Frame =
  | { readonly kind: "ack" | "nack" | "syntax-error" }
  /** Content: direction byte, command code, data. */
  | { readonly kind: "data"; readonly content: Uint8Array }
  /** A start code was seen, and what followed it is no frame. */
  | { readonly kind: "damaged"; readonly finding: "length checksum" | "data checksum" };

/**
 * @param content direction byte, command code and data
 * @throws SimulatorError SERIAL_FRAME for an empty content or one of more than 265 bytes
 */
export function encodeFrame(content: Uint8Array): Uint8Array {
  const { length } = content;
  if (length === 0 || length > CONTENT_MAX) {
    throw new SimulatorError(
      "SERIAL_FRAME",
      `a frame of ${length} bytes; a PN532 takes 1 to ${CONTENT_MAX}`,
    );
  }
  return concat(
    PREAMBLE,
    lengthField(length),
    content,
    Uint8Array.of(checksum(content), POSTAMBLE),
  );
}

function lengthField(length: number): Uint8Array {
  if (length <= NORMAL_MAX) return Uint8Array.of(length, checksum([length]));
  const bytes = [length >> 8, length & 0xff];
  return Uint8Array.of(...EXTENDED, ...bytes, checksum(bytes));
}

/** What brings the sum of all bytes to 0 modulo 256. */
function checksum(bytes: Iterable<number>): number {
  return -sum(bytes) & 0xff;
}

function sum(bytes: Iterable<number>): number {
  let total = 0;
  for (const byte of bytes) total += byte;
  return total & 0xff;
}

interface Found {
  readonly frame: Pn532Frame;
  /** Where to go on. A damaged frame is searched again: the bytes it claimed may hold a good one. */
  readonly end: number;
}

/** Cuts a byte stream into frames, however the line cut it and whatever noise lies between them. */
export class FrameDecoder {
  #buffered: Uint8Array = new Uint8Array(0);

  /** Whether a frame has begun and not ended. */
  get inFrame(): boolean {
    return this.#buffered.length > 1;
  }

  /** Takes the next bytes of the stream and gives the frames that are now complete. */
  push(bytes: Uint8Array): Pn532Frame[] {
    this.#buffered = concat(this.#buffered, bytes);
    const frames: Pn532Frame[] = [];
    for (;;) {
      this.#buffered = this.#buffered.slice(startOf(this.#buffered));
      const found = readFrame(this.#buffered);
      if (found === undefined) return frames;
      frames.push(found.frame);
      this.#buffered = this.#buffered.slice(found.end);
    }
  }
}

/** Position of the first start code, or of a last byte that may become one. */
function startOf(bytes: Uint8Array): number {
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    if (bytes[at] === START[0] && bytes[at + 1] === START[1]) return at;
  }
  return bytes.at(-1) === START[0] ? bytes.length - 1 : bytes.length;
}

/** Reads what begins with a start code; undefined while bytes of it are missing. */
function readFrame(bytes: Uint8Array): Found | undefined {
  if (bytes.length < 4) return undefined;
  const [first, second] = [byteAt(bytes, 2), byteAt(bytes, 3)];
  if (first === 0x00 && second === 0xff) return { frame: { kind: "ack" }, end: 4 };
  if (first === 0xff && second === 0x00) return { frame: { kind: "nack" }, end: 4 };
  // FF 01 is a normal frame of 255 bytes: only both bytes together tell.
  if (first === EXTENDED[0] && second === EXTENDED[1]) return readExtended(bytes);
  if (first === 0 || sum([first, second]) !== 0) return damaged("length checksum");
  return readContent(bytes, 4, first);
}

function readExtended(bytes: Uint8Array): Found | undefined {
  if (bytes.length < 7) return undefined;
  const length = uint16(bytes, 4);
  if (length === 0 || length > CONTENT_MAX || sum(bytes.subarray(4, 7)) !== 0) {
    return damaged("length checksum");
  }
  return readContent(bytes, 7, length);
}

function readContent(bytes: Uint8Array, from: number, length: number): Found | undefined {
  const end = from + length + 1;
  if (bytes.length < end) return undefined;
  if (sum(bytes.subarray(from, end)) !== 0) return damaged("data checksum");
  const content = bytes.slice(from, end - 1);
  const isError = length === 1 && content[0] === SYNTAX_ERROR_CONTENT;
  return { frame: isError ? { kind: "syntax-error" } : { kind: "data", content }, end };
}

function damaged(finding: "length checksum" | "data checksum"): Found {
  return { frame: { kind: "damaged", finding }, end: 1 };
}
