/** What a command works on, and how it says no. */
import type { CommandApdu, ResponseApdu } from "../iso7816/index.ts";
import { SW } from "../iso7816/index.ts";
import type { Random } from "../random.ts";
import type { CardImage } from "./image.ts";
import type { QuirkName } from "./quirks.ts";
import type { Session } from "./session.ts";

export interface CardContext {
  /** The card as it was last saved. */
  readonly image: CardImage;
  readonly session: Session;
  readonly random: Random;
  has(quirk: QuirkName): boolean;
  /** Saves `image` durably and makes it the card; does not return when the power is cut meanwhile. */
  commit(image: CardImage): void;
}

export type CommandHandler = (command: CommandApdu, card: CardContext) => ResponseApdu;

/** The end of a command that fails: thrown anywhere below the dispatcher, answered there. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly sw: number;

  constructor(sw: number) {
    super(`refused with ${sw.toString(16)}`);
    this.sw = sw;
  }
}

const NOTHING = new Uint8Array(0);

export function answer(data: Uint8Array = NOTHING, sw: number = SW.OK): ResponseApdu {
  return { data, sw };
}

export function requireThat(condition: boolean, sw: number): asserts condition {
  if (!condition) throw new Refusal(sw);
}
