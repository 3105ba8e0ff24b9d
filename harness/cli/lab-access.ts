/**
 * How commands reach a world, which is by the control API and no other way: of the lab that runs on a
 * state directory, or of one that is opened on it for the moment.
 */
import { resolve } from "node:path";
import { SimulatorError } from "../../simulator/errors.ts";
import { Lab, type LabClient, labClient, StateDirectory } from "../../simulator/lab/index.ts";
import { cacheFolder } from "../config/folders.ts";

/** Where a lab keeps its world unless told otherwise, from the folder one stands in. */
export const DEFAULT_STATE = ".jpki-bench/lab";

export interface LabPlace {
  readonly state: string;
  /** Address of a running lab's console, instead of a state directory. */
  readonly lab?: string;
}

/**
 * Lets `action` at the world, running or not.
 *
 * @throws SimulatorError LAB_NOT_RUNNING when there is neither a lab nor a world
 */
export async function withLab<T>(
  place: LabPlace,
  action: (lab: LabClient) => Promise<T>,
): Promise<T> {
  const running = runningLab(place);
  if (running !== undefined) return action(running);
  const path = resolve(place.state);
  if (new StateDirectory(path).read("world.json") === undefined) {
    throw new SimulatorError(
      "LAB_NOT_RUNNING",
      `no lab runs on ${path}, and no world is kept there`,
    );
  }
  const lab = await Lab.open({ seed: "unused", keys: cacheFolder("keys"), state: path });
  try {
    return await action(labClient(lab.addresses.console));
  } finally {
    await lab.close();
  }
}

/**
 * Lets `action` at a lab that runs.
 *
 * @throws SimulatorError LAB_NOT_RUNNING when there is none
 */
export async function withRunningLab<T>(
  place: LabPlace,
  action: (lab: LabClient) => Promise<T>,
): Promise<T> {
  const running = runningLab(place);
  if (running !== undefined) return action(running);
  throw new SimulatorError("LAB_NOT_RUNNING", `no lab runs on ${resolve(place.state)}`);
}

function runningLab({ lab, state }: LabPlace): LabClient | undefined {
  if (lab !== undefined) return labClient(lab);
  const running = new StateDirectory(resolve(state)).runningLab();
  return running?.control === undefined ? undefined : labClient(running.control);
}
