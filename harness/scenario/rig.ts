/**
 * A rig stands between the scenarios of a worker and their link. It may let happen there what happens
 * in a lab: a card is taken away, a service is killed, a cable is pulled. A scenario knows nothing of
 * it. The product has none; a test names the module that makes one.
 */
import type { ActuatorParts } from "../actuator/open.ts";
import type { ScenarioLog } from "./scenario-log.ts";
import type { Station } from "./stations/station.ts";

export interface Rig {
  /** The station scenarios get in the place of this one. */
  around(station: Station): Station;
  /** What a configured actuator is looked for among, instead of this machine's devices. */
  readonly actuatorParts?: ActuatorParts;
  /**
   * Told before an attempt at a scenario, when everything that was broken has to be whole again.
   *
   * @returns what is to be called when the attempt is over
   */
  begin(scenario: string, log: ScenarioLog): Promise<() => void>;
}

export interface RigSpec {
  /** URL of the module; its default export is a `RigMaker`. */
  readonly module: string;
  /** Handed to the module as it is; must survive JSON. */
  readonly plan: unknown;
}

export type RigMaker = (plan: unknown) => Rig;

/** Loads a rig; undefined where none is named. */
export async function rigOf(spec: RigSpec | undefined): Promise<Rig | undefined> {
  if (spec === undefined) return undefined;
  const { default: make } = (await import(spec.module)) as { default: RigMaker };
  return make(spec.plan);
}
