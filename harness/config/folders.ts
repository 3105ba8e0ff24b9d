/** Where the bench keeps what it may throw away. */
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * A folder for things that are costly to make and never missed: test keys. `JPKI_BENCH_CACHE` moves
 * it; otherwise it follows the platform's habit.
 */
export function cacheFolder(name: string): string {
  return join(process.env.JPKI_BENCH_CACHE ?? join(platformCache(), "jpki-bench"), name);
}

function platformCache(): string {
  const { LOCALAPPDATA, XDG_CACHE_HOME } = process.env;
  if (process.platform === "win32" && LOCALAPPDATA) return LOCALAPPDATA;
  if (process.platform === "darwin") return join(homedir(), "Library", "Caches");
  return XDG_CACHE_HOME || join(homedir(), ".cache");
}
