/** What is done to one card of a world: found by its id, brought back as a whole, made peculiar. */
import { type CardImage, JPKI, JPKI_AID, parseCard } from "../card/index.ts";
import { SimulatorError } from "../errors.ts";
import { equal } from "../iso7816/index.ts";
import type { LabCard } from "./card-box.ts";
import { allCards } from "./control-rows.ts";

type LabWithCards = Parameters<typeof allCards>[0];

/** @throws SimulatorError CARD_UNKNOWN */
export function findCard(lab: LabWithCards, id: string): LabCard {
  const found = allCards(lab).find((card) => card.id === id);
  if (found !== undefined) return found;
  throw new SimulatorError("CARD_UNKNOWN", `there is no card ${id}`);
}

/**
 * Puts a card back into the state it had when `text` was taken. The register and the CAs stay as they
 * are, so a card from before a renewal comes back with its old certificates.
 *
 * @returns its id
 * @throws SimulatorError CARD_IMAGE_INVALID, or CARD_UNKNOWN for an image of no card of this world
 */
export function importCard(lab: LabWithCards, text: string): string {
  const image = parseCard(text);
  const place = allCards(lab).find(({ card }) => isSameToken(card.image, image));
  if (place === undefined) {
    throw new SimulatorError("CARD_UNKNOWN", "the image is of no card of this world");
  }
  place.card.alter(() => image);
  return place.id;
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
