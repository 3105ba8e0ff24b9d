/**
 * One HTTP service of the world on a loopback port. The port is taken before the service is built,
 * because certificates and issuers carry the address of services that do not exist yet; and a service
 * can be put in the place of another without anybody noticing a closed door.
 */
import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import fastify, { type FastifyInstance, type FastifyPluginAsync } from "fastify";
import { SimulatorError } from "../errors.ts";

const LOOPBACK = "127.0.0.1";

/** With what a door proves whose it is, PEM. */
export interface DoorPlate {
  readonly key: string;
  readonly cert: string;
}

export class Door {
  /** `http://127.0.0.1:8081`, or `https` with a plate; without a slash at the end. */
  readonly origin: string;
  readonly port: number;
  readonly #server: Server;
  readonly #behind: Behind;
  #app: FastifyInstance | undefined;

  private constructor(server: Server, secure: boolean, behind: Behind) {
    this.#server = server;
    this.#behind = behind;
    this.port = (server.address() as AddressInfo).port;
    this.origin = `${secure ? "https" : "http"}://${LOOPBACK}:${this.port}`;
  }

  /**
   * Takes a port on the loopback address.
   *
   * @param port 0 for any that is free
   * @param plate speaks TLS when given
   * @throws SimulatorError PORT_IN_USE
   */
  static async open(port = 0, plate?: DoorPlate): Promise<Door> {
    const behind = new Behind();
    const server =
      plate === undefined
        ? createHttpServer(behind.listener)
        : createHttpsServer(plate, behind.listener);
    await new Promise<void>((resolve, reject) => {
      server.once("error", (cause: NodeJS.ErrnoException) => reject(describe(cause, port)));
      server.listen(port, LOOPBACK, resolve);
    });
    return new Door(server, plate !== undefined, behind);
  }

  /** As `open`, but any free port will do where the wanted one is taken. */
  static async openNear(port = 0, plate?: DoorPlate): Promise<Door> {
    return Door.open(port, plate).catch(() => Door.open(0, plate));
  }

  /**
   * Puts a service behind the door, in the place of the one before. Requests that came before any are
   * still waiting for it.
   */
  async mount(service: FastifyPluginAsync): Promise<void> {
    const app = fastify();
    await app.register(service);
    await app.ready();
    const former = this.#app;
    this.#app = app;
    this.#behind.serve((request, response) => app.routing(request, response));
    await former?.close();
  }

  async close(): Promise<void> {
    await this.#app?.close();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }
}

/** What is behind a door: nothing yet, and requests wait; or a service. */
class Behind {
  #listener: RequestListener | undefined;
  #waiting: Parameters<RequestListener>[] = [];

  readonly listener: RequestListener = (request, response) => {
    if (this.#listener === undefined) this.#waiting.push([request, response]);
    else this.#listener(request, response);
  };

  serve(listener: RequestListener): void {
    this.#listener = listener;
    for (const [request, response] of this.#waiting.splice(0)) listener(request, response);
  }
}

function describe(cause: NodeJS.ErrnoException, port: number): Error {
  if (cause.code !== "EADDRINUSE" && cause.code !== "EACCES") return cause;
  const why = cause.code === "EACCES" ? "may not be used" : "is in use";
  return new SimulatorError("PORT_IN_USE", `port ${port} ${why}`, { cause });
}
