/**
 * The contact plate of a card: the same card as without contact, behind another answer to reset
 * (card-facts 1.1, 1.2).
 */
import { OBJECTS, type SimulatedCard } from "../card/index.ts";
import { SimulatorError } from "../errors.ts";
import { concat } from "../iso7816/index.ts";
import type { VirtualCard } from "../reader/index.ts";

/** Direct convention: the byte before what GET DATA 5F51 tells (card-facts 2.7). */
const TS = Uint8Array.of(0x3b);

/**
 * The card as a contact reader sees it. It is no copy: tries that are spent here are spent.
 *
 * @throws SimulatorError CARD_IMAGE_INVALID for what has no contacts, such as a telephone
 */
export function byContact(card: SimulatedCard): VirtualCard {
  const told = card.image.objects.find(({ tag }) => tag === OBJECTS.atr);
  if (told === undefined) {
    throw new SimulatorError("CARD_IMAGE_INVALID", `${card.image.profile} has no contacts`);
  }
  const atr = concat(TS, told.value);
  return {
    get atr() {
      return atr.slice();
    },
    powerOn: () => {
      card.powerOn();
      return atr.slice();
    },
    reset: () => {
      card.reset();
      return atr.slice();
    },
    powerOff: () => card.powerOff(),
    transmit: (command) => card.transmit(command),
  };
}
