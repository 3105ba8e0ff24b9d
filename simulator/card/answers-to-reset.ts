/**
 * The answers to reset a 個人番号カード has been seen with, by the reader it lies in (card-facts 1.2),
 * and the card as one that answers so.
 */
import { fromHex } from "../iso7816/index.ts";
import { OBJECTS } from "./base-objects.ts";
import type { CardImage } from "./image.ts";

export interface AnswerToReset {
  readonly interface: "contact" | "contactless";
  readonly atr: Uint8Array;
  /** What its historical bytes say of the extended form of commands; absent: nothing. */
  readonly extendedLength?: boolean;
}

const contact = (hex: string, extendedLength?: boolean): AnswerToReset => ({
  interface: "contact",
  atr: fromHex(hex),
  ...(extendedLength !== undefined && { extendedLength }),
});

const contactless = (hex: string): AnswerToReset => ({
  interface: "contactless",
  atr: fromHex(hex),
});

export const ANSWERS_TO_RESET = {
  /** Without historical bytes. */
  "contact-plain": contact("3BE000FF8131FE4514"),
  "contact-extended": contact("3BDA13FF8131FB468012392F31C173C601C03B", true),
  /** Advertises neither chaining nor extended length. */
  "contact-short": contact("3BC5FF8131FB458073C6010000", false),
  /** In the form PC/SC part 3 gives them; named after application data and protocol information. */
  "contactless-05e0": contactless("3B888001000005E0B381A1007F"),
  "contactless-41e0": contactless("3B888001000041E0B381A1003B"),
  "contactless-4b51-slow": contactless("3B888001004B51FF0081D100BC"),
  "contactless-4b51": contactless("3B888001004B51FFB381D1000F"),
  /** UNVERIFIED: look as if a reader had made them up from a type B activation; one source. */
  "reader-made-00d1": contactless("3BF59100FF918171FE400042000100D1D6"),
  "reader-made-b3a1": contactless("3BF59100FF918171FE4000420001B3A115"),
} as const satisfies Readonly<Record<string, AnswerToReset>>;

export type AtrName = keyof typeof ANSWERS_TO_RESET;

export const ATR_NAMES = Object.keys(ANSWERS_TO_RESET) as readonly AtrName[];

/**
 * The card as one that answers reset so. One whose answer denies the extended form of commands
 * refuses them, one whose answer promises it takes them; a contact answer is also what GET DATA 5F51
 * tells.
 */
export function withAnswerToReset(image: CardImage, name: AtrName): CardImage {
  const answer: AnswerToReset = ANSWERS_TO_RESET[name];
  const { atr, extendedLength } = answer;
  const objects = image.objects.map((object) =>
    answer.interface === "contact" && object.tag === OBJECTS.atr
      ? { ...object, value: atr.slice(1) }
      : object,
  );
  const quirks =
    extendedLength === undefined
      ? image.quirks
      : { ...image.quirks, noExtendedLength: !extendedLength };
  return { ...image, atr, objects, quirks };
}
