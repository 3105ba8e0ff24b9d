// From the journal of a large run to the page that is handed in. Beside it, the journal read, parsed,
// turned into JSON again and written, which is the least any report does.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { JournalEvent } from "../journal/events.ts";
import { sampleRun } from "../testing/sample.ts";
import { journalText } from "../testing/stamped.ts";
import { JOURNAL_FILE, writeReports } from "./registry.ts";

/** Every copy has nine scenarios of its own. */
const COPIES = 50;

export const benchmarks = [
  {
    name: "report/html",
    title: { ja: "ジャーナルからHTML報告書を作成", en: "from the journal to the HTML report" },
    peer: { ja: "同じジャーナルのJSON変換と書込み", en: "the same journal through JSON and back" },
    unit: "events/s",
    target: 0.06,
    run: () => {
      const { folder, count, close } = largeRun();
      return { count, close, operation: () => writeReports(folder, ["html"], { lang: "ja" }) };
    },
    reference: () => {
      const { folder, count, close } = largeRun();
      return {
        count,
        close,
        operation: () => {
          const lines = readFileSync(join(folder, JOURNAL_FILE), "utf8").trimEnd().split("\n");
          const copied = lines.map((line) => JSON.stringify(JSON.parse(line)));
          writeFileSync(join(folder, "copy.ndjson"), copied.join("\n"));
        },
      };
    },
  },
];

function largeRun() {
  const [start, ...rest] = sampleRun();
  const copies = Array.from({ length: COPIES }, (_, i) => rest.map((event) => copy(event, i)));
  const events = [...(start === undefined ? [] : [start]), ...copies.flat()];
  const folder = mkdtempSync(join(tmpdir(), "jpki-report-"));
  writeFileSync(join(folder, JOURNAL_FILE), journalText(events));
  return {
    folder,
    count: events.length,
    close: () => rmSync(folder, { recursive: true }),
  };
}

function copy(event: JournalEvent, number: number): JournalEvent {
  return "scenario" in event ? { ...event, scenario: `${event.scenario}-${number}` } : event;
}
