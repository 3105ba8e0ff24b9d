/** The other end of a vpcd link for tests: listens as vpcd does and deals in raw bytes. */
import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { concat, fromHex, toHex } from "../../iso7816/index.ts";

export class FakeVpcd {
  readonly #server: Server;
  readonly port: number;
  readonly #waiting: Socket[] = [];

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    server.on("connection", (socket) => {
      socket.on("error", () => undefined);
      this.#waiting.push(socket);
      server.emit("card");
    });
  }

  /** @param port 0 for a free one */
  static async listen(port = 0): Promise<FakeVpcd> {
    const server = createServer();
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return new FakeVpcd(server);
  }

  /** The next card that is inserted. */
  async card(): Promise<CardEnd> {
    for (;;) {
      const socket = this.#waiting.shift();
      if (socket !== undefined) return new CardEnd(socket);
      await once(this.#server, "card");
    }
  }

  /** As when pcscd dies: the port is closed and so is every link. */
  async stop(links: readonly CardEnd[] = []): Promise<void> {
    for (const link of links) link.hangUp();
    for (const socket of this.#waiting) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }
}

export class CardEnd {
  readonly #socket: Socket;
  readonly closed: Promise<unknown>;
  /** What the card sent and nobody received yet. */
  #unread: Uint8Array = new Uint8Array(0);

  constructor(socket: Socket) {
    this.#socket = socket;
    this.closed = once(socket, "close");
    socket.on("data", (bytes) => {
      this.#unread = concat(this.#unread, bytes);
      socket.emit("arrived");
    });
  }

  send(hex: string): void {
    this.#socket.write(fromHex(hex));
  }

  /** Exactly the next `length` bytes, in hexadecimal. */
  async receive(length: number): Promise<string> {
    while (this.#unread.length < length) await once(this.#socket, "arrived");
    const bytes = this.#unread.subarray(0, length);
    this.#unread = this.#unread.slice(length);
    return toHex(bytes);
  }

  /** Waits for the end of the link and says whether nothing but what was received came over it. */
  async endsSilently(): Promise<boolean> {
    await this.closed;
    return this.#unread.length === 0;
  }

  hangUp(): void {
    this.#socket.destroy();
  }
}
