/** The targets by name. */
import { BenchError } from "../errors.ts";
import type { FuzzTarget } from "./target.ts";

const TARGETS: Readonly<Record<string, () => Promise<FuzzTarget>>> = {
  codec: async () => (await import("./codec/index.ts")).codecTarget,
  card: async () => (await import("./card/index.ts")).cardTarget,
  client: async () => (await import("./client/index.ts")).clientTarget,
  reader: async () => (await import("./reader/index.ts")).readerTarget,
  platform: async () => (await import("./platform/index.ts")).platformTarget,
};

export const TARGET_NAMES: readonly string[] = Object.keys(TARGETS);

/** @throws BenchError CLI_USAGE for another name */
export async function targetNamed(name: string): Promise<FuzzTarget> {
  const load = Object.hasOwn(TARGETS, name) ? TARGETS[name] : undefined;
  if (load !== undefined) return load();
  const known = TARGET_NAMES.join(", ");
  throw new BenchError("CLI_USAGE", `no target is named ${name}; there are ${known}`);
}
