/** Scenarios over every link, each struck by a disaster in the middle: a part of `npm run disasters`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemParts } from "../reader/testing/require-system.ts";
import type { Outcome } from "../scenario/testing/disaster/judge.ts";
import { DISASTER_LINKS } from "../scenario/testing/disaster/links.ts";
import { SAMPLES } from "../scenario/testing/disaster/sample.ts";
import { finish } from "./testing/cli.ts";

const START = fileURLToPath(new URL("../scenario/testing/disaster/start.ts", import.meta.url));

const links = DISASTER_LINKS.flatMap(({ name, parts }) => {
  const sample = SAMPLES[name];
  return sample === undefined ? [] : [{ name, sample, system: systemParts(parts) }];
});

// A struck scenario waits more than it works, so the links take turns with the processor.
describe.concurrent("disasters in the middle of scenarios", { timeout: 300_000 }, () => {
  let out: string;

  beforeAll(() => {
    out = mkdtempSync(join(tmpdir(), "jpki-disasters-"));
  });

  afterAll(() => {
    rmSync(out, { recursive: true });
  });

  for (const { name, sample, system } of links) {
    const title = system.title(`end as they must over ${name}, and the next one passes`);
    it.skipIf(system.missing.length > 0)(title, async ({ expect }) => {
      const words = ["--import", "tsx", START, "--sample", "--json", "--link", name, "--out", out];
      const { stdout, stderr, exitCode } = await finish(process.execPath, words);
      expect(stderr).toBe("");
      const outcomes = JSON.parse(stdout) as Outcome[];
      expect(
        outcomes.flatMap(({ scenario, violations }) => violations.map((it) => [scenario, it])),
      ).toEqual([]);
      const struck = outcomes.map(({ scenario }) => scenario);
      expect(struck.toSorted()).toEqual(Object.keys(sample.strikes).toSorted());
      expect(exitCode).toBe(0);
    });
  }

  it("are each of them struck", () => {
    const struck = links.flatMap(({ sample }) => Object.values(sample.strikes));
    const possible = DISASTER_LINKS.flatMap(({ told }) => Object.keys(told));
    expect(new Set(struck.map(({ disaster }) => disaster))).toEqual(new Set(possible));
  });
});
