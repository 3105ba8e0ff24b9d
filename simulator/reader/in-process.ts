/**
 * A reader without a wire: card and client live in one process. It keeps the rules a PC/SC reader
 * keeps (reader-facts 1.3 and 2.2): several clients may share the card, a removal ends every
 * session even if the same card comes back, and a reset by one client ends the sessions of others.
 * What kind of reader it is stands in its traits, what goes wrong with it in its faults.
 */
import { EventEmitter } from "node:events";
import { LabClock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import { Random } from "../random.ts";
import { reportedAtr } from "./activation.ts";
import type { VirtualCard } from "./card-slot.ts";
import { type ReaderCondition, ReaderFailure } from "./conditions.ts";
import type { Traffic } from "./exchange.ts";
import { ReaderFaults } from "./faults.ts";
import { type CardSession, SessionRegister, type ShareMode } from "./sessions.ts";
import { PLAIN_READER, type ReaderTraits } from "./traits.ts";

export type { CardSession } from "./sessions.ts";

interface ReaderEvents {
  inserted: [card: VirtualCard];
  removed: [card: VirtualCard];
}

export interface InProcessOptions {
  readonly traits?: Partial<ReaderTraits>;
  /** The time by which the reader waits and gives up; one of its own that stands still by default. */
  readonly clock?: LabClock;
  readonly random?: Random;
}

export class InProcessReader extends EventEmitter<ReaderEvents> {
  readonly name: string;
  /** To be changed at will; what is under way goes on as before. */
  traits: ReaderTraits;
  readonly clock: LabClock;
  readonly faults = new ReaderFaults();
  readonly traffic: Traffic = { frames: 0, messages: 0, extensions: 0 };
  readonly #random: Random;
  readonly #sessions: SessionRegister;
  #card: VirtualCard | undefined;
  #outage: ReaderCondition | undefined;

  constructor(name = "Simulated Reader 00 00", options: InProcessOptions = {}) {
    super();
    const { traits, clock = LabClock.stopped(new Date(0)), random = new Random(name) } = options;
    this.name = name;
    this.traits = { ...PLAIN_READER, ...traits };
    this.clock = clock;
    this.#random = random;
    this.#sessions = new SessionRegister(this);
  }

  get present(): boolean {
    return this.#card !== undefined;
  }

  /** Answer to reset as the reader reports it without being asked; undefined when it finds no card. */
  look(): Uint8Array | undefined {
    const card = this.#found();
    return card === undefined ? undefined : this.#atr(card.atr);
  }

  /**
   * Puts a card in, without power: whatever was verified on it before is forgotten.
   *
   * @throws SimulatorError READER_BUSY when a card lies there already
   */
  insert(card: VirtualCard): void {
    if (this.#card !== undefined) {
      throw new SimulatorError("READER_BUSY", `a card lies in ${this.name} already`);
    }
    card.powerOff();
    this.#card = card;
    this.emit("inserted", card);
  }

  /** Takes the card out and gives it; undefined when there was none. Every session is over. */
  remove(): VirtualCard | undefined {
    const card = this.#card;
    if (card === undefined) return undefined;
    this.#card = undefined;
    card.powerOff();
    this.#sessions.end("cardRemoved");
    this.emit("removed", card);
    return card;
  }

  /**
   * Connects a client, and powers the card when it is the first.
   *
   * @throws ReaderFailure READER_EMPTY when it finds no card, READER_BUSY when somebody holds it
   * alone or somebody else is there to be held off, and the outage there is
   */
  connect(share: ShareMode = "shared"): CardSession {
    if (this.#outage !== undefined) throw this.fail(this.#outage);
    const card = this.#found();
    if (card === undefined) throw this.fail("noCard");
    return this.#sessions.open(card, (answer) => this.#atr(answer), share);
  }

  /**
   * Puts the reader out of reach, as when it is unplugged or the service stops: sessions end, and
   * nobody can connect until the outage is over.
   *
   * @param condition what clients are told; undefined ends the outage
   */
  setOutage(condition: ReaderCondition | undefined): void {
    this.#outage = condition;
    if (condition === undefined) return;
    this.#card?.powerOff();
    this.#sessions.end(condition);
  }

  /** The error for a call to this reader that fails. */
  readonly fail = (condition: ReaderCondition): ReaderFailure =>
    new ReaderFailure(this.name, condition, this.traits.platform);

  #found(): VirtualCard | undefined {
    return this.traits.pollsTypeB ? this.#card : undefined;
  }

  #atr(answer: Uint8Array): Uint8Array {
    return reportedAtr(answer, this.traits, this.#random);
  }
}
