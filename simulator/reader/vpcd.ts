/**
 * The card side of vpcd: hands a virtual card to the PC/SC service of this machine, so that any
 * PC/SC program can use it as a card in a reader (reader-facts 1.2).
 *
 * vpcd listens, the card connects; being connected is being inserted. vpcd has one card a port: a
 * second connection waits unnoticed until the first leaves.
 */
import { EventEmitter } from "node:events";
import { connect as connectSocket, isIP, type Socket } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { SimulatorError } from "../errors.ts";
import type { VirtualCard } from "./card-slot.ts";
import { serveCard } from "./vpcd-link.ts";

/** Where Debian's vpcd listens for the card of its first slot. */
export const VPCD_PORT = 35963;

const RETRY_EVERY = 100;
/** pcscd looks every 0.4 s; a card that is back before the next look was never away. */
const NOTICED_WITHIN = 600;

export interface VpcdOptions {
  readonly card: VirtualCard;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 35963; the second slot of a reader is the port after its first. */
  readonly port?: number;
  /** Whether `host` may be another machine. Default false: whoever listens there gets the card. */
  readonly allowRemote?: boolean;
  /** Milliseconds `connect` and `insert` wait for somebody to listen. Default 10000. */
  readonly patience?: number;
  /** Milliseconds the card may take for one command before it is torn out. Default 60000. */
  readonly answerWithin?: number;
  /** Closes the card for good when it aborts. */
  readonly signal?: AbortSignal;
}

interface VpcdEvents {
  /** The card lies in the reader. */
  connected: [];
  /** It does not any more, for whatever reason. */
  disconnected: [];
  /** Card or peer failed and the card was taken out; see `serveCard`. */
  error: [error: unknown];
}

export class VpcdCard extends EventEmitter<VpcdEvents> {
  readonly #options: VpcdOptions;
  /** Aborts what keeps the card in the reader; undefined while it is meant to be out. */
  #stay: AbortController | undefined;
  /** Settles when the last link has ended. */
  #link: Promise<void> = Promise.resolve();
  #noticed: Promise<void> = Promise.resolve();
  #connected = false;

  private constructor(options: VpcdOptions) {
    super();
    this.#options = options;
    options.signal?.addEventListener("abort", () => void this.close(), { once: true });
  }

  /**
   * Puts a card into a virtual reader. Until `remove` or `close` it is put back whenever the link
   * breaks, so it outlives a restart of pcscd.
   *
   * @throws SimulatorError VPCD_UNREACHABLE when nobody listens within the patience,
   * VPCD_REMOTE_REFUSED for another machine without `allowRemote`
   */
  static async connect(options: VpcdOptions): Promise<VpcdCard> {
    requireLoopback(options);
    const card = new VpcdCard(options);
    await card.insert();
    return card;
  }

  /** Whether the card lies in the reader now. */
  get connected(): boolean {
    return this.#connected;
  }

  /**
   * Puts the card back after `remove` or an `error`; does nothing while it is in.
   *
   * @throws SimulatorError VPCD_UNREACHABLE when nobody listens within the patience
   */
  async insert(): Promise<void> {
    if (this.#stay !== undefined) return;
    const stay = new AbortController();
    this.#stay = stay;
    await this.#noticed;
    const { patience = 10_000, signal } = this.#options;
    const limits = [stay.signal, AbortSignal.timeout(patience)];
    if (signal !== undefined) limits.push(signal);
    try {
      const socket = await dial(this.#options, AbortSignal.any(limits));
      this.#link = this.#stayInserted(socket, stay);
    } catch (error) {
      if (this.#stay === stay) this.#stay = undefined;
      throw error;
    }
  }

  /** Takes the card out. Resolves when it was away long enough for pcscd to have noticed. */
  async remove(): Promise<void> {
    await this.close();
    this.#noticed = delay(NOTICED_WITHIN);
    await this.#noticed;
  }

  /** Takes the card out without waiting for anybody to notice. Safe to call twice. */
  async close(): Promise<void> {
    this.#stay?.abort();
    this.#stay = undefined;
    await this.#link;
  }

  async #stayInserted(first: Socket, stay: AbortController): Promise<void> {
    let socket: Socket | undefined = first;
    try {
      while (socket !== undefined) {
        await this.#serve(socket, stay.signal);
        socket = await redial(this.#options, stay.signal);
      }
    } catch (error) {
      if (this.#stay === stay) this.#stay = undefined;
      this.emit("error", error);
    }
  }

  async #serve(socket: Socket, stay: AbortSignal): Promise<void> {
    const leave = () => socket.destroy();
    stay.addEventListener("abort", leave, { once: true });
    if (stay.aborted) leave();
    this.#connected = true;
    this.emit("connected");
    try {
      await serveCard(socket, this.#options.card, this.#options.answerWithin ?? 60_000);
    } finally {
      stay.removeEventListener("abort", leave);
      this.#connected = false;
      this.emit("disconnected");
    }
  }
}

/** After a broken link: waits without end, and gives undefined when the card is to stay out. */
async function redial(options: VpcdOptions, stay: AbortSignal): Promise<Socket | undefined> {
  try {
    await delay(RETRY_EVERY, undefined, { signal: stay });
    return await dial(options, stay);
  } catch (error) {
    if (stay.aborted) return undefined;
    throw error;
  }
}

async function dial(options: VpcdOptions, limit: AbortSignal): Promise<Socket> {
  for (;;) {
    try {
      limit.throwIfAborted();
      return await dialOnce(options, limit);
    } catch (cause) {
      if (limit.aborted) throw unreachable(options, cause);
      await delay(RETRY_EVERY, undefined, { signal: limit }).catch(() => {
        throw unreachable(options, cause);
      });
    }
  }
}

function dialOnce(options: VpcdOptions, limit: AbortSignal): Promise<Socket> {
  const { host = "127.0.0.1", port = VPCD_PORT } = options;
  return new Promise((resolve, reject) => {
    const socket = connectSocket({ host, port });
    const giveUp = () => socket.destroy(new Error("gave up waiting"));
    limit.addEventListener("abort", giveUp, { once: true });
    socket.once("close", () => limit.removeEventListener("abort", giveUp));
    socket.once("error", reject);
    socket.once("connect", () => {
      limit.removeEventListener("abort", giveUp);
      socket.off("error", reject);
      resolve(socket);
    });
  });
}

function requireLoopback({ host = "127.0.0.1", allowRemote = false }: VpcdOptions): void {
  const loopback =
    host === "localhost" || host === "::1" || (isIP(host) === 4 && /^127\./.test(host));
  if (loopback || allowRemote) return;
  throw new SimulatorError("VPCD_REMOTE_REFUSED", `${host} is not this machine`);
}

function unreachable(options: VpcdOptions, cause: unknown): SimulatorError {
  const { host = "127.0.0.1", port = VPCD_PORT } = options;
  const message = `nobody listens for a virtual card on ${host}:${port}`;
  return new SimulatorError("VPCD_UNREACHABLE", message, { cause });
}
