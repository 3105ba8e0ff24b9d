/**
 * A card that answers as it is told to, command by command, and counts what was tried on it. Used to
 * look at what clients send after anything at all has gone wrong.
 */
import { BenchError, type BenchErrorCode } from "../../errors.ts";
import type { CardPresence, Reader, ReaderInfo } from "../../reader/reader.ts";

export type AdverseAnswer = Uint8Array | BenchErrorCode;

export class AdverseCard implements Reader {
  readonly info: ReaderInfo = { driver: "adverse", name: "adverse", physical: false };
  readonly commands: Uint8Array[] = [];
  readonly #answer: (command: Uint8Array) => AdverseAnswer;

  constructor(answer: (command: Uint8Array) => AdverseAnswer) {
    this.#answer = answer;
  }

  /** VERIFY with data: each may spend a try. */
  get presented(): number {
    return this.commands.filter((command) => command[1] === 0x20 && command.length > 5).length;
  }

  get changes(): number {
    return this.commands.filter((command) => command[1] === 0x24).length;
  }

  async open(): Promise<CardPresence> {
    return { atr: new Uint8Array(0) };
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    this.commands.push(command);
    const answer = this.#answer(command);
    if (typeof answer === "string") throw new BenchError(answer, "as told");
    return answer;
  }

  reset(): Promise<CardPresence> {
    return this.open();
  }

  async close(): Promise<void> {}
}
