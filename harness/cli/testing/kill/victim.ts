/**
 * A process that is there to be killed: by SIGKILL, which no program can catch or put off, so that
 * what it had not written down is gone as it would be with the power.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

export class Victim {
  /** Settles when the process is gone and all it said has been read. */
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  #complaint = "";

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.gone = once(child, "close").then(() => undefined);
    child.stderr?.on("data", (bytes) => {
      this.#complaint += bytes;
    });
  }

  /** @param words for Node.js: options, a script and what it is told */
  static start(words: readonly string[], env: NodeJS.ProcessEnv = {}): Victim {
    const child = spawn(process.execPath, [...words], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
    return new Victim(child);
  }

  /** What it said on stderr. */
  get complaint(): string {
    return this.#complaint.trim();
  }

  /** The first line on stdout. @throws Error when the process ends without one */
  firstLine(): Promise<string> {
    const { stdout } = this.#child;
    if (stdout === null) throw new Error("the output of the victim is not piped");
    return this.alive(once(createInterface(stdout), "line").then(([line]) => String(line)));
  }

  /** What `wanted` gives. @throws Error when the process ends before, with what it complained of */
  async alive<T>(wanted: Promise<T>): Promise<T> {
    const ended = this.gone.then(() => {
      throw new Error(`the process ended by itself: ${this.complaint || "it said nothing"}`);
    });
    return Promise.race([wanted, ended]);
  }

  /** Kills it at once and waits until it is gone. */
  async kill(): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill("SIGKILL");
    await this.gone;
  }
}
