/** How long cards took to answer, by command. */
import type { RunSummary } from "../journal/summary.ts";

export interface Latency {
  /** Exchanges measured. */
  readonly count: number;
  /** Milliseconds, by nearest rank. */
  readonly median: number;
  readonly p95: number;
}

/** Latencies of all exchanges that were answered, by name of the command (`READ BINARY`). */
export function latenciesOf(summary: RunSummary): ReadonlyMap<string, Latency> {
  const times = new Map<string, number[]>();
  for (const exchange of summary.scenarios.flatMap(({ last }) => last.exchanges)) {
    if (exchange.type !== "apdu" || exchange.sw === undefined) continue;
    const command = commandName(exchange.label.en);
    const list = times.get(command) ?? [];
    times.set(command, list);
    list.push(exchange.milliseconds);
  }
  return new Map([...times].map(([command, list]) => [command, latencyOf(list)]));
}

/** The instructions labels begin with (ISO/IEC 7816-4); a label that begins with none stands alone. */
const INSTRUCTIONS =
  /^(?:SELECT|READ BINARY|READ RECORD|UPDATE BINARY|VERIFY CERTIFICATE|VERIFY|CHANGE REFERENCE DATA|CHANGE KEY|COMPUTE DIGITAL SIGNATURE|GET CHALLENGE|GET DATA|INTERNAL AUTHENTICATE|EXTERNAL AUTHENTICATE|SET SESSION KEY)\b/;

/** `VERIFY user authentication PIN` is a `VERIFY`. */
export function commandName(label: string): string {
  return INSTRUCTIONS.exec(label)?.[0] ?? label;
}

function latencyOf(times: readonly number[]): Latency {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { count: sorted.length, median: at(0.5), p95: at(0.95) };
}
