/** A simulated reader in this very process. */
import { InProcessReader } from "../../../simulator/reader/index.ts";
import { BenchError } from "../../errors.ts";
import { simulatedReader } from "../../reader/index.ts";
import type { Station } from "./station.ts";

export function simulatedStation(): Station {
  const slot = new InProcessReader();
  return {
    insert: async (card) => {
      if (card === undefined) throw new BenchError("SCENARIO_NEEDS", "no simulated card to insert");
      slot.remove();
      slot.insert(card.card);
      return simulatedReader(slot);
    },
    remove: async () => {
      slot.remove();
    },
    close: async () => {
      slot.remove();
    },
  };
}
