/**
 * Host processes between one use and the next: to start one takes a third of a second. One that is
 * kept has no connection to a card, and may have lost the service meanwhile; then another is started.
 */
import { BenchError } from "../../errors.ts";
import type { HostSettings } from "./fork-host.ts";
import { HostProcess } from "./host-process.ts";

const IDLE_MAX = 2;

const idle: { readonly key: string; readonly host: HostProcess }[] = [];

/** What says that it is the kept process which is out of date, and not the reader that is gone. */
const STALE: readonly string[] = ["PCSC_SERVICE_STOPPED", "READER_LOST", "READER_NOT_FOUND"];

/**
 * Gives a host process and the answer to what it is asked first. A new one is asked where a kept one
 * turns out to be out of date. When it fails, the process is ended.
 */
export async function hostFor<T>(
  settings: HostSettings,
  ask: (host: HostProcess) => Promise<T>,
): Promise<{ readonly host: HostProcess; readonly answer: T }> {
  const kept = takeIdle(settings);
  if (kept !== undefined) {
    try {
      return await asked(kept, ask);
    } catch (error) {
      if (!(error instanceof BenchError) || !STALE.includes(error.code)) throw error;
    }
  }
  return asked(new HostProcess(settings), ask);
}

/** Keeps a host process that has no connection any more; the one kept longest makes room. */
export async function giveBack(settings: HostSettings, host: HostProcess): Promise<void> {
  if (!host.alive) return;
  idle.push({ key: keyOf(settings), host });
  if (idle.length > IDLE_MAX) await idle.shift()?.host.kill();
}

async function asked<T>(host: HostProcess, ask: (host: HostProcess) => Promise<T>) {
  try {
    return { host, answer: await ask(host) };
  } catch (error) {
    await host.kill();
    throw error;
  }
}

function takeIdle(settings: HostSettings): HostProcess | undefined {
  const place = idle.findIndex(({ key, host }) => key === keyOf(settings) && host.alive);
  return place < 0 ? undefined : idle.splice(place, 1)[0]?.host;
}

function keyOf({ service = "", binding = "auto" }: HostSettings): string {
  return `${binding} ${service}`;
}
