/**
 * Saving a PIN, and with it the counter of its twin: 照合番号A and B exist in both 券面 applications.
 *
 * UNVERIFIED: whether the twins count together. By default each counts alone (card-facts section 3).
 */
import { equal } from "../iso7816/index.ts";
import { TEXT, TEXT_AID } from "./applets/text.ts";
import { VISUAL, VISUAL_AID } from "./applets/visual.ts";
import type { CardContext } from "./context.ts";
import { currentApplication, findFile, withFile } from "./file-system.ts";
import type { PinFile } from "./files.ts";
import type { CardImage } from "./image.ts";

interface Place {
  readonly aid: Uint8Array;
  readonly id: number;
}

const TWINS: readonly (readonly [Place, Place])[] = [
  [
    { aid: TEXT_AID, id: TEXT.codeA },
    { aid: VISUAL_AID, id: VISUAL.codeA },
  ],
  [
    { aid: TEXT_AID, id: TEXT.codeB },
    { aid: VISUAL_AID, id: VISUAL.codeB },
  ],
];

/** Saves a PIN of the selected application durably. */
export function savePin(card: CardContext, pin: PinFile): void {
  const ap = currentApplication(card);
  if (ap === undefined) return;
  const image = withFile(card.image, ap.aid, pin);
  card.commit(
    card.has("codeCountersShared") ? withTwin(image, { aid: ap.aid, id: pin.id }, pin) : image,
  );
}

function withTwin(image: CardImage, place: Place, { triesLeft }: PinFile): CardImage {
  const twin = twinOf(place);
  const ap = image.applications.find(({ aid }) => twin !== undefined && equal(aid, twin.aid));
  const file = twin === undefined ? undefined : findFile(ap, twin.id);
  if (ap === undefined || file?.kind !== "pin") return image;
  return withFile(image, ap.aid, { ...file, triesLeft });
}

function twinOf({ aid, id }: Place): Place | undefined {
  const same = (place: Place) => equal(place.aid, aid) && place.id === id;
  return TWINS.flatMap(([text, visual]) => {
    if (same(text)) return [visual];
    return same(visual) ? [text] : [];
  })[0];
}
