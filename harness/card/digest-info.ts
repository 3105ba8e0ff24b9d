/**
 * DigestInfo of a SHA-256 digest (RFC 8017 section 9.2 note 1; card-facts 4.1): what COMPUTE DIGITAL
 * SIGNATURE pads and signs.
 */
import type { Bilingual } from "../../reports/journal/events.ts";
import { concat, fromHex } from "../../simulator/iso7816/index.ts";
import { requireInput } from "./card-error.ts";

const SHA256_PREFIX = fromHex("30 31 30 0D 06 09 60 86 48 01 65 03 04 02 01 05 00 04 20");
const SHA256_LENGTH = 32;
/** The longest command data of a short APDU; the card itself signs up to 245 bytes. */
const INPUT_MAX = 255;

/** What to sign: a DigestInfo, sent to the card as it is, or a SHA-256 digest to make one of. */
export type ToSign = Uint8Array | { readonly sha256: Uint8Array };

/** @throws CardError CARD_INPUT_INVALID for a digest that is not 32 bytes, or no or too long input */
export function digestInfoOf(input: ToSign, purpose: Bilingual): Uint8Array {
  if (input instanceof Uint8Array) {
    requireInput(purpose, INPUT_BYTES, input.length, 1, INPUT_MAX);
    return input;
  }
  requireInput(purpose, DIGEST_BYTES, input.sha256.length, SHA256_LENGTH, SHA256_LENGTH);
  return concat(SHA256_PREFIX, input.sha256);
}

const INPUT_BYTES = { ja: "署名対象のバイト数", en: "bytes to sign" };
const DIGEST_BYTES = { ja: "SHA-256ダイジェストのバイト数", en: "bytes of SHA-256 digest" };
