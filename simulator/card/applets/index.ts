/** The applications of the card, in the order in which SELECT by partial name finds them. */
import type { ApplicationImage, ApplicationName } from "../image.ts";
import type { Applet } from "./applet.ts";
import { jpki } from "./jpki.ts";
import { text } from "./text.ts";

export type { Applet, PinChange } from "./applet.ts";

export const APPLETS: readonly Applet[] = [jpki, text];

const BY_NAME: ReadonlyMap<ApplicationName, Applet> = new Map(APPLETS.map((a) => [a.name, a]));

/** How applications of this kind behave; undefined in the state after power-on. */
export function appletOf(ap: ApplicationImage | undefined): Applet | undefined {
  return ap === undefined ? undefined : BY_NAME.get(ap.name);
}
