/** What the card's operating system knows about one kind of application. */
import type { ApplicationImage, ApplicationName } from "../image.ts";
import type { CardSpec } from "../spec.ts";

/** Which command puts a new PIN in place (card-facts section 4). */
export type PinChange = "change-reference-data" | "change-key";

export interface Applet {
  readonly name: ApplicationName;
  /** Absent where no PIN can be changed. */
  readonly pinChange?: PinChange;
  /** EF of the key that P2 = 00 of COMPUTE DIGITAL SIGNATURE means. */
  readonly defaultKey?: number;
  /** The applications of this kind that the issuer creates on a card: none, one or several. */
  personalise(spec: CardSpec): readonly ApplicationImage[];
}
