/** The PINs a hunt presents to a card, and the commands that present them (card-facts 3 and 4). */
import { toHex } from "../../../../simulator/iso7816/index.ts";
import type { Presented } from "./tries.ts";

export interface HuntedPin {
  readonly name: "auth" | "sign";
  readonly maximum: number;
  /** Short file identifier with the bit that says so. */
  readonly p2: string;
  readonly wrong: string;
}

export const PINS: readonly [HuntedPin, ...HuntedPin[]] = [
  { name: "auth", maximum: 3, p2: "98", wrong: "0000" },
  { name: "sign", maximum: 5, p2: "9B", wrong: "WRONG0" },
];

/** Tries left of each. */
export type TriesLeft = Readonly<Record<HuntedPin["name"], number>>;

export const SELECT_JPKI = "00A4040C0AD392F000260100000001";

/** VERIFY, in hexadecimal. @param right the PIN itself */
export function verifyCommand(
  { p2, wrong }: HuntedPin,
  presented: Presented,
  right: string,
): string {
  if (presented === "nothing") return `002000${p2}`;
  const value = Buffer.from(presented === "right" ? right : wrong);
  return `002000${p2}${toHex(Uint8Array.of(value.length))}${toHex(value)}`;
}
