/**
 * What a run has taken from its test cards, and which of them get nothing more. Every entry is in the
 * file before the command it is about is sent: whichever process dies in between, the next one counts
 * a try that may have been spent as spent.
 */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { GUARDED_PINS, type GuardedPin } from "./budget.ts";

type Entry = { readonly card: string } & (
  | { readonly entry: "charged"; readonly pin: GuardedPin }
  | { readonly entry: "given-back"; readonly pin: GuardedPin; readonly tries: number }
  | { readonly entry: "latched"; readonly reason: string }
);

interface Account {
  readonly charged: Record<GuardedPin, number>;
  latched?: string;
}

/** Tries of each PIN. */
export type Tries = Readonly<Record<GuardedPin, number>>;

/** One run's account of its test cards, each by its identity. */
export class CardLedger {
  readonly #accounts = new Map<string, Account>();
  readonly #file: string | undefined;

  /** @param file is read when it exists and written on; without one all is kept in memory */
  constructor(file?: string) {
    this.#file = file;
    if (file !== undefined && existsSync(file)) {
      for (const entry of entriesIn(readFileSync(file, "utf8"))) this.#apply(entry);
    }
  }

  /** Identities of the cards something is written of. */
  get cards(): string[] {
    return [...this.#accounts.keys()];
  }

  /** Tries this run has spent and not got back. */
  charged(card: string): Tries {
    return { ...this.#account(card).charged };
  }

  /** Why nothing more is sent to this card; undefined while it may be used. */
  latched(card: string): string | undefined {
    return this.#accounts.get(card)?.latched;
  }

  /** One try is about to be at stake. */
  charge(card: string, pin: GuardedPin): void {
    this.#write({ card, entry: "charged", pin });
  }

  /** The card has these tries again; all that were charged when not told how many. */
  giveBack(card: string, pin: GuardedPin, tries = this.charged(card)[pin]): void {
    this.#write({ card, entry: "given-back", pin, tries });
  }

  /** From now on nothing is sent to this card. The first reason stays. */
  latch(card: string, reason: string): void {
    if (this.latched(card) === undefined) this.#write({ card, entry: "latched", reason });
  }

  #write(entry: Entry): void {
    if (this.#file !== undefined) appendDurably(this.#file, `\n${JSON.stringify(entry)}`);
    this.#apply(entry);
  }

  #apply(entry: Entry): void {
    const account = this.#account(entry.card);
    if (entry.entry === "charged") account.charged[entry.pin] += 1;
    else if (entry.entry === "given-back") account.charged[entry.pin] -= entry.tries;
    else account.latched ??= entry.reason;
  }

  #account(card: string): Account {
    const known = this.#accounts.get(card);
    if (known !== undefined) return known;
    const none = Object.fromEntries(GUARDED_PINS.map((pin) => [pin, 0]));
    const account: Account = { charged: none as Record<GuardedPin, number> };
    this.#accounts.set(card, account);
    return account;
  }
}

/** A line that was cut off is of a command that was never sent. */
function entriesIn(text: string): Entry[] {
  return text.split("\n").flatMap((line) => entryIn(line) ?? []);
}

function entryIn(line: string): Entry | undefined {
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

function appendDurably(file: string, line: string): void {
  const descriptor = openSync(file, "a");
  try {
    writeSync(descriptor, line);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
