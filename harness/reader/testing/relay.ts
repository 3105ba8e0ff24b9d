/** Passes TCP connections on 127.0.0.1 to a UNIX socket: the way into a namespace without network. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export class Relay {
  readonly port: number;
  readonly #target: string;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();

  private constructor(port: number, target: string) {
    this.port = port;
    this.#target = target;
  }

  /** Picks a free port for connections to the UNIX socket `target`. */
  static async reserve(target: string): Promise<Relay> {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, "close");
    return new Relay(port, target);
  }

  async open(): Promise<void> {
    this.#server = createServer((outer) => this.#pass(outer)).listen(this.port, "127.0.0.1");
    await once(this.#server, "listening");
  }

  /** Closes the port and cuts every connection. */
  async close(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = once(server, "close");
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #pass(outer: Socket): void {
    outer.setNoDelay(true);
    const inner = connect(this.#target);
    for (const [from, to] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      this.#sockets.add(from);
      from.on("error", () => undefined); // "close" follows
      from.once("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }
}
