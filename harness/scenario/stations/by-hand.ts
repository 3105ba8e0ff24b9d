/** A station whose card only a person can put down or take away. */
import { BenchError } from "../../errors.ts";
import type { Station } from "./station.ts";

/** @param parts the reader that the card lies on, and the readers beside it */
export function byHand(parts: Pick<Station, "insert" | "directory">): Station {
  const onlyAPerson = () => {
    throw new BenchError("SCENARIO_NEEDS", "only a person can take this card away");
  };
  return {
    ...parts,
    remove: async () => onlyAPerson(),
    removeDuring: onlyAPerson,
    restore: async () => {},
    close: async () => {},
  };
}
