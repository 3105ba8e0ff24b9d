import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { VpcdCard } from "../../../simulator/reader/index.ts";
import { LogCard } from "../../../simulator/reader/testing/log-card.ts";
import { type Pcscd, startPcscd } from "../testing/pcscd.ts";
import { NAMESPACES } from "../testing/pcscd-recipe.ts";
import { PCSCD_PARTS, systemParts } from "../testing/require-system.ts";
import { until } from "../testing/until.ts";

const DRIVER = new URL("./index.ts", import.meta.url).href;
const TSX = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

const OPEN =
  "const reader = await openPcscReader({ name: '00 00', physical: false }); await reader.open();";
const LIST = `await listPcscReaders().then(
  (readers) => console.log(readers.length),
  (error) => console.log(error.code),
);`;

/** Words for node: a program that uses the driver, from outside the repository's folder. */
function program(body: string, driver = DRIVER): string[] {
  const source = `import { listPcscReaders, openPcscReader } from ${JSON.stringify(driver)};\n${body}`;
  const loader = driver.endsWith(".ts") ? ["--import", TSX] : [];
  return [...loader, "--input-type=module", "--eval", source];
}

type Bench = ChildProcessByStdio<null, Readable, null>;

const system = systemParts([...PCSCD_PARTS, "pcsclite", "koffi"]);

describe.skipIf(system.missing.length > 0)(system.title("the process that holds a reader"), () => {
  let pcscd: Pcscd;
  let card: VpcdCard;

  beforeAll(async () => {
    pcscd = await startPcscd();
    card = await VpcdCard.connect({ card: new LogCard(), port: pcscd.ports[0] ?? 0 });
    await pcscd.cardSeen(0);
  });

  afterAll(async () => {
    await card.close();
    await pcscd.stop();
  });

  function run(words: readonly string[], file = process.execPath): Bench {
    return spawn(file, words, {
      cwd: "/",
      env: pcscd.env,
      stdio: ["ignore", "pipe", "inherit"],
    });
  }

  it("does not keep a bench from ending that forgot to close its reader", async () => {
    const bench = run(program(OPEN));
    expect(await once(bench, "exit")).toEqual([0, null]);
  });

  it("ends with a bench that was killed", async () => {
    const bench = run(program(`${OPEN} console.log("open"); setInterval(() => {}, 1000);`));
    await once(bench.stdout, "data");
    const hosts = childrenOf(bench.pid ?? 0);
    expect(hosts).not.toEqual([]);

    bench.kill("SIGKILL");

    await until(() => !hosts.some((pid) => existsSync(`/proc/${pid}`)), "the host has ended");
    await pcscd.cardSeen(0);
  });

  it("runs from compiled JavaScript as it does from the sources", async () => {
    const driver = await compile();
    try {
      const bench = run(program(LIST, driver.href));
      expect(await text(bench.stdout)).toBe("2\n");
    } finally {
      await driver.remove();
    }
  });

  it.each([
    ["PCSC_PACKAGE_MISSING", () => [packageFolder("pcsclite"), packageFolder("koffi")], "/mnt"],
    ["PCSC_LIBRARY_MISSING", () => [libraryPath()], "/dev/null"],
    // The other binding does where one is not there: two readers.
    ["2", () => [packageFolder("pcsclite")], "/mnt"],
    ["2", () => [packageFolder("koffi")], "/mnt"],
  ])("with parts missing tells %s, and not that the service stopped", async (told, hidden, by) => {
    const mounts = hidden().map((path) => `mount --bind ${by} ${path}`);
    const hide = ["mount -t tmpfs tmpfs /mnt", ...mounts, 'exec "$@"'].join(" && ");
    const words = [...(NAMESPACES ?? []), "sh", "-c", hide, "hide", process.execPath];
    const bench = run([...words, ...program(LIST)], "unshare");
    expect(await text(bench.stdout)).toBe(`${told}\n`);
  });
});

function packageFolder(name: string): string {
  return join(fileURLToPath(new URL("../../../node_modules/", import.meta.url)), name);
}

function libraryPath(): string {
  const cache = execFileSync("/sbin/ldconfig", ["-p"], { encoding: "utf8" });
  return /libpcsclite\.so\.1 .*=> (\S+)/.exec(cache)?.[1] ?? "libpcsclite.so.1 was not found";
}

function childrenOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ").filter(Boolean);
}

/** The driver as the build makes it, where the installed packages can be found from. */
async function compile(): Promise<{ href: string; remove(): Promise<void> }> {
  const root = fileURLToPath(new URL("../../../", import.meta.url));
  const cache = join(root, "node_modules/.cache");
  await mkdir(cache, { recursive: true });
  const dist = await mkdtemp(join(cache, "pcsc-dist-"));
  await cp(join(root, "package.json"), join(dist, "package.json"));
  const folder = "harness/reader/pcsc";
  const modules = (await readdir(join(root, folder))).filter((file) => !file.includes(".test."));
  const beside = ["harness/errors.ts", "harness/reader/session.ts"];
  for (const file of [...modules.map((name) => join(folder, name)), ...beside]) {
    const source = await readFile(join(root, file), "utf8");
    const target = join(dist, file.replace(/\.ts$/, ".js"));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, transpile(source));
  }
  return {
    href: pathToFileURL(join(dist, folder, "index.js")).href,
    remove: () => rm(dist, { recursive: true }),
  };
}

function transpile(source: string): string {
  const compilerOptions = {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2023,
    verbatimModuleSyntax: true,
    rewriteRelativeImportExtensions: true,
  };
  return ts.transpileModule(source, { compilerOptions }).outputText;
}
