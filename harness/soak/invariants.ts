/**
 * What must hold whatever goes wrong (platform-facts section 8, global invariants): nobody is let in on
 * a certificate that should have been refused, no PIN is sent twice, and nobody is mistaken for
 * somebody else.
 */
import { holderTries, type SimulatedCard } from "../../simulator/card/index.ts";
import type { Lab } from "../../simulator/lab/index.ts";
import { readCertificate, type StatusEvidence } from "../../simulator/pki/index.ts";

const HOUR = 3_600_000;
/** How old what a "valid" rests on may be: OCSP is refreshed every 15 minutes, lists are kept for three days. */
const OLDEST = { ocsp: HOUR, crl: 73 * HOUR };

/** Somebody said "valid". */
export interface ValidClaim {
  readonly system: string;
  /** DER. */
  readonly certificate: Uint8Array;
  readonly evidence: StatusEvidence;
  /** Whom the certificate was made for. */
  readonly person: string;
  /** PPID or `sub` that came with it. */
  readonly pseudonym?: string;
}

export class Invariants {
  readonly violations: string[] = [];
  readonly #lab: Lab;
  readonly #pseudonymOf = new Map<string, string>();
  readonly #personOf = new Map<string, string>();

  constructor(lab: Lab) {
    this.#lab = lab;
  }

  /** How many pseudonyms were met. */
  get pseudonyms(): number {
    return this.#personOf.size;
  }

  validSaid(claim: ValidClaim): void {
    this.#rightlyValid(claim);
    if (claim.pseudonym !== undefined)
      this.#onePseudonym(claim.system, claim.person, claim.pseudonym);
  }

  /**
   * @param sent VERIFY commands with a PIN that reached the reader in one session
   * @param typed PINs the holder typed in it
   */
  pinsSent(sent: number, typed: number): void {
    if (sent > typed) this.#broken(`${sent} VERIFY were sent for ${typed} PINs that were typed`);
  }

  /** @param mistyped wrong PINs since the last right one */
  triesLeft(card: SimulatedCard, full: number, mistyped: number): void {
    const left = holderTries(card.image).auth ?? 0;
    if (left < full - mistyped) {
      this.#broken(`${left} tries are left of ${full} after ${mistyped} wrong PINs`);
    }
  }

  /** What is no error of the bench's own kind has no code a person could look up. */
  untyped(error: unknown): void {
    this.#broken(`an error without a code: ${String(error)}`);
  }

  /** Of all PPIDs MKPF has given out: one for a person and a system. */
  ledger(): void {
    const { ppids } = this.#lab.mkpf.verification.state();
    const places = ppids.map(({ clientId, person }) => `${clientId} ${person}`);
    const values = ppids.map(({ clientId, ppid }) => `${clientId} ${ppid}`);
    if (new Set(places).size < places.length) this.#broken("a person has two PPIDs for one system");
    if (new Set(values).size < values.length) this.#broken("two people share one PPID");
  }

  #rightlyValid({ system, certificate, evidence }: ValidClaim): void {
    const { serial, notAfter } = readCertificate(certificate);
    const now = this.#lab.clock.now().getTime();
    const said = `${system} said valid by ${evidence.method}`;
    const { thisUpdate, method } = evidence;
    if (now > notAfter.getTime()) this.#broken(`${said}: the certificate has expired`);
    if (now - thisUpdate.getTime() > OLDEST[method]) this.#broken(`${said}: old evidence`);
    const number = Number(serial);
    const revocation = this.#lab.jpki.authorityOf(number).revocation(number);
    if (revocation !== undefined && revocation.revokedAt < thisUpdate) {
      this.#broken(`${said}: it was revoked before (${revocation.reason})`);
    }
  }

  #onePseudonym(system: string, person: string, pseudonym: string): void {
    const known = this.#pseudonymOf.get(`${system} ${person}`) ?? pseudonym;
    const holder = this.#personOf.get(`${system} ${pseudonym}`) ?? person;
    if (known !== pseudonym) this.#broken(`${system} has two pseudonyms for ${person}`);
    if (holder !== person) this.#broken(`${system} takes ${person} for ${holder}`);
    this.#pseudonymOf.set(`${system} ${person}`, pseudonym);
    this.#personOf.set(`${system} ${pseudonym}`, person);
  }

  #broken(what: string): void {
    this.violations.push(what);
  }
}
