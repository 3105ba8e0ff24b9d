/**
 * Lines of the Elatec TWN4 Simple Protocol (reader-facts 4.3): bytes as hexadecimal digits, ended by
 * a carriage return, both ways. Pure functions; what the bytes mean is in api.ts.
 */
import { concat, fromHex, toHex } from "../../iso7816/index.ts";

const END = 0x0d;
/** API, function, a length, 255 bytes, a limit and a timeout, in digits: longer lines are noise. */
const LINE_MAX = 2 * 300;

export type Twn4Line =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** A line that is not made of whole bytes. */
  | { readonly kind: "damaged" };

export function encodeLine(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(Buffer.from(`${toHex(bytes)}\r`, "ascii"));
}

/** Cuts a byte stream into lines, however the wire cut it. */
export class LineDecoder {
  #buffered: Uint8Array = new Uint8Array(0);

  /** Takes the next bytes of the stream and gives the lines that are now complete. */
  push(bytes: Uint8Array): Twn4Line[] {
    this.#buffered = concat(this.#buffered, bytes);
    const lines: Twn4Line[] = [];
    for (let end = this.#end(); end >= 0; end = this.#end()) {
      lines.push(readLine(this.#buffered.subarray(0, end)));
      this.#buffered = this.#buffered.slice(end + 1);
    }
    if (this.#buffered.length > LINE_MAX) this.#buffered = this.#buffered.slice(-LINE_MAX);
    return lines;
  }

  #end(): number {
    return this.#buffered.indexOf(END);
  }
}

function readLine(digits: Uint8Array): Twn4Line {
  // A line feed after the last line's end is let pass.
  const text = Buffer.from(digits).toString("latin1").replace(/^\n/, "");
  const whole = text.length > 0 && text.length % 2 === 0 && /^[0-9A-Fa-f]*$/.test(text);
  return whole ? { kind: "bytes", bytes: fromHex(text) } : { kind: "damaged" };
}
