/**
 * What has been planned to go wrong in a world: one list over the status services and all platforms,
 * by mode, position and how long.
 */
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import {
  CRL_FAULTS,
  type CrlFault,
  type JpkiService,
  OCSP_FAULTS,
  type OcspFault,
} from "../pki/index.ts";
import { PLATFORM_FAULTS } from "../platform/index.ts";
import { PLATFORM_NAMES, type PlatformName, type Platforms, platformOf } from "./platforms.ts";

/** What can fail, in the order people meet it. */
export const FAULTY_SERVICES = ["ocsp", "crl", ...PLATFORM_NAMES] as const;

export type FaultyService = (typeof FAULTY_SERVICES)[number];

/** Which fault, from which request on, how often and how long. */
export interface FaultRequest {
  readonly service: FaultyService;
  /** A name of `faultModes`; `none` ends what was planned for the service. */
  readonly mode: string;
  /** Of a platform: in the unit of the mode. */
  readonly amount?: number | undefined;
  /** Of a platform: requests whose path starts with this. */
  readonly path?: string | undefined;
  /** Requests that pass first. */
  readonly after?: number | undefined;
  /** Requests that it strikes. */
  readonly times?: number | undefined;
  /** Seconds of the world's clock until it is over. */
  readonly seconds?: number | undefined;
}

/** A fault that has been planned; `until` is a moment of the world's clock. */
export interface PlannedFault extends FaultRequest {
  readonly until?: Date;
}

interface Entry {
  readonly planned: PlannedFault;
  /** Whether it may still strike. */
  stands(): boolean;
}

export interface FaultMode {
  readonly ja: string;
  readonly en: string;
  readonly amount?: { readonly unit: string; readonly default: number };
}

/** What a world has to have for it. */
export interface FaultyWorld extends Platforms {
  readonly clock: Clock;
  readonly jpki: JpkiService;
}

const MODES = { ocsp: OCSP_FAULTS, crl: CRL_FAULTS };

/** The vocabulary of one service. */
export function faultModes(service: FaultyService): Readonly<Record<string, FaultMode>> {
  return isPlatform(service) ? PLATFORM_FAULTS : MODES[service];
}

export class FaultBoard {
  readonly #world: FaultyWorld;
  #entries: Entry[] = [];

  constructor(world: FaultyWorld) {
    this.#world = world;
  }

  /**
   * Plans a fault. A status service has one at a time; those of a platform act together.
   *
   * @throws SimulatorError CONTROL_INVALID
   */
  plan(request: FaultRequest): PlannedFault {
    const { service, mode, seconds } = request;
    const stands = isPlatform(service)
      ? platformOf(this.#world, service).faults.plan(request)
      : this.#planForStatus(service, request);
    if (mode === "none" || !isPlatform(service)) this.#forget(service);
    const until = this.#end(seconds);
    const planned = until === undefined ? request : { ...request, until };
    if (mode !== "none") this.#entries.push({ planned, stands });
    return planned;
  }

  /**
   * What may still strike, the oldest first. One of a status service that has struck all its times is
   * listed until it is ended.
   */
  get standing(): readonly PlannedFault[] {
    this.#entries = this.#entries.filter(({ stands }) => stands());
    return this.#entries.map(({ planned }) => planned);
  }

  /** Ends everything, of one service or of all. */
  clear(service?: FaultyService): void {
    for (const one of service === undefined ? FAULTY_SERVICES : [service]) {
      this.plan({ service: one, mode: "none" });
    }
  }

  #planForStatus(service: "ocsp" | "crl", request: FaultRequest): () => boolean {
    const { mode, amount, path, after, times, seconds } = request;
    if (!Object.hasOwn(MODES[service], mode)) {
      const modes = Object.keys(MODES[service]).join(", ");
      throw invalid(`${service} has no fault "${mode}"; it has ${modes}`);
    }
    if (amount !== undefined || path !== undefined) {
      throw invalid(`${service} takes neither an amount nor a path`);
    }
    const until = this.#end(seconds);
    const when = {
      ...(after === undefined ? {} : { after }),
      ...(times === undefined ? {} : { times }),
      ...(until === undefined ? {} : { until }),
    };
    const { jpki } = this.#world;
    if (service === "ocsp") jpki.planFault("ocsp", { mode: mode as OcspFault, ...when });
    else jpki.planFault("crl", { mode: mode as CrlFault, ...when });
    return () => until === undefined || this.#world.clock.now() < until;
  }

  #end(seconds: number | undefined): Date | undefined {
    if (seconds === undefined) return undefined;
    return new Date(this.#world.clock.now().getTime() + seconds * 1000);
  }

  #forget(service: FaultyService): void {
    this.#entries = this.#entries.filter(({ planned }) => planned.service !== service);
  }
}

function isPlatform(service: FaultyService): service is PlatformName {
  return service !== "ocsp" && service !== "crl";
}

function invalid(message: string): SimulatorError {
  return new SimulatorError("CONTROL_INVALID", message);
}
