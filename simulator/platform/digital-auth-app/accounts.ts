/**
 * Whom tokens speak about: one account for every authorization, with the 4情報 as they were read then
 * and the grant that came of it. It is over when its refresh tokens are.
 */
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import type { Attributes } from "../attributes.ts";
import type { IdTokenFault } from "./id-token.ts";
import type { TestCards } from "./test-cards.ts";

export interface Account {
  readonly clientId: string;
  readonly sub: string;
  /** Opaque key of the person. */
  readonly person: string;
  readonly grantId: string;
  /** Absent where they were not read. */
  readonly attributes?: Attributes | undefined;
  /** What is wrong with ID tokens of this authorization. */
  readonly idTokenFault?: IdTokenFault | undefined;
}

/** As written down: without the 4情報, which are read from the person's card again. */
export const writtenAccount = z.strictObject({
  id: z.string().min(1),
  clientId: z.string(),
  sub: z.string(),
  person: z.string(),
  grantId: z.string(),
  /** Lab time in milliseconds. */
  until: z.number(),
});

export type WrittenAccount = z.output<typeof writtenAccount>;

type Kept = WrittenAccount & Pick<Account, "attributes" | "idTokenFault">;

/** The oldest give way, so that a lab left running for days does not grow without end. */
const REMEMBERED = 1000;

export class Accounts {
  readonly #clock: Clock;
  readonly #seconds: number;
  readonly #cards: TestCards;
  readonly #kept: Map<string, Kept>;

  /** @param seconds how long each is kept */
  constructor(
    { clock, cards }: { readonly clock: Clock; readonly cards: TestCards },
    seconds: number,
    written: readonly WrittenAccount[] = [],
  ) {
    this.#clock = clock;
    this.#seconds = seconds;
    this.#cards = cards;
    this.#kept = new Map(written.map((account) => [account.id, account]));
  }

  put(id: string, account: Account): void {
    const until = this.#clock.now().getTime() + this.#seconds * 1000;
    this.#kept.set(id, { ...account, id, until });
    const oldest = this.#kept.keys().next().value;
    if (this.#kept.size > REMEMBERED && oldest !== undefined) this.#kept.delete(oldest);
  }

  /** @returns undefined for one that is over or was never there */
  find(id: string): Account | undefined {
    const kept = this.#kept.get(id);
    if (kept === undefined || this.#isOver(kept)) return undefined;
    return { ...kept, attributes: kept.attributes ?? this.#readAgain(kept.person) };
  }

  /** Takes out all of a person at one service. @returns their grants */
  remove(clientId: string, sub: string): string[] {
    const theirs = [...this.#kept.values()].filter(
      (kept) => kept.clientId === clientId && kept.sub === sub,
    );
    for (const { id } of theirs) this.#kept.delete(id);
    return theirs.map(({ grantId }) => grantId);
  }

  written(): WrittenAccount[] {
    return [...this.#kept.values()]
      .filter((kept) => !this.#isOver(kept))
      .map(({ attributes, idTokenFault, ...written }) => written);
  }

  #isOver({ until }: Kept): boolean {
    return this.#clock.now().getTime() >= until;
  }

  #readAgain(person: string): Attributes | undefined {
    return this.#cards.list().find((card) => card.person === person)?.attributes;
  }
}
