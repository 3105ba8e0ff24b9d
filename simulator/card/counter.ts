/**
 * What happens to a card at the counter of a municipality (市区町村窓口), with equipment no client
 * has. None of it is a card command: a card comes in and a changed card goes out (card-facts 3, 8).
 */
import { SimulatorError } from "../errors.ts";
import { equal } from "../iso7816/index.ts";
import { COMMON, COMMON_AID } from "./applets/common.ts";
import { APPLETS } from "./applets/index.ts";
import { JPKI, JPKI_AID } from "./applets/jpki.ts";
import { JUKI, JUKI_AID } from "./applets/juki.ts";
import { TEXT, TEXT_AID } from "./applets/text.ts";
import { checkSpec } from "./check-spec.ts";
import { findFile, withFile } from "./file-system.ts";
import type { FileImage, PinFile } from "./files.ts";
import type { ApplicationImage, ApplicationName, CardImage } from "./image.ts";
import { obeys } from "./pin-rules.ts";
import { withQuirkyFiles } from "./quirky-files.ts";
import type { CardPins, CardSpec } from "./spec.ts";
import { textBytes } from "./tlv-records.ts";

/** The PINs a counter can set anew. */
export type HolderPin = "auth" | "sign" | "text" | "juki" | "common";

const PLACES: Readonly<Record<HolderPin, { readonly aid: Uint8Array; readonly id: number }>> = {
  auth: { aid: JPKI_AID, id: JPKI.authPin },
  sign: { aid: JPKI_AID, id: JPKI.signPin },
  text: { aid: TEXT_AID, id: TEXT.pin },
  juki: { aid: JUKI_AID, id: JUKI.pin },
  common: { aid: COMMON_AID, id: COMMON.pin },
};

/**
 * Restores the tries of a PIN and, when `value` is given, sets it anew.
 *
 * @throws SimulatorError CARD_COUNTER_REFUSED when the card has no such PIN, when nobody ever set it
 *   and no value is given, or when the value breaks the rule of that PIN
 */
export function unblockPin(image: CardImage, pin: HolderPin, value?: string): CardImage {
  const { aid } = PLACES[pin];
  const file = pinFile(image, pin);
  if (file === undefined) throw refusal(`the card has no ${pin} PIN`);
  if (value === undefined && file.value.length === 0) {
    throw refusal(`nobody has set the ${pin} PIN yet, so it needs a value`);
  }
  const fresh = value === undefined ? file.value : textBytes(value);
  if (!obeys(file.rule, fresh)) throw refusal(`that is no value for the ${pin} PIN`);
  return withFile(image, aid, { ...file, value: fresh, triesLeft: file.tries });
}

/** The PINs of the holder as they are at present; one that nobody has set is absent. */
export function holderPins(image: CardImage): Partial<CardPins> {
  return Object.fromEntries(
    (["auth", "sign", "text", "juki"] as const).flatMap((pin) => {
      const value = new TextDecoder().decode(pinFile(image, pin)?.value);
      return value === "" ? [] : [[pin, value]];
    }),
  );
}

/** The tries left of each PIN the card has, 0 when it is blocked. */
export function holderTries(image: CardImage): Partial<Record<HolderPin, number>> {
  return Object.fromEntries(
    (["auth", "sign", "text", "juki", "common"] as const).flatMap((pin) => {
      const file = pinFile(image, pin);
      return file === undefined ? [] : [[pin, file.triesLeft]];
    }),
  );
}

/**
 * The card as if wrong PINs had been presented to it, without anybody presenting them.
 *
 * @param left 0, blocked, up to the full count
 * @throws SimulatorError CARD_COUNTER_REFUSED when the card has no such PIN, or never so many tries
 */
export function withTriesLeft(image: CardImage, pin: HolderPin, left: number): CardImage {
  const file = pinFile(image, pin);
  if (file === undefined) throw refusal(`the card has no ${pin} PIN`);
  if (!Number.isInteger(left) || left < 0 || left > file.tries) {
    throw refusal(`the ${pin} PIN has 0 to ${file.tries} tries, not ${left}`);
  }
  return withFile(image, PLACES[pin].aid, { ...file, triesLeft: left });
}

function pinFile(image: CardImage, pin: HolderPin): PinFile | undefined {
  const { aid, id } = PLACES[pin];
  const application = image.applications.find((ap) => equal(ap.aid, aid));
  const file = findFile(application, id);
  return file?.kind === "pin" ? file : undefined;
}

/**
 * 券面記載事項の変更: writes name, address and the rest of `spec` into the 券面 applications. The
 * holder's PINs stay as they are; 照合番号 follow the new data. Certificates are not touched, so the
 * 署名用 certificate goes on naming the old address until it is replaced.
 *
 * @throws SimulatorError CARD_IMAGE_INVALID for a specification that no card can be made from
 */
export function rewriteFace(image: CardImage, spec: CardSpec): CardImage {
  return rewrite(image, spec, ["text", "visual"]);
}

/**
 * Puts the certificates and keys of `spec` in the place of those on the card; without a `sign` there
 * is none afterwards. PINs stay as they are, except one that nobody had set.
 *
 * @throws SimulatorError CARD_IMAGE_INVALID for a specification that no card can be made from
 */
export function rewriteCertificates(image: CardImage, spec: CardSpec): CardImage {
  return rewrite(image, spec, ["jpki"]);
}

function rewrite(image: CardImage, spec: CardSpec, names: readonly ApplicationName[]): CardImage {
  checkSpec(spec);
  const fresh = APPLETS.filter(({ name }) => names.includes(name)).flatMap((applet) =>
    applet.personalise(spec),
  );
  const applications = image.applications.map((ap) => {
    const model = fresh.find(({ aid }) => equal(aid, ap.aid));
    if (model === undefined) return ap;
    const files = model.files.map((file) => kept(ap, file));
    return withQuirkyFiles({ ...ap, files }, image.quirks);
  });
  return { ...image, applications };
}

/** The file as written anew, but with the PIN and the count that the holder has made his own. */
function kept(ap: ApplicationImage, file: FileImage): FileImage {
  const old = findFile(ap, file.id);
  if (file.kind !== "pin" || old?.kind !== "pin" || old.value.length === 0) return file;
  return file.changeable ? old : { ...file, triesLeft: old.triesLeft };
}

function refusal(message: string): SimulatorError {
  return new SimulatorError("CARD_COUNTER_REFUSED", message);
}
