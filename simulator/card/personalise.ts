/** Personalisation: from what the issuer decided to a card in the state in which it is handed over. */
import { APPLETS } from "./applets/index.ts";
import { jpki } from "./applets/jpki.ts";
import { checkSpec } from "./check-spec.ts";
import type { CardImage } from "./image.ts";
import type { CardSpec } from "./spec.ts";

/**
 * Makes the card of one holder. The same specification always makes the same card.
 *
 * @throws SimulatorError CARD_IMAGE_INVALID naming the part of the specification that is wrong
 */
export function personalise(spec: CardSpec): CardImage {
  checkSpec(spec);
  const { profile = "card", quirks = {} } = spec;
  const applets = profile === "card" ? APPLETS : [jpki];
  return {
    version: 1,
    profile,
    atr: spec.atr,
    quirks,
    applications: applets.flatMap((applet) => applet.personalise(spec)),
  };
}
