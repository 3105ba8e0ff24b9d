/**
 * Framing between vpcd, the virtual PC/SC reader, and the card behind it (vpcd.c of
 * frankmorgner/vsmartcard; reader-facts 1.2): a big-endian length of two bytes, then the payload.
 * Pure functions on bytes; the socket is in vpcd.ts.
 */
import { SimulatorError } from "../errors.ts";
import { byteAt, concat, uint16 } from "../iso7816/index.ts";

const HEADER_LENGTH = 2;
const PAYLOAD_MAX = 65535;

/**
 * @throws SimulatorError VPCD_PROTOCOL for an empty payload, which freezes the whole of pcscd
 * (reader-facts 1.3), and for one of more than 65535 bytes, which the length cannot tell
 */
export function encodeFrame(payload: Uint8Array): Uint8Array {
  if (payload.length === 0) throw protocolError("an empty message must never be sent");
  if (payload.length > PAYLOAD_MAX) {
    throw protocolError(`a message of ${payload.length} bytes; ${PAYLOAD_MAX} is the most`);
  }
  const frame = new Uint8Array(HEADER_LENGTH + payload.length);
  frame[0] = payload.length >> 8;
  frame[1] = payload.length & 0xff;
  frame.set(payload, HEADER_LENGTH);
  return frame;
}

/** Cuts a byte stream into payloads, however the network cut it before. */
export class FrameDecoder {
  /** The beginning of a message whose end has not come yet. */
  #rest: Uint8Array = new Uint8Array(0);

  /**
   * Takes the next bytes of the stream and gives the payloads that are now complete. Nothing is
   * kept of `bytes` but copies: they belong to the socket.
   *
   * @throws SimulatorError VPCD_PROTOCOL for an empty message: vpcd never sends one
   */
  push(bytes: Uint8Array): Uint8Array[] {
    let stream = this.#rest.length === 0 ? bytes : concat(this.#rest, bytes);
    const payloads: Uint8Array[] = [];
    for (let size = frameSize(stream); size <= stream.length; size = frameSize(stream)) {
      payloads.push(new Uint8Array(stream.subarray(HEADER_LENGTH, size)));
      stream = stream.subarray(size);
    }
    this.#rest = new Uint8Array(stream);
    return payloads;
  }
}

/** Length of the first message with its header; infinite while the header is not there yet. */
function frameSize(stream: Uint8Array): number {
  if (stream.length < HEADER_LENGTH) return Number.POSITIVE_INFINITY;
  const length = uint16(stream, 0);
  if (length === 0) throw protocolError("an empty message was received");
  return HEADER_LENGTH + length;
}

/** What a message from vpcd asks of the card. */
export type VpcdRequest =
  | { readonly kind: "power-off" | "power-on" | "reset" | "get-atr" }
  | { readonly kind: "command"; readonly apdu: Uint8Array };

const CONTROLS = {
  0: "power-off",
  1: "power-on",
  2: "reset",
  4: "get-atr",
} as const;

/** One byte 00, 01, 02 or 04 is a control; everything else is a command APDU. */
export function readRequest(payload: Uint8Array): VpcdRequest {
  if (payload.length === 1) {
    const control = byteAt(payload, 0);
    if (isControl(control)) return { kind: CONTROLS[control] };
  }
  return { kind: "command", apdu: payload };
}

function isControl(byte: number): byte is keyof typeof CONTROLS {
  return byte in CONTROLS;
}

function protocolError(finding: string): SimulatorError {
  return new SimulatorError("VPCD_PROTOCOL", `vpcd link: ${finding}`);
}
