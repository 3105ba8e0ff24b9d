/**
 * The private keys a card was made with, for whoever changes it at the counter: a certificate goes,
 * the keys of the applications stay for the life of the card.
 */
import {
  type CardImage,
  COMMON,
  COMMON_AID,
  JPKI,
  JPKI_AID,
  TEXT,
  TEXT_AID,
  VISUAL,
  VISUAL_AID,
} from "../card/index.ts";
import { SimulatorError } from "../errors.ts";
import { equal } from "../iso7816/index.ts";
import type { CertifiedKeys } from "../residents/index.ts";

/** Of the applications beside JPKI, each PKCS #8 DER. */
export interface CardKeys {
  readonly textKey: Uint8Array;
  readonly visualKey: Uint8Array;
  readonly commonKey: Uint8Array;
  readonly sessionKey: Uint8Array;
}

/** @throws SimulatorError CARD_IMAGE_INVALID for a card that this world did not hand out whole */
export function keysOnCard(image: CardImage): CardKeys & CertifiedKeys {
  const sign = key(image, JPKI_AID, JPKI.signKey);
  return {
    auth: required(image, JPKI_AID, JPKI.authKey),
    ...(sign && { sign }),
    textKey: required(image, TEXT_AID, TEXT.signingKey),
    visualKey: required(image, VISUAL_AID, VISUAL.signingKey),
    commonKey: required(image, COMMON_AID, COMMON.authenticationKey),
    sessionKey: required(image, TEXT_AID, TEXT.sessionPrivateKey),
  };
}

function required(image: CardImage, aid: Uint8Array, id: number): Uint8Array {
  const found = key(image, aid, id);
  if (found !== undefined) return found;
  throw new SimulatorError("CARD_IMAGE_INVALID", `the card has no key ${id.toString(16)}`);
}

function key(image: CardImage, aid: Uint8Array, id: number): Uint8Array | undefined {
  const file = image.applications
    .find((ap) => equal(ap.aid, aid))
    ?.files.find((one) => one.id === id);
  return file?.kind === "key" ? file.privateKey : undefined;
}
