/**
 * Framing of Chromium's native messaging, without I/O: a message is JSON in UTF-8 behind its length as
 * a 32-bit number in native byte order, which is little-endian wherever Chromium runs
 * (developer.chrome.com, "Native messaging").
 */
import { concat } from "../../iso7816/index.ts";
import { ClientSoftwareError } from "../error.ts";

const HEADER = 4;

/** What Chromium may send: 64 MiB. */
const REQUEST_BYTES_MAX = 64 * 1024 * 1024;

/**
 * @param limit bytes of JSON
 * @throws ClientSoftwareError answerTooLarge
 */
export function encodeFrame(message: unknown, limit: number): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(message));
  if (json.length > limit) throw new ClientSoftwareError("answerTooLarge");
  const frame = new Uint8Array(HEADER + json.length);
  new DataView(frame.buffer).setUint32(0, json.length, true);
  frame.set(json, HEADER);
  return frame;
}

/** Puts messages together from bytes as they come. */
export class FrameReader {
  #unread: Uint8Array = new Uint8Array();

  /** Whether a message has begun and not ended. */
  get pending(): boolean {
    return this.#unread.length > 0;
  }

  /**
   * @returns the messages that are complete by now
   * @throws ClientSoftwareError requestInvalid for an impossible length or a text that is not JSON;
   *   nothing after it can be read
   */
  push(bytes: Uint8Array): unknown[] {
    this.#unread = concat(this.#unread, bytes);
    const messages: unknown[] = [];
    for (;;) {
      const length = this.#length();
      if (length === undefined || this.#unread.length < HEADER + length) return messages;
      messages.push(parse(this.#unread.subarray(HEADER, HEADER + length)));
      this.#unread = this.#unread.slice(HEADER + length);
    }
  }

  #length(): number | undefined {
    if (this.#unread.length < HEADER) return undefined;
    const { buffer, byteOffset } = this.#unread;
    const length = new DataView(buffer, byteOffset).getUint32(0, true);
    if (length > REQUEST_BYTES_MAX) throw new ClientSoftwareError("requestInvalid");
    return length;
  }
}

function parse(json: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json));
  } catch {
    // The text may hold a PIN: no cause, which would quote it.
    throw new ClientSoftwareError("requestInvalid");
  }
}
