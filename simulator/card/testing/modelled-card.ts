/** The card that the tables of simulator/card/model describe, with fixed keys. */
import type { CardImage } from "../image.ts";
import { withFreeArea } from "../model/free-area.ts";
import { personalise } from "../personalise.ts";
import type { Quirks } from "../quirks.ts";
import { fullSpec, testKey } from "./spec.ts";

export function modelledCard(quirks: Quirks = {}): CardImage {
  return withFreeArea(personalise(fullSpec({ quirks })), testKey("serviceOperator").spki);
}
