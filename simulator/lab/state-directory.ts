/**
 * Where a world lives between runs: one folder that only its owner may read. Files are replaced as a
 * whole, so a reader, or a power cut, finds the old text or the new one. One lab at a time uses it.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { replaceFile } from "../durable-file.ts";
import { SimulatorError } from "../errors.ts";
import { processBirth } from "./process-birth.ts";

const LOCK = "lab.json";

/** What a running lab tells others about itself, in the lock file. */
export interface RunningLab {
  readonly pid: number;
  /** Base URL of its control API; absent while it starts. */
  readonly control?: string;
}

interface Lock extends RunningLab {
  /** Of the process, where the system tells; absent in locks of earlier versions. */
  readonly born?: string | undefined;
}

export class StateDirectory {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(path, { recursive: true, mode: 0o700 });
  }

  file(...names: readonly string[]): string {
    return join(this.path, ...names);
  }

  /** Names in a sub-folder, which is made when it is not there. */
  folder(name: string): string[] {
    mkdirSync(this.file(name), { recursive: true, mode: 0o700 });
    return readdirSync(this.file(name)).sort();
  }

  /** Takes away a sub-folder with everything in it. */
  clear(name: string): void {
    rmSync(this.file(name), { recursive: true, force: true });
  }

  /** Text of a file, or undefined when there is none. */
  read(name: string): string | undefined {
    try {
      return readFileSync(this.file(name), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw invalid(this.file(name), error);
    }
  }

  /** @throws SimulatorError STATE_INVALID for a file that is not JSON */
  readJson(name: string): unknown {
    const text = this.read(name);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw invalid(this.file(name), cause);
    }
  }

  /** Durable when it returns. */
  write(name: string, text: string): void {
    replaceFile(this.file(name), text);
  }

  /**
   * Takes the folder for this process.
   *
   * @throws SimulatorError STATE_IN_USE while another live process holds it
   */
  lock(): void {
    const holder = this.runningLab();
    if (holder !== undefined && holder.pid !== process.pid) {
      throw new SimulatorError(
        "STATE_IN_USE",
        `${this.path} is in use by the lab with process id ${holder.pid}`,
      );
    }
    this.announce({ pid: process.pid });
  }

  announce(lab: RunningLab): void {
    const lock: Lock = { ...lab, born: processBirth(lab.pid) };
    this.write(LOCK, JSON.stringify(lock));
  }

  unlock(): void {
    rmSync(this.file(LOCK), { force: true });
  }

  /** The lab that uses this folder now; a lock whose process is gone counts for nothing. */
  runningLab(): RunningLab | undefined {
    const lock = this.readJson(LOCK) as Lock | undefined;
    if (lock === undefined || !isAlive(lock)) return undefined;
    const { born: _born, ...lab } = lock;
    return lab;
  }
}

/** A process id that was given to another process since then is not the holder's any more. */
function isAlive({ pid, born }: Lock): boolean {
  const present = processBirth(pid);
  if (born !== undefined && present !== undefined && born !== present) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // The process is there, but belongs to someone else.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function invalid(path: string, cause: unknown): SimulatorError {
  return new SimulatorError("STATE_INVALID", `${path} cannot be read`, { cause });
}
