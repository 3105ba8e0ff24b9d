/** The ports of a world, one service behind each. */
import type { FastifyPluginAsync } from "fastify";
import { Door, type DoorPlate } from "./door.ts";

/** In the order of their ports when a first port is given. */
export const SERVICES = [
  "console",
  "jpki",
  "mkpfVerification",
  "mkpfProduction",
  "localAuthPf",
  "digitalAuthApp",
  "attributeProvision",
  "cardApLoader",
] as const;

export type Service = (typeof SERVICES)[number];

/** HTTP as in reality (status and lists are signed), or for whoever sits at this machine. */
const ALWAYS_HTTP: ReadonlySet<Service> = new Set(["console", "jpki"]);

export interface DoorsWanted {
  /** First of the ports to take; those of `before` as far as they are free, or any, when absent. */
  readonly first?: number | undefined;
  readonly before?: Partial<Record<Service, number>> | undefined;
  /** Platforms speak TLS when given. */
  readonly plate?: DoorPlate | undefined;
}

export class Doors {
  readonly #doors: Readonly<Record<Service, Door>>;

  private constructor(doors: Readonly<Record<Service, Door>>) {
    this.#doors = doors;
  }

  /**
   * Takes a port for every service.
   *
   * @throws SimulatorError PORT_IN_USE for a port that was asked for
   */
  static async open({ first, before = {}, plate }: DoorsWanted): Promise<Doors> {
    const doors: Partial<Record<Service, Door>> = {};
    try {
      for (const [place, service] of SERVICES.entries()) {
        const shown = ALWAYS_HTTP.has(service) ? undefined : plate;
        doors[service] = await (first === undefined
          ? Door.openNear(before[service], shown)
          : Door.open(first + place, shown));
      }
    } catch (error) {
      await Promise.all(Object.values(doors).map((door) => door.close()));
      throw error;
    }
    return new Doors(doors as Record<Service, Door>);
  }

  origin(service: Service): string {
    return this.#doors[service].origin;
  }

  get ports(): Record<Service, number> {
    const ports = SERVICES.map((service) => [service, this.#doors[service].port]);
    return Object.fromEntries(ports) as Record<Service, number>;
  }

  mount(service: Service, plugin: FastifyPluginAsync): Promise<void> {
    return this.#doors[service].mount(plugin);
  }

  async close(): Promise<void> {
    await Promise.all(SERVICES.map((service) => this.#doors[service].close()));
  }
}
