/**
 * The clients of one reader and how they share its card (PC/SC part 5; reader-facts 2.2): turns,
 * transactions, resets, and the five seconds after which Windows takes the card away from whoever
 * holds it in a transaction without using it (platform-facts CR-10).
 */
import type { LabClock } from "../clock.ts";
import type { VirtualCard } from "./card-slot.ts";
import type { ReaderCondition, ReaderFailure } from "./conditions.ts";
import { exchange, type ReaderPath, type Traffic } from "./exchange.ts";
import type { ReaderFaults } from "./faults.ts";
import { Life } from "./life.ts";
import type { ReaderTraits } from "./traits.ts";

export type ShareMode = "shared" | "exclusive";

/** One client's connection to the card. */
export interface CardSession {
  readonly atr: Uint8Array;
  /**
   * Sends one command APDU; overlapping calls, of all clients, take turns.
   *
   * @param within milliseconds by the reader's clock; without end by default
   * @throws ReaderFailure READER_EMPTY after `disconnect`, READER_CARD_REMOVED, READER_CARD_RESET,
   * READER_FAILED; whatever the card throws
   */
  transmit(command: Uint8Array, within?: number): Promise<Uint8Array>;
  /** Gives the answer to reset. The sessions of other clients end; this one goes on. */
  reset(kind: "warm" | "cold"): Uint8Array;
  /** Waits for the card to be free, and keeps it for this client until `endTransaction`. */
  beginTransaction(): Promise<void>;
  endTransaction(): void;
  /** Lets go of the card; the last client to do so takes its power away. Safe to call twice. */
  disconnect(): void;
}

/** What the sessions need of their reader. */
export interface SharedReader {
  readonly traits: ReaderTraits;
  readonly clock: LabClock;
  readonly traffic: Traffic;
  readonly faults: ReaderFaults;
  remove(): unknown;
  readonly fail: (condition: ReaderCondition) => ReaderFailure;
}

interface Client {
  readonly share: ShareMode;
  readonly life: Life;
}

/** The way of one client's commands. */
interface ClientPath extends ReaderPath {
  fieldLost: boolean;
}

interface Transaction {
  readonly owner: Client;
  /** By the reader's clock, milliseconds. */
  usedAt: number;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** Milliseconds without an exchange after which Windows ends a transaction by a reset. */
const TRANSACTION_IDLE_MAX = 5_000;

export class SessionRegister {
  readonly #reader: SharedReader;
  readonly #clients = new Set<Client>();
  /** Settles when the card has answered everything it was asked. */
  #turn: Promise<unknown> = Promise.resolve();
  #transaction: Transaction | undefined;

  constructor(reader: SharedReader) {
    this.#reader = reader;
  }

  /**
   * @param report the answer to reset as the reader gives it on
   * @throws ReaderFailure READER_BUSY
   */
  open(
    card: VirtualCard,
    report: (answer: Uint8Array) => Uint8Array,
    share: ShareMode,
  ): CardSession {
    const others = [...this.#clients];
    if (others.some((other) => other.share === "exclusive" || share === "exclusive")) {
      throw this.#reader.fail("sharingViolation");
    }
    const answer = others.length === 0 ? card.powerOn() : card.atr;
    const life = new Life();
    const client: Client = { share, life };
    this.#clients.add(client);
    const path = this.#pathTo(card, client);
    return {
      atr: report(answer),
      transmit: (command, within = Infinity) => this.#transmit(client, card, path, command, within),
      reset: (kind) => {
        life.require();
        this.end("cardReset", client);
        return report(this.#reset(card, kind));
      },
      beginTransaction: async () => {
        life.require();
        await this.#free(client);
        life.require();
        this.#transaction ??= transactionOf(client, this.#now());
      },
      endTransaction: () => this.#endTransaction(client),
      disconnect: () => {
        const last = this.#leave(client, "invalidHandle") && this.#clients.size === 0;
        if (last) this.#unpower(card);
      },
    };
  }

  /** Ends every session but that of `except`. */
  end(condition: ReaderCondition, except?: Client): void {
    for (const client of [...this.#clients]) {
      if (client !== except) this.#leave(client, condition);
    }
    // A card that is gone, or starts anew, will not answer what it was asked before.
    this.#turn = Promise.resolve();
  }

  async #transmit(
    client: Client,
    card: VirtualCard,
    path: ClientPath,
    command: Uint8Array,
    within: number,
  ): Promise<Uint8Array> {
    const { life } = client;
    life.require();
    if (this.#transaction !== undefined) await this.#free(client);
    const work = this.#inTurn(() => {
      this.#useTransaction(client, card);
      life.require();
      const fault = this.#reader.faults.strike(command);
      return exchange(path, card, command, fault, within);
    });
    try {
      return await life.during(work);
    } finally {
      // Told first what became of the command, the client then meets a card that forgot everything.
      if (path.fieldLost) this.#leave(client, "cardReset");
    }
  }

  #pathTo(card: VirtualCard, client: Client): ClientPath {
    const reader = this.#reader;
    const { clock, traffic, fail } = reader;
    const path: ClientPath = {
      get traits() {
        return reader.traits;
      },
      clock,
      traffic,
      fail,
      fieldLost: false,
      remove: () => reader.remove(),
      loseField: () => {
        path.fieldLost = true;
        this.#reset(card, "cold");
        this.end("cardReset", client);
      },
    };
    return path;
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

  /** @returns whether the client was there */
  #leave(client: Client, condition: ReaderCondition): boolean {
    this.#endTransaction(client);
    client.life.end(this.#reader.fail(condition));
    return this.#clients.delete(client);
  }

  /** Waits until no other client keeps the card for itself. */
  async #free(client: Client): Promise<void> {
    while (this.#transaction !== undefined && this.#transaction.owner !== client) {
      await client.life.during(this.#transaction.ended);
    }
  }

  #useTransaction(client: Client, card: VirtualCard): void {
    const transaction = this.#transaction;
    if (transaction?.owner !== client) return;
    const idle = this.#now() - transaction.usedAt;
    transaction.usedAt = this.#now();
    if (this.#reader.traits.platform !== "windows" || idle <= TRANSACTION_IDLE_MAX) return;
    this.#reset(card, "warm");
    this.end("cardReset");
  }

  #endTransaction(client: Client): void {
    if (this.#transaction?.owner !== client) return;
    this.#transaction.end();
    this.#transaction = undefined;
  }

  #now(): number {
    return this.#reader.clock.now().getTime();
  }

  #inTurn<T>(operation: () => T | Promise<T>): Promise<T> {
    const mine = this.#turn.then(operation);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

function transactionOf(owner: Client, usedAt: number): Transaction {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { owner, usedAt, ended, end };
}
