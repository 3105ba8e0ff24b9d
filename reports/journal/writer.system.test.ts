import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { testFolder } from "../testing/folder.ts";
import { readJournal } from "./reader.ts";

const WRITER = fileURLToPath(new URL("./writer.ts", import.meta.url));
const EVENTS_EACH = 300;

/** A process of its own that writes long lines as fast as it can. */
async function workerProcess(path: string, worker: string): Promise<number | null> {
  const script = `
    import { JournalWriter } from ${JSON.stringify(WRITER)};
    const writer = new JournalWriter(${JSON.stringify(path)}, { run: "run-1", worker: "${worker}" });
    const label = { ja: "値", en: "value" };
    const value = "${worker}".repeat(20_000);
    for (let i = 0; i < ${EVENTS_EACH}; i += 1) {
      writer.write({ type: "evidence", scenario: "CR-01", attempt: 1, label, value });
    }`;
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "--input-type=module", "--eval", script],
    { stdio: "inherit" },
  );
  const [code] = await once(child, "exit");
  return code;
}

it("keeps the lines of processes whole that write to one journal at the same time", async () => {
  const path = join(testFolder(), "journal.ndjson");

  const codes = await Promise.all(["1", "2", "3"].map((worker) => workerProcess(path, worker)));

  const counts: Record<string, number> = {};
  for await (const { worker } of readJournal(path)) counts[worker] = (counts[worker] ?? 0) + 1;
  expect(codes).toEqual([0, 0, 0]);
  expect(counts).toEqual({ 1: EVENTS_EACH, 2: EVENTS_EACH, 3: EVENTS_EACH });
});
