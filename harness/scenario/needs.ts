/** What a scenario asked for and its project does not have. */
import { BenchError } from "../errors.ts";
import type { Need } from "./meta.ts";

/** SCENARIO_NEEDS, with what would have kept the scenario from running here. */
export function needs(need: Need, message: string): BenchError {
  return new BenchError("SCENARIO_NEEDS", `${message} (needs: ["${need}"])`);
}
