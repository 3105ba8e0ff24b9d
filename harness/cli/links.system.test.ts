/** The card's scenarios over every link that can be made without hardware, compared by a command. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemParts } from "../reader/testing/require-system.ts";
import { compareLinks, LINKS } from "./testing/links.ts";

const system = systemParts([...new Set(LINKS.flatMap(({ parts }) => parts))]);

interface Row {
  readonly scenario: string;
  readonly cells: readonly { readonly outcome: string }[];
  readonly parting?: unknown;
}

describe.skipIf(system.missing.length > 0)(system.title("links compared"), () => {
  let out: string;

  beforeAll(() => {
    out = mkdtempSync(join(tmpdir(), "jpki-links-"));
  });

  afterAll(() => {
    rmSync(out, { recursive: true });
  });

  it("agree in verdicts and status words", { timeout: 300_000 }, async () => {
    // A PIN that is blocked, certificates read in pieces, errors told apart, records of two EFs.
    const ids = ["CR-02", "CR-25", "CR-30"];
    const { runs, comparison, page } = await compareLinks(LINKS, ids, out, ["--json"]);

    expect(runs.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(
      LINKS.map(() => [0, ""]),
    );
    const { columns, differing, scenarios, commands } = JSON.parse(comparison.stdout);
    expect(columns).toEqual(LINKS.map(({ name }) => name));
    expect((scenarios as Row[]).map(({ scenario, parting }) => [scenario, parting])).toEqual([
      ["CR-02", undefined],
      ["CR-25", undefined],
      ["CR-30", undefined],
    ]);
    expect((scenarios as Row[]).flatMap(({ cells }) => cells.map((cell) => cell.outcome))).toEqual(
      Array.from({ length: 3 * LINKS.length }, () => "passed"),
    );
    expect({ differing, exitCode: comparison.exitCode }).toEqual({ differing: 0, exitCode: 0 });
    const select = commands.find(({ command }: { command: string }) => command === "SELECT");
    expect(select.latencies.map(({ median }: { median: number }) => median > 0)).toEqual(
      LINKS.map(() => true),
    );
    expect(readFileSync(page, "utf8")).toContain("<svg");
  });
});
