/**
 * What happens to a card at the counter of a municipality (市区町村窓口), with equipment no client
 * has. None of it is a card command: a card comes in and a changed card goes out (card-facts 3, 8).
 */
import { SimulatorError } from "../errors.ts";
import { equal, toHex } from "../iso7816/index.ts";
import { JPKI, JPKI_AID } from "./applets/jpki.ts";
import { TEXT, TEXT_AID } from "./applets/text.ts";
import { withFile } from "./file-system.ts";
import type { PinFile } from "./files.ts";
import type { CardImage } from "./image.ts";
import { obeys } from "./pin-rules.ts";
import { textBytes } from "./tlv-records.ts";

/** The PINs a counter can set anew. */
export type HolderPin = "auth" | "sign" | "text";

const PLACES: Readonly<Record<HolderPin, { readonly aid: Uint8Array; readonly id: number }>> = {
  auth: { aid: JPKI_AID, id: JPKI.authPin },
  sign: { aid: JPKI_AID, id: JPKI.signPin },
  text: { aid: TEXT_AID, id: TEXT.pin },
};

/**
 * Restores the tries of a PIN and, when `value` is given, sets it anew.
 *
 * @throws SimulatorError CARD_IMAGE_INVALID when the card has no such PIN, when nobody ever set it
 *   and no value is given, or when the value breaks the rule of that PIN
 */
export function unblockPin(image: CardImage, pin: HolderPin, value?: string): CardImage {
  const { aid, id } = PLACES[pin];
  const file = pinFile(image, aid, id);
  const fresh = value === undefined ? file.value : textBytes(value);
  if (!obeys(file.rule, fresh)) throw invalid(`that is no value for the ${pin} PIN`);
  return withFile(image, aid, { ...file, value: fresh, triesLeft: file.tries });
}

function pinFile(image: CardImage, aid: Uint8Array, id: number): PinFile {
  const ap = image.applications.find((candidate) => equal(candidate.aid, aid));
  const file = ap?.files.find((candidate) => candidate.id === id);
  if (file?.kind !== "pin") throw invalid(`the card has no PIN ${toHex(aid)}/${id.toString(16)}`);
  return file;
}

function invalid(message: string): SimulatorError {
  return new SimulatorError("CARD_IMAGE_INVALID", message);
}
