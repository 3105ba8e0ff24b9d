/**
 * The smallest card a file can be read from: one file, whatever is selected. It answers READ BINARY
 * in the ways real and simulated cards are known to (card-facts 4.2 and 4.3).
 */
import type { CardPresence, Reader, ReaderInfo } from "../../reader/reader.ts";

export interface FileCardHabits {
  /** What comes at the last bytes and behind them: `9000`, `6282`, or `6B00` behind them. */
  readonly end: "short" | "6282" | "6B00";
  /** Whether a READ BINARY of extended length is answered, with at most so many bytes. */
  readonly extended: false | number;
}

export class FileCard implements Reader {
  readonly info: ReaderInfo = { driver: "file-card", name: "file", physical: false };
  readonly #content: Uint8Array;
  readonly #habits: FileCardHabits;
  /** Le of each READ BINARY so far. */
  readonly asked: number[] = [];

  constructor(content: Uint8Array, habits: FileCardHabits) {
    this.#content = content;
    this.#habits = habits;
  }

  async open(): Promise<CardPresence> {
    return { atr: new Uint8Array(0) };
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const [, ins, p1 = 0, p2 = 0, le = 0] = command;
    if (ins !== 0xb0) return Uint8Array.of(0x90, 0x00);
    const offset = p1 * 256 + p2;
    if (command.length === 5) return this.#read(offset, le === 0 ? 256 : le);
    const { extended } = this.#habits;
    return extended === false ? Uint8Array.of(0x67, 0x00) : this.#read(offset, extended);
  }

  reset(): Promise<CardPresence> {
    return this.open();
  }

  async close(): Promise<void> {}

  #read(offset: number, length: number): Uint8Array {
    this.asked.push(length);
    const { end } = this.#habits;
    const data = this.#content.slice(offset, offset + length);
    if (data.length === 0 && end === "6B00") return Uint8Array.of(0x6b, 0x00);
    const cut = data.length < length && end === "6282";
    return Uint8Array.from([...data, ...(cut ? [0x62, 0x82] : [0x90, 0x00])]);
  }
}
