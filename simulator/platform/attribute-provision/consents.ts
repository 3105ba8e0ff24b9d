/**
 * Consent (住所等提供同意) to being told about: given by the person, for ten years, and withdrawn at any
 * time (platform-facts 5.6). It is the person's and not a certificate's: it outlives a renewal, and a
 * certificate that is revoked does not end it.
 *
 * UNVERIFIED: the ten years (a third party's note), and that a revoked certificate changes nothing.
 */
import { z } from "zod";
import type { Clock } from "../../clock.ts";

export type ConsentState = "none" | "given" | "withdrawn" | "expired";

export const storedConsent = z.strictObject({
  person: z.string(),
  givenAt: z.iso.datetime(),
  withdrawnAt: z.iso.datetime().exactOptional(),
});

export type StoredConsent = z.infer<typeof storedConsent>;

export class Consents {
  readonly #clock: Clock;
  readonly #years: number;
  readonly #given: Map<string, StoredConsent>;

  /** @param years how long a consent lasts */
  constructor(clock: Clock, years: number, given: readonly StoredConsent[] = []) {
    this.#clock = clock;
    this.#years = years;
    this.#given = new Map(given.map((consent) => [consent.person, consent]));
  }

  /** Given anew, it lasts from now. */
  give(person: string): void {
    this.#given.set(person, { person, givenAt: this.#now() });
  }

  /** Does nothing where none was given. */
  withdraw(person: string): void {
    const consent = this.#given.get(person);
    if (consent !== undefined) this.#given.set(person, { ...consent, withdrawnAt: this.#now() });
  }

  stateOf(person: string): ConsentState {
    const consent = this.#given.get(person);
    if (consent === undefined) return "none";
    if (consent.withdrawnAt !== undefined) return "withdrawn";
    const end = new Date(consent.givenAt);
    end.setUTCFullYear(end.getUTCFullYear() + this.#years);
    return this.#clock.now() < end ? "given" : "expired";
  }

  all(): readonly StoredConsent[] {
    return [...this.#given.values()];
  }

  #now(): string {
    return this.#clock.now().toISOString();
  }
}
