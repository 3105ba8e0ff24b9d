/**
 * One visit of one person to a counter of 類型①: from the authorization request to the answer. What was
 * read from the card is kept only for as long as the tokens that speak about it; MKPF itself keeps the
 * birth date and nothing else (platform-facts 1.3).
 */
import type { Clock } from "../../../clock.ts";
import type { StatusEvidence } from "../../../pki/index.ts";
import type { Random } from "../../../random.ts";
import type { Attributes } from "../../attributes.ts";
import { ExpiringStore } from "../../expiring-store.ts";
import type { LinkedCertificate } from "../../person-directory.ts";

export type CounterMode = "register" | "touch";

/** A card that was read and found in order; nobody has a PPID from it yet. */
export interface AcceptedCard {
  readonly serial: string;
  readonly linked: LinkedCertificate;
  readonly evidence: StatusEvidence;
  /** Only of a registration. */
  readonly attributes?: Attributes;
}

/** Whom tokens speak about. */
export interface Account extends AcceptedCard {
  readonly ppid: string;
}

interface Visit {
  readonly challenge: Uint8Array;
  accepted?: AcceptedCard;
}

const CHALLENGE_BYTES = 32;

export class Visits {
  readonly #random: Random;
  readonly #visits: ExpiringStore<Visit>;
  readonly #accounts: ExpiringStore<Account>;

  constructor(
    clock: Clock,
    random: Random,
    seconds: { readonly visit: number; readonly account: number },
  ) {
    this.#random = random;
    this.#visits = new ExpiringStore(clock, seconds.visit);
    this.#accounts = new ExpiringStore(clock, seconds.account);
  }

  /** @param uid id of the interaction at the authorization server */
  visit(uid: string): Visit {
    const known = this.#visits.find(uid);
    if (known !== undefined) return known;
    const visit = { challenge: this.#random.bytes(CHALLENGE_BYTES) };
    this.#visits.put(uid, visit);
    return visit;
  }

  end(uid: string): void {
    this.#visits.delete(uid);
  }

  /** @returns the account id tokens will carry; it says nothing about the person */
  open(account: Account): string {
    const id = Buffer.from(this.#random.bytes(16)).toString("base64url");
    this.#accounts.put(id, account);
    return id;
  }

  account(id: string): Account | undefined {
    return this.#accounts.find(id);
  }
}
