/**
 * The reader's side of one vpcd link (reader-facts 1.2), which can tell what a card that was killed
 * still said: an answer that left the card counts, whether or not anybody was waiting for it.
 */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { concat, fromHex, toHex } from "../../../../simulator/iso7816/index.ts";
import { encodeFrame, FrameDecoder } from "../../../../simulator/reader/index.ts";

const POWER_ON = fromHex("01");

/** A slot for one card, the first that is put in. */
export class CardSlot {
  readonly port: number;
  /** The card, with power. */
  readonly card: Promise<CardLink>;
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    this.card = once(server, "connection").then(([socket]) => new CardLink(socket as Socket));
  }

  static async open(): Promise<CardSlot> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    return new CardSlot(server);
  }

  close(): void {
    this.#server.close();
  }
}

export class CardLink {
  /** Settles when the other end is gone and all it sent has been read. */
  readonly closed: Promise<unknown>;
  readonly #socket: Socket;
  readonly #decoder = new FrameDecoder();
  #received: Uint8Array = new Uint8Array(0);
  #answers: string[] = [];

  constructor(socket: Socket) {
    this.#socket = socket.setNoDelay(true);
    // Not `once` of node:events, which takes the reset of a connection for an error of its own.
    this.closed = new Promise((resolve) => socket.once("close", resolve));
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      this.#received = concat(this.#received, bytes);
      this.#answers.push(...this.#decoder.push(bytes).map(toHex));
      socket.emit("answered");
    });
    socket.write(encodeFrame(POWER_ON));
  }

  /** Sends a command APDU in hexadecimal and waits for nothing. */
  send(command: string): void {
    this.#received = new Uint8Array(0);
    this.#answers = [];
    this.#socket.write(encodeFrame(fromHex(command)));
  }

  /** The answer to what was sent last, in hexadecimal; undefined when the link ends without one. */
  async answer(): Promise<string | undefined> {
    while (this.#answers.length === 0 && !this.#socket.destroyed) {
      const more = new Promise((resolve) => this.#socket.once("answered", resolve));
      await Promise.race([more, this.closed]);
    }
    return this.#answers[0];
  }

  /** Whether any byte came in answer to what was sent last, a whole answer or not. */
  get spoke(): boolean {
    return this.#received.length > 0;
  }
}
