/**
 * One visit of one person to a counter of 類型①: from the authorization request to the answer. What was
 * read from the card is kept only for as long as the tokens that speak about it; MKPF itself keeps the
 * birth date and nothing else (platform-facts 1.3).
 */
import type { Clock } from "../../../clock.ts";
import type { StatusEvidence } from "../../../pki/index.ts";
import type { Random } from "../../../random.ts";
import type { LinkedCertificate } from "../../person-directory.ts";
import type { Attributes } from "./reading.ts";

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

interface Kept<Value> {
  readonly value: Value;
  /** Lab time in milliseconds. */
  readonly until: number;
}

const CHALLENGE_BYTES = 32;
const REMEMBERED = 1000;

export class Visits {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #seconds: { readonly visit: number; readonly account: number };
  readonly #visits = new Map<string, Kept<Visit>>();
  readonly #accounts = new Map<string, Kept<Account>>();

  constructor(
    clock: Clock,
    random: Random,
    seconds: { readonly visit: number; readonly account: number },
  ) {
    this.#clock = clock;
    this.#random = random;
    this.#seconds = seconds;
  }

  /** @param uid id of the interaction at the authorization server */
  visit(uid: string): Visit {
    const known = this.#find(this.#visits, uid);
    if (known !== undefined) return known;
    const visit = { challenge: this.#random.bytes(CHALLENGE_BYTES) };
    this.#keep(this.#visits, uid, visit, this.#seconds.visit);
    return visit;
  }

  end(uid: string): void {
    this.#visits.delete(uid);
  }

  /** @returns the account id tokens will carry; it says nothing about the person */
  open(account: Account): string {
    const id = Buffer.from(this.#random.bytes(16)).toString("base64url");
    this.#keep(this.#accounts, id, account, this.#seconds.account);
    return id;
  }

  account(id: string): Account | undefined {
    return this.#find(this.#accounts, id);
  }

  #keep<Value>(store: Map<string, Kept<Value>>, id: string, value: Value, seconds: number): void {
    store.set(id, { value, until: this.#clock.now().getTime() + seconds * 1000 });
    const oldest = store.keys().next().value;
    if (store.size > REMEMBERED && oldest !== undefined) store.delete(oldest);
  }

  #find<Value>(store: Map<string, Kept<Value>>, id: string): Value | undefined {
    const kept = store.get(id);
    return kept !== undefined && this.#clock.now().getTime() < kept.until ? kept.value : undefined;
  }
}
