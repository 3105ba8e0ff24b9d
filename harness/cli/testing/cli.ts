/** The command line as users start it: a process of its own. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const BIN = fileURLToPath(new URL("../../../bin/jpki-bench.js", import.meta.url));

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** For standard input, which is empty otherwise. */
  readonly input?: string;
}

/** Runs any program to its end; a non-zero exit is an answer, not an error. */
export function finish(
  file: string,
  words: readonly string[],
  { cwd, env, input = "" }: Surroundings = {},
): Promise<Finished> {
  return new Promise((resolve) => {
    const options = { cwd, env: env ?? process.env, maxBuffer: 64 * 1024 * 1024 };
    const child = execFile(file, [...words], options, (_error, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, stdout, stderr });
    });
    // A program that never reads its input may have ended before it was written.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input);
  });
}

/** Runs one command of jpki-bench to its end. */
export function jpkiBench(
  words: readonly string[],
  surroundings?: Surroundings,
): Promise<Finished> {
  return finish(process.execPath, [BIN, ...words], surroundings);
}

/** What `lab --json` says when it is ready; only what tests use. */
export interface LabReady {
  readonly ready: true;
  readonly console: string;
  readonly platforms: Readonly<Record<string, string>>;
  readonly ca: Readonly<Record<"authCaCert" | "signCaCert" | "ocsp" | "crl", string>> & {
    readonly webCaCert?: string;
  };
  readonly cards: readonly {
    readonly resident: string;
    readonly pins: Readonly<Record<string, string>>;
    readonly authSerial: string;
    readonly reader?: string;
  }[];
}

export interface RunningLab extends AsyncDisposable {
  readonly ready: LabReady;
  /** SIGTERM, as a service manager would. Gives the exit code. */
  stop(): Promise<number>;
}

/** Starts a lab and waits for its one line. */
export async function startLab(
  words: readonly string[],
  surroundings: Surroundings = {},
): Promise<RunningLab> {
  const child = spawn(process.execPath, [BIN, "lab", "--json", ...words], {
    stdio: ["ignore", "pipe", "inherit"],
    ...surroundings,
  });
  const ready = await firstLine(child);
  const stop = async () => {
    if (child.exitCode !== null) return child.exitCode;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    return child.exitCode ?? -1;
  };
  return { ready, stop, [Symbol.asyncDispose]: async () => void (await stop()) };
}

async function firstLine(child: ChildProcess): Promise<LabReady> {
  if (child.stdout === null) throw new Error("the lab's output is not piped");
  for await (const line of createInterface(child.stdout)) return JSON.parse(line) as LabReady;
  throw new Error("the lab ended before it was ready");
}
