/**
 * Two serial devices that are each other's far end, by socat: what is written to one is read from the
 * other, through the terminal layer of the system's kernel.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../../testing/until.ts";

const PROGRAM = "socat";

export class PtyPair {
  /** Where the emulated reader lies. */
  readonly far: string;
  /** Where a host looks for it. */
  readonly near: string;
  readonly #folder: string;
  #socat: ChildProcess;

  private constructor(folder: string) {
    this.#folder = folder;
    this.far = join(folder, "far");
    this.near = join(folder, "near");
    this.#socat = this.#join();
  }

  static async open(): Promise<PtyPair> {
    const pair = new PtyPair(await mkdtemp(join(tmpdir(), "jpki-pty-")));
    await pair.#joined();
    return pair;
  }

  /** Keeps a file beside the devices, and gives its path. */
  keep(name: string, lines: readonly string[]): string {
    const path = join(this.#folder, name);
    writeFileSync(path, `${lines.join("\n")}\n`);
    return path;
  }

  /** As when the cable is pulled: both devices are gone. */
  async cut(): Promise<void> {
    if (this.#socat.exitCode !== null || this.#socat.signalCode !== null) return;
    const ended = once(this.#socat, "exit");
    this.#socat.kill();
    await ended;
  }

  /** Plugs the cable in again: two new devices under the same names. */
  async mend(): Promise<void> {
    await this.cut();
    this.#socat = this.#join();
    await this.#joined();
  }

  #join(): ChildProcess {
    const end = (link: string) => `pty,raw,echo=0,link=${link}`;
    return spawn(PROGRAM, [end(this.far), end(this.near)], { stdio: "ignore" });
  }

  async #joined(): Promise<void> {
    await until(() => existsSync(this.far) && existsSync(this.near), "socat's pair of ptys");
  }

  async close(): Promise<void> {
    await this.cut();
    await rm(this.#folder, { recursive: true, force: true });
  }
}
