/** Personalisation: from what the issuer decided to a card in the state in which it is handed over. */
import { APPLETS } from "./applets/index.ts";
import { jpki } from "./applets/jpki.ts";
import { baseObjects } from "./base-objects.ts";
import { checkSpec } from "./check-spec.ts";
import type { CardImage } from "./image.ts";
import { withQuirks } from "./quirky-files.ts";
import { sha256 } from "./rsa.ts";
import type { CardSpec } from "./spec.ts";
import { textBytes } from "./tlv-records.ts";

/**
 * Makes the card of one holder. The same specification always makes the same card.
 *
 * @throws SimulatorError CARD_IMAGE_INVALID naming the part of the specification that is wrong
 */
export function personalise(spec: CardSpec): CardImage {
  checkSpec(spec);
  const { profile = "card", quirks = {} } = spec;
  const applets = profile === "card" ? APPLETS : [jpki];
  const plain: CardImage = {
    version: 1,
    digestKey: sha256(textBytes(`card digest ${spec.tokenSerial}`), spec.auth.privateKey),
    profile,
    atr: spec.atr,
    quirks: {},
    objects: profile === "card" ? baseObjects(spec) : [],
    applications: applets.flatMap((applet) => applet.personalise(spec)),
  };
  return withQuirks(plain, quirks);
}
