/** A card as a scenario asks for it, and as it has it under a reader. */
import type { AtrName, Quirks } from "../../simulator/card/index.ts";
import type { LabCard } from "../../simulator/lab/index.ts";
import type { PinName, Secret } from "../card/index.ts";
import type { Reader } from "../reader/index.ts";

export interface CardRequest {
  /** Who holds it. Default `adult`. A physical card is who it is. */
  readonly persona?: string;
  /** One that was issued already. Needs `lab`. */
  readonly card?: LabCard;
  /** Odd ways it is to have. A physical card has its own. */
  readonly quirks?: Quirks;
  /** How it answers reset from now on, which is which side of it the reader sees. Needs `lab`. */
  readonly atr?: AtrName;
}

/** A card under a reader, powered and ready for commands. */
export interface CardInHand {
  /** Traced, and guarded where the card is a physical one. */
  readonly reader: Reader;
  /** Answer to reset. */
  readonly atr: Uint8Array;
  /** What the issuer knows of it. Throws SCENARIO_NEEDS for a physical card. */
  readonly issued: LabCard;
  /** @throws BenchError SCENARIO_NEEDS where the configuration does not tell the PIN */
  pin(name: PinName): Secret;
  /** Takes the card from the reader; needs `removal`. */
  remove(): Promise<void>;
  /** Has it taken away while it works on the first command that `matches`; needs `removal`. */
  removeDuring(matches: (command: Uint8Array) => boolean): void;
  /** Puts the same card back and powers it. */
  reinsert(): Promise<void>;
}
