// A run whose operator never comes, with no terminal attached: as users start it.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { JournalEvent } from "../../reports/index.ts";
import { jpkiBench } from "../cli/testing/cli.ts";

let folder: string | undefined;

afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

it("fails the scenario that needs the operator in time, and runs the next", async () => {
  folder = await mkdtemp(join(tmpdir(), "jpki-operator-"));
  const actuator = { driver: "operator", desk: "http", port: 0, deadline: 100 };
  const desk = { reader: { driver: "simulated" }, actuator };
  const config = join(folder, "bench.config.json");
  await writeFile(config, JSON.stringify({ projects: { desk } }));
  const out = join(folder, "out");
  const words = ["run", "AC-01", "AC-02", "CR-13", "--config", config, "--project", "desk"];
  const { exitCode } = await jpkiBench([...words, "--out", out, "--reporter", "junit"]);
  expect(exitCode).toBe(1);
  const journal = await readFile(join(out, "journal.ndjson"), "utf8");
  const ended = journal
    .trim()
    .split("\n")
    .map((text) => JSON.parse(text) as JournalEvent)
    .filter((event) => event.type === "scenario-ended")
    .map(({ scenario, verdict, failure }) => [scenario, verdict, failure?.code]);
  expect(ended.sort()).toEqual([
    ["AC-01", "failed", "ACTUATOR_DEADLINE"],
    ["AC-02", "failed", "ACTUATOR_DEADLINE"],
    ["CR-13", "passed", undefined],
  ]);
}, 120_000);
