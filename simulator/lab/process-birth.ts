/**
 * Which process a process id meant. Numbers are given again, soon after a restart of the machine or of
 * a container, so that a lock whose holder was killed could look held by a stranger. Linux tells when a
 * process started (proc(5): field 22 of `stat`, in ticks since the machine did, and `boot_id`).
 */
import { readFileSync } from "node:fs";

/** Fields behind the name of the program, which may hold anything, begin with the third. */
const STARTED = 22 - 3;

/** The same for as long as the process lives, and never again; undefined where the system is silent. */
export function processBirth(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return `${boot}/${fields[STARTED]}`;
  } catch {
    return undefined;
  }
}
