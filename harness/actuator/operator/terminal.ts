/**
 * The operator's desk at a terminal. Two digits that are new each time say done, so that nothing typed
 * before the prompt was there can answer it; n says that it cannot be done.
 */
import { constants, openSync } from "node:fs";
import { createInterface } from "node:readline";
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

function ask(
  { input, output }: TerminalStreams,
  prompt: OperatorPrompt,
  over: AbortSignal,
): Promise<OperatorAnswer> {
  const code = codeOf(prompt);
  const seconds = Math.ceil(prompt.milliseconds / 1000);
  const question = `[${code}] 完了 / done   [n] 不可 / not possible   (${seconds} s) `;
  const lines = createInterface({ input, terminal: false });
  output.write(`\n${prompt.picture}\n\n${prompt.title.ja} / ${prompt.title.en}\n${question}`);
  const answer = new Promise<OperatorAnswer>((resolve, reject) => {
    const ended = (why: string) => () => reject(new BenchError("ACTUATOR_LOST", why));
    lines.once("close", ended("the terminal was closed"));
    over.addEventListener("abort", ended("time is over"), { once: true });
    lines.on("line", (words) => {
      if (words.trim() === code) resolve("done");
      else if (words.trim().toLowerCase() === "n") resolve("not-possible");
      else output.write(question);
    });
  });
  return answer.finally(() => lines.close());
}

function codeOf({ id }: OperatorPrompt): string {
  return String(10 + (Number.parseInt(id.slice(0, 4), 16) % 90));
}

function ownTerminal(): TerminalStreams {
  try {
    const stream = new ReadStream(openSync("/dev/tty", constants.O_RDWR | constants.O_NOCTTY));
    return { input: stream, output: stream };
  } catch (cause) {
    throw new BenchError("ACTUATOR_NOT_FOUND", "this process has no terminal to ask at", { cause });
  }
}
