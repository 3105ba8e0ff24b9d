/** A simulated machine in this very process, with one reader until a scenario plugs in others. */
import { type InProcessReader, SimulatedPcsc } from "../../../simulator/reader/index.ts";
import { BenchError } from "../../errors.ts";
import { simulatedDirectory } from "../../reader/index.ts";
import type { Station } from "./station.ts";
import { WatchedCard } from "./watched-card.ts";

const READER = "Simulated Reader 00 00";

export function simulatedStation(): Station {
  let pcsc = new SimulatedPcsc();
  let slot: InProcessReader = pcsc.plug(READER);
  let watched: WatchedCard | undefined;
  const remove = () => void slot.remove();
  return {
    insert: async (card) => {
      if (card === undefined) throw new BenchError("SCENARIO_NEEDS", "no simulated card to insert");
      remove();
      watched = new WatchedCard(card.card, remove);
      slot.insert(watched);
      return simulatedDirectory(pcsc).reader(pcsc.nameOf(slot));
    },
    remove: async () => remove(),
    removeDuring: (matches) => watched?.takeDuring(matches),
    get directory() {
      return simulatedDirectory(pcsc);
    },
    get pcsc() {
      return pcsc;
    },
    restore: async () => {
      remove();
      pcsc = new SimulatedPcsc();
      slot = pcsc.plug(READER);
    },
    close: async () => remove(),
  };
}
