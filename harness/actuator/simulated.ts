/** The simulation's own hand: it acts on a simulated reader in this process. */
import type { InProcessReader, VirtualCard } from "../../simulator/reader/index.ts";
import { BenchError } from "../errors.ts";
import { ACTS, type Act, type ActuatorDriver } from "./actuator.ts";

/**
 * @param slot the reader
 * @param card what is put on it; the card that lies there now by default
 */
export function simulatedActuator(slot: InProcessReader, card?: VirtualCard): ActuatorDriver {
  let inHand = card;
  const acts: Readonly<Record<Act, () => void>> = {
    present: () => {
      if (slot.present) return;
      if (inHand === undefined) throw new BenchError("ACTUATOR_FAILED", "there is no card at hand");
      slot.insert(inHand);
    },
    remove: () => {
      inHand = slot.remove() ?? inHand;
    },
    "cut-power": () => slot.setOutage("readerUnavailable"),
    "restore-power": () => slot.setOutage(undefined),
  };
  return {
    info: { driver: "simulated", name: slot.name },
    can: new Set(ACTS),
    perform: async (act) => {
      acts[act]();
      return "simulated";
    },
    close: async () => undefined,
  };
}
