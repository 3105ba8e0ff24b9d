/**
 * XS-07: many authentications in a row with faults at random over all tables, and what must hold
 * through all of it (platform-facts 8.7). The same seed gives the same sessions and the same faults.
 */
import { createHash } from "node:crypto";
import type { Lab } from "../../simulator/lab/index.ts";
import type { Random } from "../../simulator/random.ts";
import { InProcessReader } from "../../simulator/reader/index.ts";
import { BenchError } from "../errors.ts";
import { type Reader, simulatedReader } from "../reader/index.ts";
import { drawFaults } from "./faults.ts";
import { Invariants } from "./invariants.ts";
import { cardOf, happen, type SoakPerson, settle } from "./population.ts";
import { connectSystems, kindOf, PLAYS, type Session, type SoakSystems } from "./sessions.ts";

export interface SoakOptions {
  readonly sessions: number;
  /** Share of sessions that each table of faults strikes, 0 to 1. Default 0.01. */
  readonly faults?: number;
  /** Told now and then how many are done. */
  readonly onProgress?: (done: number) => void;
  /** Ends the run after the session that is under way; the figures are of what ran. */
  readonly signal?: AbortSignal;
}

export interface SoakFigures {
  readonly sessions: number;
  /** `mkpf2 valid`: how often. Errors by their code. */
  readonly answers: Readonly<Record<string, number>>;
  /** `ocsp timeout`: how often it was planned. */
  readonly faults: Readonly<Record<string, number>>;
  /** What happened to people. */
  readonly events: number;
  readonly pinsTyped: number;
  readonly pinsSent: number;
  readonly mistyped: number;
  readonly pseudonyms: number;
  readonly violations: readonly string[];
  /** Of the answers in their order: the same for the same seed, but for what the machine's time decides. */
  readonly digest: string;
}

const MINUTE = 60_000;
const BEGIN = new Date("2026-12-01T00:00:00Z");
/** Sessions after which something happens to somebody. */
const LIFE = 50;
const VERIFY = 0x20;
/** Of the 利用者証明用 PIN (card-facts section 3). */
const TRIES = 3;

export async function soak(lab: Lab, options: SoakOptions): Promise<SoakFigures> {
  lab.clock.travelTo(BEGIN);
  lab.clock.stop();
  const run = await SoakRun.begin(lab, options);
  for (let done = 0; done < options.sessions && !options.signal?.aborted; done += 1) {
    await run.next();
    if (done % 100 === 99) options.onProgress?.(done + 1);
  }
  return run.figures();
}

class SoakRun {
  readonly #lab: Lab;
  readonly #share: number;
  readonly #random: Random;
  readonly #people: readonly SoakPerson[];
  readonly #systems: SoakSystems;
  readonly #invariants: Invariants;
  readonly #slot = new InProcessReader("Soak Reader 00 00");
  readonly #answers = new Map<string, number>();
  readonly #faults = new Map<string, number>();
  readonly #mistyped = new Map<string, number>();
  readonly #digest = createHash("sha256");
  #sessions = 0;
  #events = 0;
  #typed = 0;
  #sent = 0;

  private constructor(
    lab: Lab,
    share: number,
    people: readonly SoakPerson[],
    systems: SoakSystems,
  ) {
    this.#lab = lab;
    this.#share = share;
    this.#random = lab.random("soak");
    this.#people = people;
    this.#systems = systems;
    this.#invariants = new Invariants(lab);
  }

  static async begin(lab: Lab, { sessions, faults = 0.01 }: SoakOptions): Promise<SoakRun> {
    const people = await settle(lab, Math.min(16, 4 + Math.floor(sessions / 100)));
    return new SoakRun(lab, faults, people, await connectSystems(lab));
  }

  async next(): Promise<void> {
    const random = this.#random;
    this.#sessions += 1;
    this.#lab.clock.advance(MINUTE);
    const person = this.#anybody();
    if (this.#sessions % LIFE === 0) {
      await happen(this.#lab, person, random);
      this.#events += 1;
    }
    const card = cardOf(person, random);
    const { drawn, end } = drawFaults({
      lab: this.#lab,
      slot: this.#slot,
      random,
      share: this.#share,
    });
    for (const [table, mode] of Object.entries(drawn)) count(this.#faults, `${table} ${mode}`);
    // Nobody mistypes a PIN they have mistyped before.
    const mistypes = drawn.holder !== undefined && !this.#mistyped.has(card.id);
    const answer = await this.#play(card, mistypes);
    end();
    count(this.#answers, answer);
    this.#digest.update(`${answer}\n`);
  }

  figures(): SoakFigures {
    this.#invariants.ledger();
    const mistyped = [...this.#mistyped.values()].reduce((sum, times) => sum + times, 0);
    return {
      sessions: this.#sessions,
      answers: sorted(this.#answers),
      faults: sorted(this.#faults),
      events: this.#events,
      pinsTyped: this.#typed,
      pinsSent: this.#sent,
      mistyped,
      pseudonyms: this.#invariants.pseudonyms,
      violations: this.#invariants.violations,
      digest: this.#digest.digest("hex").slice(0, 16),
    };
  }

  async #play(card: Session["card"], mistypes: boolean): Promise<string> {
    const kind = kindOf(this.#random);
    let [typed, sent] = [0, 0];
    this.#slot.remove();
    this.#slot.insert(card.card);
    const reader = counting(simulatedReader(this.#slot), () => {
      sent += 1;
    });
    const session: Session = {
      lab: this.#lab,
      systems: this.#systems,
      invariants: this.#invariants,
      random: this.#random,
      reader,
      card,
      mistypes,
      typed: (wrong) => {
        typed += 1;
        if (wrong) count(this.#mistyped, card.id);
      },
    };
    try {
      if (kind === "mkpf1") await reader.open();
      return `${kind} ${await PLAYS[kind](session)}`;
    } catch (error) {
      if (!(error instanceof BenchError)) this.#invariants.untyped(error);
      return `${kind} ${(error as { code?: string }).code ?? "untyped"}`;
    } finally {
      await reader.close();
      this.#typed += typed;
      this.#sent += sent;
      this.#invariants.pinsSent(sent, typed);
      this.#invariants.triesLeft(card.card, TRIES, this.#mistyped.get(card.id) ?? 0);
    }
  }

  #anybody(): SoakPerson {
    const [first, ...rest] = this.#people;
    if (first === undefined) throw new RangeError("nobody lives here");
    return this.#random.pick([first, ...rest]);
  }
}

/** Tells of every VERIFY that carries a PIN. */
function counting(reader: Reader, verified: () => void): Reader {
  return {
    info: reader.info,
    open: () => reader.open(),
    transmit: (command, options) => {
      if (command[1] === VERIFY && command.length > 5) verified();
      return reader.transmit(command, options);
    },
    reset: (kind) => reader.reset(kind),
    close: () => reader.close(),
  };
}

function count(counts: Map<string, number>, what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

function sorted(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
