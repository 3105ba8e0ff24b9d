/** The package as npm would install it: users' own scenarios run from their own folder. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemParts } from "../reader/testing/require-system.ts";
import { BIN, type Finished, finish } from "./testing/cli.ts";

const ROOT = dirname(dirname(BIN));
const system = systemParts(["npm", "tar", "gzip"]);

const OWN_SCENARIO = `
import { expect, JpkiClient, scenario, type ScenarioContext } from "jpki-bench/harness";
import { parseAtr } from "jpki-bench/simulator";

scenario(
  "OWN-01",
  {
    title: { ja: "自社システムの確認", en: "our own check" },
    system: "own",
    source: "社内仕様書 1.2",
    effect: "read-only",
  },
  async ({ insertCard, step }: ScenarioContext) => {
    const card = await insertCard();
    await step({ ja: "ATRを読む", en: "the ATR reads" }, () => {
      expect(parseAtr(card.atr).convention).toBe("direct");
    });
    const jpki = new JpkiClient(card.reader);
    await jpki.select();
    expect((await jpki.tokenInfo()).label).toBe("JPKIAPICCTOKEN2");
  },
);
`;

/** As the manual has it: the package comes in when the configuration is read, too. */
const CONFIG = `
import { defineConfig } from "jpki-bench/harness";

export default defineConfig({ projects: { desk: { reader: { driver: "simulated" } } } });
`;

describe.skipIf(system.missing.length > 0)(system.title("the installed package"), () => {
  let folder: string;
  let command: (...words: string[]) => Promise<Finished>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "jpki-package-"));
    const packed = await finish("npm", ["pack", "--pack-destination", folder], { cwd: ROOT });
    expect(packed.exitCode, packed.stderr).toBe(0);
    const modules = join(folder, "node_modules");
    mkdirSync(join(modules, "jpki-bench"), { recursive: true });
    const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
    await finish(
      "tar",
      ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "jpki-bench")],
      {
        cwd: folder,
      },
    );
    // What npm would fetch, from where it is already.
    for (const name of readdirSync(join(ROOT, "node_modules"))) {
      // Optional, both of them, and not there on a machine that could install neither.
      if (name === "pcsclite" || name === "koffi") continue;
      if (!name.startsWith(".")) symlinkSync(join(ROOT, "node_modules", name), join(modules, name));
    }
    mkdirSync(join(folder, "scenarios"));
    writeFileSync(join(folder, "package.json"), '{"type":"module"}');
    writeFileSync(join(folder, "scenarios/own.scenario.ts"), OWN_SCENARIO);
    writeFileSync(join(folder, "bench.config.ts"), CONFIG);
    const bin = join(modules, "jpki-bench/bin/jpki-bench.js");
    command = (...words) => finish(process.execPath, [bin, ...words], { cwd: folder });
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("holds the build and no sources or tests", () => {
    const files = readdirSync(join(folder, "node_modules/jpki-bench"), { recursive: true }).map(
      String,
    );
    expect(files).toContain(join("dist", "harness", "index.d.ts"));
    expect(files.filter((name) => /\.test\.|\.bench\.|testing/.test(name))).toEqual([]);
    expect(files.filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))).toEqual([]);
  });

  it("says what to do where no PC/SC package could be installed", async () => {
    const { exitCode, stderr } = await command("readers", "--lang", "en");
    expect(stderr).toMatch(/^PCSC_PACKAGE_MISSING: .*\nRun: npm install koffi/);
    expect(exitCode).toBe(3);
  });

  it("lists the user's scenarios beside the catalogue", async () => {
    const { stdout, stderr } = await command("list", "--json");
    expect(stderr).toBe("");
    const ids = (JSON.parse(stdout) as { id: string }[]).map(({ id }) => id);
    expect(ids).toContain("OWN-01");
    expect(ids).toContain("CR-01");
  });

  it("runs them, and the catalogue's, on a configured project, ending in reports", async () => {
    const words = ["run", "OWN-01", "CR-25", "--project", "desk", "--json"];
    const { exitCode, stdout, stderr } = await command(...words);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ passed: 2, failed: 0, skipped: 0 });
    expect(Object.keys(result.reports)).toEqual(["html", "junit"]);
  });
});
