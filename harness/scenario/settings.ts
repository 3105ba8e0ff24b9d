/** What the process that starts a run tells its workers. */
import type { PlatformProfiles } from "../../simulator/platform/index.ts";
import type { ProjectConfig } from "../config/config.ts";
import type { RigSpec } from "./rig.ts";

export interface WorkerSettings {
  readonly run: string;
  /** Path of the journal every worker appends to; absent when scenarios run under plain Vitest. */
  readonly journal?: string;
  /** Path of the run's account of its test card; absent when scenarios run under plain Vitest. */
  readonly ledger?: string;
  readonly seed: string;
  readonly project: ProjectConfig;
  /** Names, codes and limits of simulated platforms in the place of those built in. */
  readonly profiles?: Partial<PlatformProfiles>;
  /** What stands between scenarios and their link; absent but in tests of the bench itself. */
  readonly rig?: RigSpec;
}

declare module "vitest" {
  interface ProvidedContext {
    jpkiBench: WorkerSettings;
  }
}

/** What holds when scenario files run under plain Vitest, without the command line around them. */
export const PLAIN_SETTINGS: WorkerSettings = {
  run: "plain",
  seed: "plain",
  project: { reader: { driver: "simulated" } },
};
