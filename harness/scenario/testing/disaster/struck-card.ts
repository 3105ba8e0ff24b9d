/** A card that something happens to while it works on a command. */
import type { VirtualCard } from "../../../../simulator/reader/index.ts";

/**
 * @param arrives told of each command that reaches the card; true when the card never answers it,
 * because of what happens now
 */
export function struckCard(card: VirtualCard, arrives: () => boolean): VirtualCard {
  return {
    get atr() {
      return card.atr;
    },
    powerOn: () => card.powerOn(),
    powerOff: () => card.powerOff(),
    reset: () => card.reset(),
    transmit: (command) => (arrives() ? new Promise(() => undefined) : card.transmit(command)),
  };
}
