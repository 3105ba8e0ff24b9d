/**
 * A reader without a wire: card and client live in one process. It keeps the rules a PC/SC reader
 * keeps (reader-facts 1.3 and 2.2): several clients may share the card, a removal ends every
 * session even if the same card comes back, and a reset by one client ends the sessions of others.
 */
import { EventEmitter } from "node:events";
import { SimulatorError } from "../errors.ts";
import type { VirtualCard } from "./card-slot.ts";

interface ReaderEvents {
  inserted: [card: VirtualCard];
  removed: [card: VirtualCard];
}

type Loss = "READER_CARD_REMOVED" | "READER_CARD_RESET";

/** One client's connection to the card. */
export interface CardSession {
  readonly atr: Uint8Array;
  /**
   * Sends one command APDU; overlapping calls, of all clients, take turns.
   *
   * @throws SimulatorError READER_EMPTY after `disconnect`, READER_CARD_REMOVED, READER_CARD_RESET;
   * whatever the card throws
   */
  transmit(command: Uint8Array): Promise<Uint8Array>;
  /** Gives the answer to reset. The sessions of other clients end; this one goes on. */
  reset(kind: "warm" | "cold"): Uint8Array;
  /** Lets go of the card; the last client to do so takes its power away. Safe to call twice. */
  disconnect(): void;
}

export class InProcessReader extends EventEmitter<ReaderEvents> {
  readonly name: string;
  #card: VirtualCard | undefined;
  /** Open sessions, each with the way to tell it that it is over. */
  readonly #sessions = new Map<CardSession, (loss: Loss) => void>();
  /** Settles when the card has answered everything it was asked. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(name = "Simulated Reader 00 00") {
    super();
    this.name = name;
  }

  get present(): boolean {
    return this.#card !== undefined;
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
    this.#unpower(card);
    this.#endSessions("READER_CARD_REMOVED");
    this.emit("removed", card);
    return card;
  }

  /**
   * Connects a client, and powers the card when it is the first.
   *
   * @throws SimulatorError READER_EMPTY when no card lies there
   */
  connect(): CardSession {
    const card = this.#card;
    if (card === undefined) {
      throw new SimulatorError("READER_EMPTY", `no card lies in ${this.name}`);
    }
    const atr = this.#sessions.size === 0 ? card.powerOn() : card.atr;
    return this.#open(card, atr);
  }

  #open(card: VirtualCard, atr: Uint8Array): CardSession {
    let over: Loss | "READER_EMPTY" | undefined;
    const requireOpen = () => {
      if (over !== undefined) throw new SimulatorError(over, `${this.name}: ${REASONS[over]}`);
    };
    const session: CardSession = {
      atr,
      transmit: async (command) => {
        requireOpen();
        const response = await this.#inTurn(() => {
          requireOpen();
          return card.transmit(command);
        });
        // The card may have gone while it was thinking; its answer then went nowhere.
        requireOpen();
        return response;
      },
      reset: (kind) => {
        requireOpen();
        this.#endSessions("READER_CARD_RESET", session);
        return this.#reset(card, kind);
      },
      disconnect: () => {
        over ??= "READER_EMPTY";
        if (this.#sessions.delete(session) && this.#sessions.size === 0) this.#unpower(card);
      },
    };
    this.#sessions.set(session, (loss) => {
      over ??= loss;
    });
    return session;
  }

  #reset(card: VirtualCard, kind: "warm" | "cold"): Uint8Array {
    if (kind === "warm") return card.reset();
    this.#unpower(card);
    return card.powerOn();
  }

  #unpower(card: VirtualCard): void {
    card.powerOff();
    // Without power the card will not answer any more; nobody need wait for it.
    this.#turn = Promise.resolve();
  }

  #endSessions(loss: Loss, except?: CardSession): void {
    for (const [session, end] of this.#sessions) {
      if (session === except) continue;
      end(loss);
      this.#sessions.delete(session);
    }
  }

  #inTurn<T>(operation: () => T | Promise<T>): Promise<T> {
    const mine = this.#turn.then(operation);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

const REASONS = {
  READER_EMPTY: "the session was closed",
  READER_CARD_REMOVED: "the card was taken out",
  READER_CARD_RESET: "another client had the card reset",
} as const;
