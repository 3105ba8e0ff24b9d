// Writing a journal: every event is stamped, checked, and with the operating system before a scenario
// goes on. Beside it, lines appended by somebody who trusts what they are given.
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleRun } from "../testing/sample.ts";
import type { JournalEvent, Unstamped } from "./events.ts";
import { JournalWriter } from "./writer.ts";

const EVENTS = sampleRun();

export const benchmarks = [
  {
    name: "journal/write",
    title: { ja: "ジャーナルへの追記", en: "appending events to a journal" },
    peer: { ja: "JSON.stringify と appendFileSync", en: "JSON.stringify and appendFileSync" },
    unit: "events/s",
    target: 0.1,
    run: () => {
      const { path, remove } = journal();
      const writer = new JournalWriter(path, { run: "bench", worker: "main" });
      const events = EVENTS.map(unstamped);
      return {
        count: events.length,
        operation: () => {
          for (const event of events) writer.write(event);
        },
        close: () => {
          writer.close();
          remove();
        },
      };
    },
    reference: () => {
      const { path, remove } = journal();
      const descriptor = openSync(path, "a");
      return {
        count: EVENTS.length,
        operation: () => {
          for (const event of EVENTS) appendFileSync(descriptor, `${JSON.stringify(event)}\n`);
        },
        close: () => {
          closeSync(descriptor);
          remove();
        },
      };
    },
  },
];

function journal() {
  const folder = mkdtempSync(join(tmpdir(), "jpki-journal-"));
  return {
    path: join(folder, "journal.ndjson"),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

function unstamped({ at: _at, t: _t, worker: _worker, run: _run, ...event }: JournalEvent) {
  return event as Unstamped;
}
