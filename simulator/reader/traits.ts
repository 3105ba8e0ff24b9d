/**
 * What kind of reader it is: where its card lies, what it can carry, and what it says of itself.
 * Readers differ in all of this, and a client must get the same card out of each (reader-facts 4.4,
 * platform-facts CR-16 to CR-24).
 */
import type { PcscPlatform } from "./conditions.ts";

/** How a reader makes up the answer to reset of a card without contacts, which has none. */
export type AtrForm =
  /** As PC/SC part 3 has it, or as the contacts give it: the card's own. */
  | "card"
  /** With the random PUPI of this activation in it, as readers in the manner of the ACR122 do. */
  | "with-pupi";

export interface ReaderTraits {
  readonly platform: PcscPlatform;
  /** Whether it looks for type B cards at all; My Number cards are of type B. */
  readonly pollsTypeB: boolean;
  readonly atr: AtrForm;
  /** FSD and FSC: the greatest frame in the air, in bytes; 16 to 256 (ISO/IEC 14443-4 table 4). */
  readonly frame: number;
  /** dwFeatures of its CCID descriptor; bits 16 to 18 tell what it exchanges. */
  readonly features: number;
  /** The longest CCID message it can really carry, header of ten bytes included. */
  readonly maxMessage: number;
  /** dwMaxCCIDMessageLength, where it says something else than the truth. */
  readonly announcedMessage?: number;
  /** `lost`: it does not grant a card the time it asks for, and gives up on it. */
  readonly waiting: "granted" | "lost";
  /** Milliseconds of its first frame waiting time: 309.3 at FWI 10. */
  readonly frameWaitingTime: number;
}

/** dwFeatures of CCID, bits 16 to 18. */
const SHORT_APDU = 0x0002_0000;
const SHORT_AND_EXTENDED_APDU = 0x0004_0000;

/** A reader that nothing is wrong with. */
export const PLAIN_READER: ReaderTraits = {
  platform: "pcsc-lite",
  pollsTypeB: true,
  atr: "card",
  frame: 256,
  features: SHORT_AND_EXTENDED_APDU,
  maxMessage: 65_554,
  waiting: "granted",
  frameWaitingTime: 309.3,
};

/** Whether commands in the extended form get through; a reader for short APDUs refuses them. */
export function takesExtended({ features }: ReaderTraits): boolean {
  return (features & SHORT_AND_EXTENDED_APDU) !== 0;
}

/**
 * Whether a long message is cut into several, which CCID has for the extended level alone: one for
 * short APDUs has to carry each in one message.
 */
export function splitsMessages({ features }: ReaderTraits): boolean {
  return (features & SHORT_APDU) === 0;
}
