/**
 * How commands reach a world: the lab that runs on a state directory, by its control API; or the
 * directory itself, opened for the moment when nobody has it.
 */
import { resolve } from "node:path";
import { Lab, type LabControl, labControl, StateDirectory } from "../../simulator/lab/index.ts";
import { cacheFolder } from "../config/folders.ts";
import { BenchError } from "../errors.ts";
import { remoteControl } from "./remote-control.ts";

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
 * @throws BenchError LAB_NOT_RUNNING when there is neither a lab nor a world
 */
export async function withLab<T>(
  place: LabPlace,
  action: (control: LabControl) => Promise<T>,
): Promise<T> {
  const running = runningLab(place);
  if (running !== undefined) return action(running);
  const path = resolve(place.state);
  if (new StateDirectory(path).read("world.json") === undefined) {
    throw new BenchError("LAB_NOT_RUNNING", `no lab runs on ${path}, and no world is kept there`);
  }
  const lab = await Lab.open({ seed: "unused", keys: cacheFolder("keys"), state: path });
  try {
    return await action(labControl(lab));
  } finally {
    await lab.close();
  }
}

/**
 * Lets `action` at a lab that runs.
 *
 * @throws BenchError LAB_NOT_RUNNING when there is none
 */
export async function withRunningLab<T>(
  place: LabPlace,
  action: (control: LabControl) => Promise<T>,
): Promise<T> {
  const running = runningLab(place);
  if (running !== undefined) return action(running);
  throw new BenchError("LAB_NOT_RUNNING", `no lab runs on ${resolve(place.state)}`);
}

function runningLab({ lab, state }: LabPlace): LabControl | undefined {
  if (lab !== undefined) return remoteControl(lab);
  const running = new StateDirectory(resolve(state)).runningLab();
  return running?.control === undefined ? undefined : remoteControl(running.control);
}
