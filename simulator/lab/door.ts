/**
 * One HTTP service of the world on a loopback port. The port is taken before the service is built,
 * because certificates and issuers carry the address of services that do not exist yet.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import fastify, { type FastifyInstance, type FastifyPluginAsync } from "fastify";
import { SimulatorError } from "../errors.ts";

const LOOPBACK = "127.0.0.1";

export class Door {
  /** `http://127.0.0.1:8081`, without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  readonly #server: Server;
  #app: FastifyInstance | undefined;

  private constructor(server: Server) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    this.origin = `http://${LOOPBACK}:${this.port}`;
  }

  /**
   * Takes a port on the loopback address.
   *
   * @param port 0 for any that is free
   * @throws SimulatorError PORT_IN_USE
   */
  static async open(port = 0): Promise<Door> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once("error", (cause: NodeJS.ErrnoException) => reject(describe(cause, port)));
      server.listen(port, LOOPBACK, resolve);
    });
    return new Door(server);
  }

  /** As `open`, but any free port will do where the wanted one is taken. */
  static async openNear(port = 0): Promise<Door> {
    return Door.open(port).catch(() => Door.open());
  }

  /** Puts a service behind the door. Requests that came before are still waiting for it. */
  async mount(service: FastifyPluginAsync): Promise<void> {
    const app = fastify({
      forceCloseConnections: true,
      serverFactory: (handler) => this.#server.on("request", handler),
    });
    this.#app = app;
    await app.register(service);
    await app.ready();
  }

  async close(): Promise<void> {
    await this.#app?.close();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

function describe(cause: NodeJS.ErrnoException, port: number): Error {
  if (cause.code !== "EADDRINUSE" && cause.code !== "EACCES") return cause;
  const why = cause.code === "EACCES" ? "may not be used" : "is in use";
  return new SimulatorError("PORT_IN_USE", `port ${port} ${why}`, { cause });
}
