/** The operator's desk at a terminal: Enter says done, n says that it cannot be done. */
import { constants, openSync } from "node:fs";
import { createInterface } from "node:readline/promises";
import type { Readable, Writable } from "node:stream";
import { ReadStream } from "node:tty";
import { BenchError } from "../../errors.ts";
import type { OperatorAnswer, OperatorDesk, OperatorPrompt } from "./desk.ts";

export interface TerminalStreams {
  readonly input: Readable;
  readonly output: Writable;
}

/**
 * @param open gives the terminal when it is needed first. By default the one this process belongs to,
 * also where its own input and output lead elsewhere, as in a worker of a run.
 */
export function terminalDesk(open: () => TerminalStreams = ownTerminal): OperatorDesk {
  let streams: TerminalStreams | undefined;
  return {
    name: "terminal",
    ask: async (prompt, over) => {
      streams ??= open();
      return ask(streams, prompt, over);
    },
    close: async () => {
      streams?.input.destroy();
      streams = undefined;
    },
  };
}

async function ask(
  { input, output }: TerminalStreams,
  prompt: OperatorPrompt,
  over: AbortSignal,
): Promise<OperatorAnswer> {
  const lines = createInterface({ input, output, terminal: false });
  const closed = new Promise<never>((_, reject) => {
    const gone = () => reject(new BenchError("ACTUATOR_LOST", "the terminal was closed"));
    lines.once("close", gone);
  });
  closed.catch(() => undefined);
  try {
    const seconds = Math.ceil(prompt.milliseconds / 1000);
    output.write(`\n${prompt.picture}\n\n${prompt.title.ja} / ${prompt.title.en}\n`);
    const answer = lines.question(
      `[Enter] 完了 / done   [n] 不可 / not possible   (${seconds} s) `,
      {
        signal: over,
      },
    );
    const words = await Promise.race([answer, closed]);
    return /^n/i.test(words.trim()) ? "not-possible" : "done";
  } finally {
    lines.close();
  }
}

function ownTerminal(): TerminalStreams {
  try {
    const stream = new ReadStream(openSync("/dev/tty", constants.O_RDWR | constants.O_NOCTTY));
    return { input: stream, output: stream };
  } catch (cause) {
    throw new BenchError("ACTUATOR_NOT_FOUND", "this process has no terminal to ask at", { cause });
  }
}
