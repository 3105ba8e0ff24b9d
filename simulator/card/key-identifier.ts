/** The 16-byte key references of the 券面 applications and the card's base level (card-facts 5.5). */
import { concat, fromHex } from "../iso7816/index.ts";
import { textBytes } from "./tlv-records.ts";

/**
 * Printed as `6000034/001`.
 *
 * @param authority seven digits; production ids begin with 5, test ids with 6
 * @param generation three digits
 * @param suffix 00, or A8 in the chain of the base level
 */
export function keyIdentifier(authority: string, generation: string, suffix = 0x00): Uint8Array {
  return concat(
    textBytes(authority),
    fromHex("0805"),
    textBytes(generation),
    new Uint8Array(3),
    Uint8Array.of(suffix),
  );
}
