/**
 * A reader that knows one conversation by heart. What is sent must match it to the byte and in order,
 * and all of it must be said; a client that sends anything else fails its test, even when it keeps
 * the error to itself.
 */
import { fromHex, toHex } from "../../../simulator/iso7816/index.ts";
import { BenchError, type BenchErrorCode } from "../../errors.ts";
import type { CardPresence, Reader, ReaderInfo, TransmitOptions } from "../../reader/reader.ts";

interface Turn {
  readonly command: string;
  /** Response in hexadecimal, or the code the reader fails with. */
  readonly answer: { readonly response: string } | { readonly failure: BenchErrorCode };
}

export class ScriptedReader implements Reader {
  readonly info: ReaderInfo = { driver: "scripted", name: "script", physical: false };
  /** Deadline given with each exchange so far. */
  readonly deadlines: (number | undefined)[] = [];
  readonly #turns: Turn[];
  #departure: Error | undefined;

  /** @param script as in `conversation` */
  constructor(script: string) {
    this.#turns = parse(script);
  }

  async open(): Promise<CardPresence> {
    return { atr: fromHex("3B 88 80 01 00 00 05 E0 B3 81 A1 00 7F") };
  }

  async transmit(command: Uint8Array, options: TransmitOptions = {}): Promise<Uint8Array> {
    this.deadlines.push(options.deadline);
    const turn = this.#turns.shift();
    if (turn === undefined || turn.command !== toHex(command)) {
      this.#departure ??= new Error(
        `sent ${toHex(command)}, expected ${turn?.command ?? "no more"}`,
      );
      throw this.#departure;
    }
    if ("failure" in turn.answer) throw new BenchError(turn.answer.failure, "as scripted");
    return fromHex(turn.answer.response);
  }

  reset(): Promise<CardPresence> {
    return this.open();
  }

  async close(): Promise<void> {}

  /** Throws what went off the script first, or names what was not said. */
  assertEnded(): void {
    if (this.#departure !== undefined) throw this.#departure;
    const [next] = this.#turns;
    if (next !== undefined) throw new Error(`never sent: ${next.command}`);
  }
}

/**
 * Holds a conversation and checks that it was said to its end.
 *
 * @param script lines of `> command`, each followed by `< response` or by `! READER_…`, in
 * hexadecimal; lines that start otherwise are remarks
 */
export async function conversation(
  script: string,
  talk: (reader: ScriptedReader) => Promise<void>,
): Promise<void> {
  const reader = new ScriptedReader(script);
  await talk(reader);
  reader.assertEnded();
}

function parse(script: string): Turn[] {
  const lines = script.split("\n").map((line) => line.trim());
  const spoken = lines.filter((line) => /^[<>!]/.test(line));
  const turns: Turn[] = [];
  for (let i = 0; i < spoken.length; i += 2) {
    const [command = "", answer = ""] = spoken.slice(i, i + 2);
    if (!command.startsWith(">") || !/^[<!]/.test(answer)) throw new Error(`no turn: ${command}`);
    turns.push({ command: canonical(command), answer: answerOf(answer) });
  }
  return turns;
}

function answerOf(line: string): Turn["answer"] {
  const text = line.slice(1).trim();
  if (line.startsWith("!")) return { failure: text as BenchErrorCode };
  return { response: text };
}

function canonical(line: string): string {
  return toHex(fromHex(line.slice(1)));
}
