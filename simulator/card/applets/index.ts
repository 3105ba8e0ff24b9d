/** The applications of the card, in the order in which SELECT by partial name finds them. */
import type { ApplicationImage, ApplicationName } from "../image.ts";
import type { Applet } from "./applet.ts";
import { cardAp } from "./card-ap.ts";
import { common } from "./common.ts";
import { jpki } from "./jpki.ts";
import { juki } from "./juki.ts";
import { text } from "./text.ts";
import { visual } from "./visual.ts";

export type { Applet, PinChange } from "./applet.ts";

export const APPLETS: readonly Applet[] = [jpki, text, visual, juki, common, cardAp];

const BY_NAME: ReadonlyMap<ApplicationName, Applet> = new Map(APPLETS.map((a) => [a.name, a]));

/** How applications of this kind behave; undefined in the state after power-on. */
export function appletOf(ap: ApplicationImage | undefined): Applet | undefined {
  return ap === undefined ? undefined : BY_NAME.get(ap.name);
}
