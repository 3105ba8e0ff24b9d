/** Writes what one attempt at one scenario does, step by step, into the journal. */
import { performance } from "node:perf_hooks";
import type { Bilingual, Unstamped } from "../../reports/index.ts";
import type { ScenarioRecord } from "./meta.ts";

type InScenarioKeys = "scenario" | "attempt";

/** An event of a scenario without the keys this log adds. */
export type ScenarioEvent = Unstamped extends infer Event
  ? Event extends { scenario: string; type: infer Type }
    ? Type extends "scenario-started" | "scenario-ended"
      ? never
      : Omit<Event, InScenarioKeys>
    : never
  : never;

export class ScenarioLog {
  readonly #write: (event: Unstamped) => void;
  readonly #keys: { readonly scenario: string; readonly attempt: number };
  /** Steps under way, innermost last. */
  readonly #open: number[] = [];
  #lastStep = 0;

  constructor(record: ScenarioRecord, attempt: number, write: (event: Unstamped) => void) {
    this.#write = write;
    this.#keys = { scenario: record.id, attempt };
    const { title, system, source, effect, version } = record;
    write({
      type: "scenario-started",
      ...this.#keys,
      title,
      system,
      source,
      effect,
      scenarioVersion: version,
    });
  }

  /** Runs `body` as a numbered step; a step within a step belongs to it. */
  async step<T>(title: Bilingual, body: () => Promise<T> | T): Promise<T> {
    const parent = this.#open.at(-1);
    this.#lastStep += 1;
    const step = this.#lastStep;
    const began = performance.now();
    const started = { type: "step-started", ...this.#keys, step, title } as const;
    this.#write(parent === undefined ? started : { ...started, parent });
    this.#open.push(step);
    let verdict: "passed" | "failed" = "failed";
    try {
      const result = await body();
      verdict = "passed";
      return result;
    } finally {
      this.#open.pop();
      const milliseconds = Math.round(performance.now() - began);
      this.#write({ type: "step-ended", ...this.#keys, step, verdict, milliseconds });
    }
  }

  /** Notes a fact the verdict rests on. Nothing personal: it goes into every report. */
  note(label: Bilingual, value: string): void {
    this.#write({ type: "evidence", ...this.#keys, ...this.#step(), label, value });
  }

  /** Takes a record of the reader's or a platform client's trace. */
  exchange(record: Traced): void {
    this.#write({ ...record, ...this.#keys, ...this.#step() } as Unstamped);
  }

  #step(): { step?: number } {
    const step = this.#open.at(-1);
    return step === undefined ? {} : { step };
  }
}

/** What the traces give: the fields of an `apdu` or `http` event that are theirs to know. */
export type Traced = Extract<ScenarioEvent, { type: "apdu" | "http" }>;
