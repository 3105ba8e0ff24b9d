/**
 * Signs on all cores what a card will carry signed (card-facts 5.3 and 5.4), so that writing the card
 * is left with little more than writing. The signature on the face is of a kind that node:crypto
 * makes on the spot only.
 */
import { checkSpec } from "./check-spec.ts";
import { signAhead } from "./record-signature.ts";
import type { CardSpec } from "./spec.ts";
import { applicationKey, integrityDigests } from "./text-records.ts";
import { ageParts, myNumberParts } from "./visual-records.ts";

/**
 * To be followed by `personalise` with the same specification, whose result does not depend on it.
 *
 * @returns the signatures that will be on the card
 * @throws SimulatorError CARD_IMAGE_INVALID as `personalise` does
 */
export async function presign(spec: CardSpec): Promise<readonly Uint8Array[]> {
  checkSpec(spec);
  const { issuer, profile = "card" } = spec;
  if (issuer === undefined || profile !== "card") return [];
  return Promise.all(signedParts(spec).map((parts) => signAhead(issuer.municipality, ...parts)));
}

function signedParts(spec: CardSpec): Uint8Array[][] {
  const { textKey, visualKey } = spec;
  return [
    integrityDigests(spec),
    ...(textKey === undefined ? [] : [[applicationKey(textKey)]]),
    ...(visualKey === undefined ? [] : [ageParts(spec, visualKey), myNumberParts(spec, visualKey)]),
  ];
}
