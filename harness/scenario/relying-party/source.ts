/** Whose systems a project has tested: the built-in ones, or those a vendor's driver makes. */
import type { ProjectConfig } from "../../config/config.ts";
import { SYSTEM_NAMES, type SystemName, type SystemsDriver } from "../../relying-party/driver.ts";
import { loadDriver } from "../../relying-party/load-driver.ts";

export type SystemsSource =
  | "built-in"
  | {
      readonly driver: SystemsDriver;
      readonly url?: string | undefined;
      /** Milliseconds for one errand. */
      readonly deadline: number;
    };

const DEADLINE = 10_000;

/**
 * A system of which the address alone is known is there for scenarios of its vendor's own.
 *
 * @throws BenchError RELYING_PARTY_INVALID
 */
export async function systemsSourceOf({ relyingParty }: ProjectConfig): Promise<SystemsSource> {
  if (relyingParty === undefined || relyingParty === "built-in") return "built-in";
  const { driver: path, url, deadline = DEADLINE } = relyingParty;
  return { driver: path === undefined ? {} : await loadDriver(path), url, deadline };
}

/** The systems a scenario can ask for. @throws BenchError RELYING_PARTY_INVALID */
export async function systemsOf(project: ProjectConfig): Promise<readonly SystemName[]> {
  const source = await systemsSourceOf(project);
  if (source === "built-in") return SYSTEM_NAMES;
  return SYSTEM_NAMES.filter((name) => source.driver[name] !== undefined);
}
