/**
 * Starts host.ts as a process: the TypeScript source by way of tsx in a clone, the compiled module
 * in an installed package. Which of the two this file is tells which of the two to start.
 */
import { type ChildProcess, fork } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { BindingName } from "./choose-binding.ts";

/** What a host is started for; two with the same settings can stand in for each other. */
export interface HostSettings {
  /** Path of pcscd's socket where it is not the usual one. */
  readonly service?: string | undefined;
  /** Default `auto`. */
  readonly binding?: BindingName | undefined;
}

export function forkHost({ service, binding = "auto" }: HostSettings): ChildProcess {
  const source = import.meta.url.endsWith(".ts");
  const host = new URL(source ? "./host.ts" : "./host.js", import.meta.url);
  const child = fork(fileURLToPath(host), [binding], {
    // Never what this process was started with: a test runner's or debugger's options among it.
    execArgv: source ? ["--import", tsx()] : [],
    env: service === undefined ? process.env : { ...process.env, PCSCLITE_CSOCK_NAME: service },
    // Carries byte arrays as they are.
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  dontWaitFor(child);
  return child;
}

/** As a URL, because a bare name would be looked for from the user's working directory. */
function tsx(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
}

/** An idle host must not keep the bench from ending; it ends with the bench by itself. */
function dontWaitFor(child: ChildProcess): void {
  child.unref();
  child.channel?.unref();
  const { stderr } = child as { stderr: { unref?: () => void } | null };
  stderr?.unref?.();
}
