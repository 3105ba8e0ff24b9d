/**
 * What the operators of services do with the free area of a card (空き領域), and the issuer with any
 * application: loading, deleting, locking. A card comes in and a changed card goes out.
 *
 * UNVERIFIED: the commands that do this on a real card are not public (card-facts 6.4).
 */
import { SimulatorError } from "../errors.ts";
import { equal, toHex } from "../iso7816/index.ts";
import { cardApplication } from "./applets/card-ap.ts";
import type { ApplicationImage, CardImage, FreeArea } from "./image.ts";
import type { CardApSpec } from "./spec.ts";

/** @throws SimulatorError CARD_IMAGE_INVALID when the name is taken or the application impossible */
export function loadCardAp(image: CardImage, spec: CardApSpec): CardImage {
  if (image.profile !== "card") throw invalid("a telephone has no free area");
  if (find(image, spec.aid) !== undefined) throw invalid(`${toHex(spec.aid)} is on the card`);
  return { ...image, applications: [...image.applications, cardApplication(spec)] };
}

/** @throws SimulatorError CARD_IMAGE_INVALID when no free-area application has that name */
export function deleteCardAp(image: CardImage, aid: Uint8Array): CardImage {
  if (find(image, aid)?.name !== "card-ap") throw invalid(`no card application ${toHex(aid)}`);
  return { ...image, applications: image.applications.filter((ap) => !equal(ap.aid, aid)) };
}

/**
 * 転出: deletes what lies in one part of the free area. On moving out that is 地域住民向け領域
 * (`local`); 拡張利用領域 (`extended`) is kept.
 */
export function clearFreeArea(image: CardImage, area: FreeArea = "local"): CardImage {
  return { ...image, applications: image.applications.filter((ap) => ap.area !== area) };
}

/**
 * Locks or unlocks an application: a locked one is selected with 6283 and then refuses everything.
 *
 * @throws SimulatorError CARD_IMAGE_INVALID when it is not on the card
 */
export function lockApplication(image: CardImage, aid: Uint8Array, locked = true): CardImage {
  const target = find(image, aid);
  if (target === undefined) throw invalid(`no application ${toHex(aid)}`);
  const applications = image.applications.map((ap) => (ap === target ? { ...ap, locked } : ap));
  return { ...image, applications };
}

function find(image: CardImage, aid: Uint8Array): ApplicationImage | undefined {
  return image.applications.find((ap) => equal(ap.aid, aid));
}

function invalid(message: string): SimulatorError {
  return new SimulatorError("CARD_IMAGE_INVALID", message);
}
