/** Puts the facts about one run together, from what its shards say of themselves. */
import type { JournalEvent, RunStarted } from "./events.ts";
import type { RunFacts } from "./summary.ts";

export class FactsFold {
  readonly #run: string;
  readonly #started: RunStarted[] = [];
  #endedShards = 0;
  #stopped = false;
  #firstAt: string;
  #lastAt: string;

  constructor(first: JournalEvent) {
    this.#run = first.run;
    this.#firstAt = first.at;
    this.#lastAt = first.at;
  }

  add(event: JournalEvent): void {
    // Timestamps of one format sort as text.
    if (event.at < this.#firstAt) this.#firstAt = event.at;
    if (event.at > this.#lastAt) this.#lastAt = event.at;
    if (event.type === "run-started") this.#started.push(event);
    if (event.type === "run-ended") {
      this.#endedShards += 1;
      this.#stopped ||= event.interrupted;
    }
  }

  facts(): RunFacts {
    const started = this.#started;
    const project = sideBySide(started.map((shard) => shard.project));
    const seed = sideBySide(started.map((shard) => shard.seed));
    const shards = distinct(started.map((event) => event.shard?.index ?? 1)).sort((a, b) => a - b);
    const count = Math.max(1, ...started.map((event) => event.shard?.count ?? 1));
    return {
      run: this.#run,
      ...(project === undefined ? {} : { project }),
      ...(seed === undefined ? {} : { seed }),
      environment: environmentOf(started),
      planned: started.reduce((sum, shard) => sum + shard.planned, 0),
      startedAt: this.#firstAt,
      endedAt: this.#lastAt,
      shards,
      missingShards: Array.from({ length: count }, (_, i) => i + 1).filter(
        (index) => !shards.includes(index),
      ),
      interrupted: this.#stopped || this.#endedShards < Math.max(1, started.length),
    };
  }
}

function environmentOf(started: readonly RunStarted[]): Record<string, string> {
  const entries = started.flatMap((shard) => Object.entries(shard.environment));
  const valuesOf = (name: string) => entries.flatMap(([key, value]) => (key === name ? value : []));
  return Object.fromEntries(
    distinct(entries.map(([name]) => name)).map((name) => [name, sideBySide(valuesOf(name)) ?? ""]),
  );
}

function sideBySide(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : distinct(values).join(" / ");
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
