/** Runs a trace written the way card-facts 4.4 writes them. */
import { fromHex, toHex } from "../../iso7816/index.ts";
import type { TestCard } from "./card.ts";

export interface Exchange {
  readonly command: string;
  /** What the trace says, without spaces. */
  readonly expected: string;
  readonly actual: string;
}

/**
 * Sends every line `> command` and pairs it with the line `< response` behind it.
 * `<256>` in a response stands for that many arbitrary bytes.
 */
export function replay(card: TestCard, trace: string): Exchange[] {
  const lines = trace.split("\n").flatMap((line) => line.split(/(?=<(?!\d))/));
  const exchanges: Exchange[] = [];
  for (const line of lines.map((text) => text.trim())) {
    if (line.startsWith(">")) {
      const command = toHex(fromHex(line.slice(1)));
      exchanges.push({ command, expected: "", actual: card.send(command) });
    }
    const last = exchanges.at(-1);
    if (line.startsWith("<") && last !== undefined) {
      exchanges[exchanges.length - 1] = expecting(last, line.slice(1).replaceAll(" ", ""));
    }
  }
  return exchanges;
}

/** Replaces arbitrary bytes of the actual response by the mark that stands for them. */
function expecting(exchange: Exchange, expected: string): Exchange {
  const mark = /<(\d+)>/.exec(expected);
  if (mark === null) return { ...exchange, expected };
  const start = mark.index;
  const end = start + 2 * Number(mark[1]);
  const { actual } = exchange;
  const fits = actual.length === expected.length - mark[0].length + end - start;
  const masked = fits ? actual.slice(0, start) + mark[0] + actual.slice(end) : actual;
  return { ...exchange, expected, actual: masked };
}
