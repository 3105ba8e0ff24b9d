/** A session recorded at a PC/SC reader, through pcscd, and said again to the simulator. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Pcscd, startPcscd } from "../reader/testing/pcscd.ts";
import { PCSCD_PARTS, systemParts } from "../reader/testing/require-system.ts";
import { jpkiBench } from "./testing/cli.ts";

const system = systemParts([...PCSCD_PARTS, "pcsclite"]);

describe.skipIf(system.missing.length > 0)(system.title("recording over PC/SC"), () => {
  let folder: string;
  let pcscd: Pcscd;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "jpki-record-pcsc-"));
    pcscd = await startPcscd();
    const reader = { driver: "pcsc", name: pcscd.readers[0], vpcd: `127.0.0.1:${pcscd.ports[0]}` };
    const config = { projects: { pcsc: { reader } } };
    writeFileSync(join(folder, "bench.config.json"), JSON.stringify(config));
  }, 60_000);

  afterAll(async () => {
    await pcscd?.stop();
    rmSync(folder, { recursive: true });
  });

  const bench = (...words: string[]) => jpkiBench(words, { cwd: folder, env: pcscd.env });

  it.each(["reading", "signing"])(
    "goes the same way on the simulator: %s",
    async (session) => {
      const file = join(folder, `${session}.txt`);
      const recorded = await bench(
        ...["record", "--project", "pcsc", "--session", session, "--out", file, "--json"],
      );
      expect({ exitCode: recorded.exitCode, stderr: recorded.stderr }).toEqual({
        exitCode: 0,
        stderr: "",
      });
      expect(readFileSync(file, "utf8")).toContain(`reader: ${pcscd.readers[0]}\ndriver: pcsc\n`);

      const { exitCode, stdout } = await bench("replay", file, "--adopt", "--json");
      const { steps, matched, leftOver, difference } = JSON.parse(stdout);
      expect({ exitCode, difference, leftOver, matched }).toEqual({
        exitCode: 0,
        difference: undefined,
        leftOver: 0,
        matched: steps,
      });
    },
    120_000,
  );
});
