/** What one host process holds: a binding, and through it one connection to one reader. */
import { BenchError } from "../../errors.ts";
import type { ReaderEntry } from "../reader.ts";
import type { PcscBinding, PcscConnection } from "./binding.ts";
import type { Connected, PcscShareMode } from "./protocol.ts";
import { pcscError } from "./status-codes.ts";

/** pcscd looks for a card every 0.4 s, and needs a moment to tell (reader-facts 1.2). */
const NOTICED_WITHIN = 1_500;

export class PcscSession {
  readonly #load: () => Promise<PcscBinding>;
  #binding: Promise<PcscBinding> | undefined;
  #connection: PcscConnection | undefined;

  /** @param load called when the first request needs the binding */
  constructor(load: () => Promise<PcscBinding>) {
    this.#load = load;
  }

  async list(): Promise<ReaderEntry[]> {
    return (await this.#bound()).list();
  }

  async connect(name: string, share: PcscShareMode): Promise<Connected> {
    const connection = await (await this.#bound()).connect(name, share);
    this.#connection = connection;
    return { atr: connection.atr };
  }

  /**
   * A card that is taken out in the middle of a command is not told as such, because the service has
   * not noticed yet: it fails the exchange, or calls it success with nothing in it (reader-facts 1.3).
   * So the reader is looked at before anybody is told.
   */
  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const connection = this.#connected();
    const [outcome] = await Promise.allSettled([connection.transmit(command)]);
    if (brokeOff(outcome) && (await connection.cardGone(NOTICED_WITHIN))) {
      throw new BenchError("READER_CARD_REMOVED", "the card was taken out during the command");
    }
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  }

  async control(code: number, data: Uint8Array): Promise<Uint8Array> {
    return this.#connected().control(code, data);
  }

  async reset(kind: "warm" | "cold"): Promise<Uint8Array> {
    return this.#connected().reset(kind);
  }

  async begin(): Promise<null> {
    const connection = this.#connected();
    if (connection.beginTransaction === undefined) throw noTransactions();
    await connection.beginTransaction();
    return null;
  }

  async end(): Promise<null> {
    await this.#connected().endTransaction?.();
    return null;
  }

  async disconnect(power: "cut" | "reset" | "keep"): Promise<null> {
    const connection = this.#connected();
    this.#connection = undefined;
    await connection.disconnect(power);
    return null;
  }

  #bound(): Promise<PcscBinding> {
    this.#binding ??= this.#load();
    return this.#binding;
  }

  #connected(): PcscConnection {
    if (this.#connection !== undefined) return this.#connection;
    throw new BenchError("READER_NOT_OPEN", "there is no connection to a card");
  }
}

/** Whether nothing came back of which it is known why. */
function brokeOff(outcome: PromiseSettledResult<Uint8Array>): boolean {
  if (outcome.status === "fulfilled") return outcome.value.length < 2;
  return pcscError(outcome.reason).code === "READER_TRANSPORT";
}

function noTransactions(): BenchError {
  const message = "the package pcsclite knows no transactions; use the binding koffi";
  return new BenchError("READER_UNSUPPORTED", message);
}
