/** The same scenarios that run on the simulator, over PC/SC through pcscd. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Pcscd, startPcscd } from "../reader/testing/pcscd.ts";
import { PCSCD_PARTS, systemParts } from "../reader/testing/require-system.ts";
import { jpkiBench } from "./testing/cli.ts";

const system = systemParts([...PCSCD_PARTS, "pcsclite"]);

describe.skipIf(system.missing.length > 0)(system.title("scenarios over PC/SC"), () => {
  let folder: string;
  let pcscd: Pcscd;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "jpki-pcsc-run-"));
    pcscd = await startPcscd();
    const projects = {
      pcsc: {
        reader: { driver: "pcsc", name: pcscd.readers[0], vpcd: `127.0.0.1:${pcscd.ports[0]}` },
      },
      mismatched: {
        reader: { driver: "pcsc", name: pcscd.readers[1], vpcd: `127.0.0.1:${pcscd.ports[0]}` },
      },
      desk: { reader: { driver: "pcsc", name: pcscd.readers[0] } },
    };
    writeFileSync(join(folder, "bench.config.json"), JSON.stringify({ projects }));
  });

  afterAll(async () => {
    await pcscd?.stop();
    rmSync(folder, { recursive: true });
  });

  const run = (...words: string[]) =>
    jpkiBench(["run", "--json", "--config", join(folder, "bench.config.json"), ...words], {
      env: pcscd.env,
      cwd: folder,
    });

  it("pass as they do on the simulator", { timeout: 300_000 }, async () => {
    // Those of the card, and of each platform those in which the card takes part: what happens
    // between a platform and a CA does not go through a reader.
    const chosen = ["CR", "LA-01", "LA-09", "MK-02", "MK-06", "MK-07", "MK-08", "MK-10", "MK-17"];
    const words = [...chosen, "PK-01", "PK-04", "PK-05", "PK-06", "PK-07", "PK-17"];
    const { exitCode, stdout, stderr } = await run(...words, "--project", "pcsc", "--out", "out");
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ failed: 0 });
    expect(result.passed).toBeGreaterThanOrEqual(30);
    const journal = readFileSync(result.journal, "utf8");
    expect(journal).toContain(`"reader":"${pcscd.readers[0]}"`);
    // Left out is only what a reader would have to misbehave for at the bench's command.
    const reasons = journal.match(/"verdict":"skipped".*"en":"([^"]*)"/g) ?? [];
    expect(reasons).toHaveLength(result.skipped);
    expect(reasons.filter((reason) => !reason.includes("behaviour and time"))).toEqual([]);
  });

  it("never talk to a card that is not the one the bench made", async () => {
    const { exitCode, stdout } = await run("CR-02", "--project", "mismatched", "--out", "wrong");
    expect(exitCode).toBe(1);
    const journal = readFileSync(JSON.parse(stdout).journal, "utf8");
    expect(journal).not.toContain('"type":"apdu"');
  });

  it("end with advice where pcscd does not run", async () => {
    const env = { ...pcscd.env, PCSCLITE_CSOCK_NAME: join(folder, "nobody") };
    const { exitCode, stderr } = await jpkiBench(["readers", "--lang", "en"], { env });
    expect(stderr).toMatch(/^PCSC_SERVICE_STOPPED: .*\nStart the PC\/SC service/);
    expect(exitCode).toBe(3);
  });

  it("show readers, and which card is which, by reading alone", async () => {
    const { exitCode, stdout } = await jpkiBench(["readers", "--json"], { env: pcscd.env });
    expect(exitCode).toBe(0);
    const rows = JSON.parse(stdout) as { driver: string; name: string }[];
    const names = rows.filter(({ driver }) => driver === "pcsc").map(({ name }) => name);
    expect(names).toEqual([...pcscd.readers]);
    expect(rows.at(-1)).toMatchObject({ driver: "simulated", name: "simulator" });
  });

  it("leave a physical card alone, but for reading", async () => {
    const { stdout, exitCode } = await jpkiBench(
      ["plan", "CR", "--json", "--project", "desk", "--config", join(folder, "bench.config.json")],
      { env: pcscd.env },
    );
    expect(exitCode).toBe(0);
    const plan = JSON.parse(stdout) as { scenarios: { id: string; runs: boolean }[] };
    const runs = plan.scenarios.filter((row) => row.runs).map((row) => row.id);
    expect(runs).toContain("CR-25");
    expect(runs).not.toContain("CR-01");
    expect(runs).not.toContain("CR-02");
  });
});
