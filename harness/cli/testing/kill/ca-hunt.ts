/**
 * Kills what runs the CAs, again and again, while several clients have certificates revoked and ask
 * what is revoked, and looks at it when it is back (ca-inspection.ts): every revocation it answered,
 * and every certificate it handed out, is there, in OCSP and in the next list, and no list number and
 * no serial number comes again. `npm run kill:ca` runs it five hundred times.
 *
 * Choices follow from the seed; how far a process has come when it is killed does not.
 */
import { join } from "node:path";
import { labClient } from "../../../../simulator/lab/index.ts";
import type { CertificateKind } from "../../../../simulator/pki/index.ts";
import { Random } from "../../../../simulator/random.ts";
import type { LabReady } from "../cli.ts";
import { type CaWorld, type LivingCa, newResident, workUntilGone } from "./ca-clients.ts";
import { inspectCa } from "./ca-inspection.ts";
import type { Hunt } from "./hunt.ts";
import { Ledger } from "./ledger.ts";
import { Moments, waitUntil } from "./moments.ts";
import { StatusWitness } from "./status-witness.ts";
import { Victim } from "./victim.ts";
import { Trace } from "./violation.ts";

export interface CaHunt extends Hunt<CaFigures> {
  /** Folder for the state directories. */
  readonly folder: string;
  /** Words for Node.js that start what runs the CAs in this state directory, a lab or less. */
  readonly victim: (state: string) => readonly string[];
}

export interface CaFigures {
  kills: number;
  /** Kills while the process started. */
  starting: number;
  worlds: number;
  /** Certificates that were handed out. */
  issued: number;
  /** Revocations, holds among them, that were answered. */
  acknowledged: number;
  /** Those that were cut off: found done, and found not done. */
  unansweredKept: number;
  unansweredDropped: number;
  /** Of lists. */
  highestNumber: number;
  /** Milliseconds from the start of a process until it is ready. */
  slowestRestart: number;
}

/** Lives of one world; a larger one takes longer to start, and the hunt is for kills. */
const LIVES = 20;
const FOUNDERS = 5;
/** One life in so many ends before it has begun. */
const STARTS = 10;
/** Answers to wait for, at most, before the kill. */
const ANSWERS = 6;

/** @throws Violation */
export async function huntCa(hunt: CaHunt): Promise<CaFigures> {
  const hunter = new CaHunter(hunt);
  for (let kill = 1; kill <= hunt.kills; kill += 1) {
    if (kill % LIVES === 1) await hunter.found();
    await hunter.life(kill);
    hunt.onProgress?.(hunter.figures);
  }
  await hunter.inspectOnceMore();
  return hunter.figures;
}

class CaHunter {
  readonly figures: CaFigures = {
    ...{ kills: 0, starting: 0, worlds: 0, issued: 0, acknowledged: 0 },
    ...{ unansweredKept: 0, unansweredDropped: 0, highestNumber: 0, slowestRestart: 0 },
  };
  readonly #hunt: CaHunt;
  readonly #random: Random;
  readonly #moments: Moments;
  readonly #trace = new Trace();
  #world: CaWorld = emptyWorld();

  constructor(hunt: CaHunt) {
    this.#hunt = hunt;
    this.#random = new Random(hunt.seed);
    this.#moments = new Moments(this.#random.fork("moments"));
  }

  /** A world of its own, with somebody in it. */
  async found(): Promise<void> {
    if (this.figures.worlds > 0) await this.inspectOnceMore();
    this.figures.worlds += 1;
    this.#world = emptyWorld();
    const { victim, lab } = await this.#start();
    try {
      for (let n = 0; n < FOUNDERS; n += 1) await newResident(this.#clientParts(lab));
    } finally {
      await victim.kill();
    }
  }

  async life(kill: number): Promise<void> {
    this.#trace.add(`life ${kill}`);
    this.figures.kills += 1;
    if (this.#hunt.aim !== "answer" && this.#random.below(STARTS) === 0) {
      return this.#killStarting();
    }
    const { victim, lab } = await this.#start();
    try {
      await this.#inspect(lab);
      await this.#workAndKill(victim, lab);
    } finally {
      await victim.kill();
    }
  }

  /** The last kill, too, has to be survived. */
  async inspectOnceMore(): Promise<void> {
    const { victim, lab } = await this.#start();
    try {
      await this.#inspect(lab);
    } finally {
      await victim.kill();
    }
    this.figures.issued += this.#world.ledger.serials.length;
    this.figures.unansweredKept += this.#world.ledger.kept;
    this.figures.unansweredDropped += this.#world.ledger.dropped;
  }

  async #killStarting(): Promise<void> {
    const began = performance.now();
    const victim = this.#spawn();
    await waitUntil(began + this.#moments.draw("start"));
    await victim.kill();
    this.figures.starting += 1;
    this.#trace.add("killed while it started");
  }

  #spawn(): Victim {
    const { folder, victim, env } = this.#hunt;
    return Victim.start(victim(join(folder, `world-${this.figures.worlds}`)), env);
  }

  async #start(): Promise<{ readonly victim: Victim; readonly lab: LivingCa }> {
    const began = performance.now();
    const victim = this.#spawn();
    const line = await this.#trace.holds("the CA does not come back", () => victim.firstLine());
    const took = performance.now() - began;
    this.#moments.learn("start", took);
    this.figures.slowestRestart = Math.max(this.figures.slowestRestart, took);
    const { console, ca } = JSON.parse(line) as LabReady & { ca: { signCrl: string } };
    const lab = labClient(console);
    const service = async (kind: CertificateKind, crl: string) => {
      return { ca: await lab("downloadCaCertificate", { kind }), ocsp: ca.ocsp, crl };
    };
    const auth = await service("auth", ca.crl);
    const services = { auth, sign: await service("sign", ca.signCrl) };
    return { victim, lab: { lab, services } };
  }

  async #inspect(lab: LivingCa): Promise<void> {
    const number = await inspectCa(this.#clientParts(lab));
    this.figures.highestNumber = Math.max(this.figures.highestNumber, number);
  }

  async #workAndKill(victim: Victim, lab: LivingCa): Promise<void> {
    const answers = this.#hunt.aim === "answer" ? 1 : this.#random.below(ANSWERS);
    const delay = this.#hunt.aim === "answer" ? 0 : this.#moments.draw("revoke");
    let left = answers;
    let enough: () => void = () => undefined;
    const answered = new Promise<void>((resolve) => {
      enough = resolve;
    });
    if (left === 0) enough();
    const onAnswer = (duration: number) => {
      this.#moments.learn("revoke", duration);
      this.figures.acknowledged += 1;
      left -= 1;
      if (left === 0) enough();
    };
    const work = workUntilGone({ ...this.#clientParts(lab), onAnswer });
    await this.#trace.holds("the clients", () => Promise.race([answered, work]));
    await waitUntil(performance.now() + delay);
    await victim.kill();
    await this.#trace.holds("the clients", () => work);
    this.#trace.add(`killed ${delay.toFixed(3)} ms after ${answers} answers`);
  }

  #clientParts(lab: LivingCa) {
    return {
      ...lab,
      ...this.#world,
      random: this.#random,
      trace: this.#trace,
      onAnswer: () => undefined,
    };
  }
}

function emptyWorld(): CaWorld {
  return {
    ledger: new Ledger(),
    witnesses: { auth: new StatusWitness(), sign: new StatusWitness() },
    kinds: new Map(),
  };
}
