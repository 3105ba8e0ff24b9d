/** The cards a terminal may hold, as カードAP搭載システム knows them: by their number, and by the register. */
import type { CardImage } from "../../card/index.ts";

/** A card under a terminal. */
export interface CardAtTerminal {
  readonly image: CardImage;
  /** Changes the card as a whole, durably when it returns. Throws where the power fails. */
  alter(change: (image: CardImage) => CardImage): void;
}

export type KnownCard = {
  /** Where the holder is registered now; five digits. */
  readonly municipalityCode: string;
} & (
  | { readonly state: "usable"; readonly card: CardAtTerminal }
  /** Reported lost; another one was issued in its place; past its last day or its holder gone. */
  | { readonly state: "stopped" | "replaced" | "ended" }
);

export interface CardDirectory {
  /**
   * @param number fifteen digits, record 1 of EF 0001 of 共通カードAP (card-facts section 5.7)
   * @returns undefined for a number no card has
   */
  find(number: string): KnownCard | undefined;
}
