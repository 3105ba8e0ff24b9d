/** Which PIN a VERIFY is about, by what was selected before it (card-facts section 2). */
import { SW, toHex } from "../../simulator/iso7816/index.ts";
import { JPKI_AP, TEXT_AP } from "../card/applications.ts";
import { AUTH_PIN, SIGN_PASSWORD, TEXT_PIN } from "../card/pin-table.ts";
import { readCommand } from "../reader/trace/read-command.ts";
import type { CardView } from "../reader/trace/view.ts";
import type { GuardedPin } from "./budget.ts";

/** By application and file; the same file number means another PIN in another application. */
const PINS: ReadonlyMap<string, GuardedPin> = new Map([
  [placeOf(toHex(JPKI_AP.aid), AUTH_PIN.id), "auth"],
  [placeOf(toHex(JPKI_AP.aid), SIGN_PASSWORD.id), "sign"],
  [placeOf(toHex(TEXT_AP.aid), TEXT_PIN.id), "text"],
]);

/** @param view what is selected before the command */
export function whichPin(command: Uint8Array, view: CardView): GuardedPin {
  // A short identifier in P2 selects the file in passing.
  const { application, file } = readCommand(command, view).after(SW.OK);
  return PINS.get(placeOf(application?.aid, file)) ?? "other";
}

function placeOf(aid: string | undefined, file: number | undefined): string {
  return `${aid}/${file}`;
}
