/**
 * What the counter of a PIN may show after one VERIFY (card-facts sections 3 and 4). A command that
 * was answered has one outcome. One that was not, because the power went, may have got as far as
 * nothing, the try that is written down before the PIN is compared, or the count that a right PIN
 * restores; a wrong one never gives anything back.
 */

export type Presented = "right" | "wrong" | "nothing";

export interface Counter {
  readonly left: number;
  readonly maximum: number;
}

/** The counter after a VERIFY that was answered. */
export function answered({ left, maximum }: Counter, presented: Presented): number {
  if (left === 0 || presented === "nothing") return left;
  return presented === "right" ? maximum : left - 1;
}

/** All the counter may show after one that was not. */
export function unanswered(counter: Counter, presented: Presented): readonly number[] {
  const { left, maximum } = counter;
  if (left === 0 || presented === "nothing") return [left];
  return presented === "right" ? [left, left - 1, maximum] : [left, left - 1];
}

/** The status word of the answer, in hexadecimal. */
export function statusOf({ left }: Counter, presented: Presented): string {
  if (presented === "nothing") return `63C${left}`;
  if (left === 0) return "6984";
  return presented === "right" ? "9000" : `63C${left - 1}`;
}

/**
 * Whether right PINs cost their try before they are compared. Of those that were cut off after the card
 * had been written, some must be found with the try spent: a card that writes only once it knows the
 * PIN for right never shows that, and could be asked for nothing by whoever cuts its power.
 */
export class SpentFirst {
  static readonly ENOUGH = 12;
  spent = 0;
  restored = 0;

  /** @param left on a card that had been written and did not answer */
  found(left: number, { maximum }: Counter): void {
    if (left === maximum) this.restored += 1;
    else this.spent += 1;
  }

  get isBroken(): boolean {
    return this.spent === 0 && this.restored >= SpentFirst.ENOUGH;
  }
}
