/**
 * One application (AP) of the card in a reader: selected once, then spoken to, until another AP is
 * selected or the link is gone (card-facts sections 1, 2.6 and 3, security status lifetime).
 *
 * File identifiers mean different things in different APs (0012 is 照合番号B in one and a key in
 * another), so a client that lost its AP to another client must not go on: it could spend a try of
 * a PIN it does not mean.
 */
import type { Bilingual } from "../../reports/journal/events.ts";
import { SW } from "../../simulator/iso7816/index.ts";
import type { Reader } from "../reader/reader.ts";
import { endsSession } from "../reader/session.ts";
import { CardError } from "./card-error.ts";
import { type Exchange, exchange } from "./exchange.ts";
import { forgetSelection, inTurn } from "./turns.ts";

export interface ApplicationName {
  readonly aid: Uint8Array;
  readonly label: Bilingual;
}

export class Application {
  readonly #reader: Reader;
  readonly #name: ApplicationName;
  /** PINs found blocked since the last `select`; no VERIFY is sent for them. */
  readonly blockedPins = new Set<object>();

  constructor(reader: Reader, name: ApplicationName) {
    this.#reader = reader;
    this.#name = name;
  }

  /**
   * SELECT by DF name; to be called again after the reader was opened or reset. Selecting the AP
   * that is selected already keeps the PINs verified in it.
   *
   * @throws CardError CARD_NOT_FOUND when the card does not have this AP
   */
  select(): Promise<void> {
    return inTurn(this.#reader, async (card) => {
      card.selected = undefined;
      this.blockedPins.clear();
      await this.#selectName().catch((error: unknown) => {
        if (!isFirstCommandQuirk(error)) throw error;
        return this.#selectName();
      });
      card.selected = this.#name;
    });
  }

  /**
   * Runs an operation of several commands with this AP selected and nobody else speaking. The
   * operation must not wait for another `run` or `select` on the same reader: its turn would never
   * come.
   *
   * @throws CardError CARD_NOT_SELECTED before anything is sent, when another AP is selected or the
   * card went away since `select`
   */
  run<T>(operation: (exchange: Exchange) => Promise<T>): Promise<T> {
    return inTurn(this.#reader, (card) => {
      if (card.selected !== this.#name) throw this.#notSelected();
      return operation(this.#exchange);
    });
  }

  readonly #exchange: Exchange = async (command) => {
    try {
      return await exchange(this.#reader, command);
    } catch (error) {
      if (endsSession(error)) forgetSelection(this.#reader);
      throw error;
    }
  };

  async #selectName(): Promise<void> {
    const { aid, label } = this.#name;
    await this.#exchange({
      cla: 0x00,
      ins: 0xa4,
      p1: 0x04,
      p2: 0x0c,
      data: aid,
      purpose: { ja: `${label.ja}の選択`, en: `select the ${label.en}` },
    });
  }

  #notSelected(): CardError {
    const { label } = this.#name;
    return new CardError("CARD_NOT_SELECTED", {
      purpose: { ja: `${label.ja}の利用`, en: `use the ${label.en}` },
      finding: {
        ja: "APが選択されていない（先に select）",
        en: "it is not selected; select first",
      },
    });
  }
}

/** One measured card answers 6F00 to its first command after power-up (card-facts section 4). */
function isFirstCommandQuirk(error: unknown): boolean {
  return error instanceof CardError && error.sw === SW.NO_DIAGNOSIS;
}
