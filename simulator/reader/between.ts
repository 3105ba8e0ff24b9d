/** Somebody between a card and its reader. */
import type { VirtualCard } from "./card-slot.ts";

/** The same card but for its answers, which `transmit` gives; it may ask the card itself for them. */
export function between(card: VirtualCard, transmit: VirtualCard["transmit"]): VirtualCard {
  return {
    get atr() {
      return card.atr;
    },
    powerOn: () => card.powerOn(),
    powerOff: () => card.powerOff(),
    reset: () => card.reset(),
    transmit,
  };
}
