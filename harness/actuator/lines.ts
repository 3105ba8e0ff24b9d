/** Lines of ASCII over a stream of bytes that is cut wherever it likes. */

/** Longer than any line of the protocol: a board that never ends a line is not heard for ever. */
const LINE_MAX = 200;
const LF = 0x0a;

export function encodeLine(text: string): Uint8Array {
  return new TextEncoder().encode(`${text}\n`);
}

export class LineDecoder {
  #begun: number[] = [];

  /** Takes the next bytes and gives the lines that are now complete, without their ends. */
  push(bytes: Uint8Array): string[] {
    const lines: string[] = [];
    for (const byte of bytes) {
      if (byte === LF) lines.push(this.#take());
      else if (this.#begun.length < LINE_MAX) this.#begun.push(byte);
    }
    return lines;
  }

  #take(): string {
    const text = String.fromCharCode(...this.#begun).replace(/\r$/, "");
    this.#begun = [];
    return text;
  }
}
