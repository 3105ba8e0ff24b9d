/**
 * What カードAP搭載システム does to a card. An application that is only half loaded is on the card and
 * locked, so that it answers 6283 to its selection and refuses everything until it is finished.
 *
 * UNVERIFIED: the commands, and that a real card locks what is not finished. GlobalPlatform cards know
 * such a state between loading and installing; the loading protocol of this card is not public
 * (card-facts section 6.4).
 */
import {
  type CardImage,
  deleteCardAp,
  type FreeArea,
  loadCardAp,
  lockApplication,
} from "../../card/index.ts";
import { equal, fromHex } from "../../iso7816/index.ts";
import type { CardAtTerminal } from "./card-directory.ts";
import type { Application } from "./operators.ts";

export function isOnCard({ image }: CardAtTerminal, aid: string): boolean {
  const name = fromHex(aid);
  return image.applications.some((ap) => equal(ap.aid, name));
}

/** Puts an application on the card, locked. */
export function putOnCard(card: CardAtTerminal, application: Application, area: FreeArea): void {
  const aid = fromHex(application.aid);
  const files = application.files.map((file) => ({ ...file, content: fromHex(file.content) }));
  const { pin } = application;
  const spec = { aid, area, files, ...(pin === undefined ? {} : { pin }) };
  card.alter((image) => lockApplication(loadCardAp(image, spec), aid));
}

export function makeUsable(card: CardAtTerminal, aid: string): void {
  card.alter((image) => lockApplication(image, fromHex(aid), false));
}

export function takeOffCard(card: CardAtTerminal, aid: string): void {
  card.alter((image) => deleteCardAp(image, fromHex(aid)));
}

/** Bytes in use in one area, by everybody. */
export function bytesUsed({ image }: CardAtTerminal, area: FreeArea, overhead: number): number {
  return image.applications
    .filter((ap) => ap.area === area)
    .reduce((sum, ap) => sum + overhead + contentOf(ap), 0);
}

function contentOf({ files }: CardImage["applications"][number]): number {
  return files.reduce(
    (sum, file) => sum + (file.kind === "transparent" ? file.content.length : 0),
    0,
  );
}
