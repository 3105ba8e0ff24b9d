/**
 * What is done to one card of a world from outside: shown as text, taken away and brought back as a
 * whole, and its PINs restored.
 */
import {
  type CardImage,
  exportCard,
  type HolderPin,
  JPKI,
  JPKI_AID,
  parseCard,
  serialiseCard,
} from "../card/index.ts";
import { SimulatorError } from "../errors.ts";
import { equal } from "../iso7816/index.ts";
import type { LabCard } from "./card-box.ts";
import { cardRow } from "./control-rows.ts";
import type { LabCounter } from "./counter.ts";
import type { CardRow } from "./rows.ts";

/** Everything but `importCard` throws SimulatorError CARD_UNKNOWN for an id no card has. */
export interface CardDesk {
  /** One fact a line, secrets and personal data as digests. */
  exportCard(id: string): Promise<string>;
  /** Everything, keys and PINs included: what `importCard` takes. */
  cardImage(id: string): Promise<string>;
  /**
   * Puts a card back into the state it had when `image` was taken. The register and the CAs stay as
   * they are, so a card from before a renewal comes back with its old certificates.
   *
   * @throws SimulatorError CARD_IMAGE_INVALID, or CARD_UNKNOWN for an image of no card of this world
   */
  importCard(image: string): Promise<CardRow>;
  /**
   * Restores the tries of a PIN, and sets it anew when `value` is given.
   *
   * @throws SimulatorError CARD_COUNTER_REFUSED
   */
  unblockPin(id: string, pin: HolderPin, value?: string): Promise<CardRow>;
}

/** What the desk needs of a lab. */
export interface LabWithCards {
  readonly cards: readonly LabCard[];
  readonly smartphones: readonly LabCard[];
  readonly counter: LabCounter;
}

export function cardDesk(lab: LabWithCards): CardDesk {
  const all = () => [...lab.cards, ...lab.smartphones];
  const find = (id: string): LabCard => {
    const found = all().find((card) => card.id === id);
    if (found !== undefined) return found;
    throw new SimulatorError("CARD_UNKNOWN", `there is no card ${id}`);
  };
  return {
    exportCard: async (id) => exportCard(find(id).card.image),
    cardImage: async (id) => serialiseCard(find(id).card.image),
    importCard: async (text) => {
      const image = parseCard(text);
      const place = all().find(({ card }) => isSameToken(card.image, image));
      if (place === undefined) {
        throw new SimulatorError("CARD_UNKNOWN", "the image is of no card of this world");
      }
      place.card.alter(() => image);
      return cardRow(find(place.id));
    },
    unblockPin: async (id, pin, value) => {
      lab.counter.unblock(find(id), pin, value);
      return cardRow(find(id));
    },
  };
}

/** A card is told from all others by its token information, which nothing ever changes. */
function isSameToken(one: CardImage, other: CardImage): boolean {
  const [a, b] = [tokenInformation(one), tokenInformation(other)];
  return a !== undefined && b !== undefined && equal(a, b);
}

function tokenInformation(image: CardImage): Uint8Array | undefined {
  const file = image.applications
    .find(({ aid }) => equal(aid, JPKI_AID))
    ?.files.find(({ id }) => id === JPKI.tokenInformation);
  return file?.kind === "transparent" ? file.content : undefined;
}
