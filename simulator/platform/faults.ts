/**
 * Faults of a platform or of the line to it, switched at run time: which, from which request on, how
 * often and until when. What each does is in fault.ts, what people call it in fault-names.ts.
 *
 * One `PlatformFaults` can be shared by several services, as one LGWAN line is.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import type { Random } from "../random.ts";
import { type PlatformFault, strike } from "./fault.ts";
import { faultNamed } from "./fault-names.ts";

export interface FaultScope {
  /** Strikes requests whose path starts with this; every request by default. */
  readonly path?: string;
  /** Requests of that path that pass first; none by default. */
  readonly after?: number;
  /** Ends after this many requests; goes on until removed by default. */
  readonly times?: number;
  /** The first moment of the world's clock at which it is over; never by default. */
  readonly until?: Date;
}

/** A fault by its name, as the control API and the command line ask for it. */
export interface PlatformFaultRequest {
  /** A name of `PLATFORM_FAULTS`. */
  readonly mode: string;
  /** In the unit of the mode. */
  readonly amount?: number | undefined;
  readonly path?: string | undefined;
  readonly after?: number | undefined;
  readonly times?: number | undefined;
  /** Seconds of the world's clock until it is over. */
  readonly seconds?: number | undefined;
}

interface Standing {
  readonly fault: PlatformFault;
  readonly path: string;
  readonly until: number;
  after: number;
  left: number;
  /** Of a rate limit: when the present window began, and how many came in it. */
  window: { readonly since: number; count: number };
}

export class PlatformFaults {
  readonly #random: Random;
  readonly #world: Clock;
  #standing: Standing[] = [];
  #rotateKeys: ((forget: boolean) => void) | undefined;

  /**
   * @param random decides which requests a lossy line swallows
   * @param world the clock everybody else goes by
   */
  constructor(random: Random, world: Clock) {
    this.#random = random;
    this.#world = world;
  }

  /** What the platform's own clock shows: the world's, unless a fault has set it wrong. */
  readonly clock: Clock = {
    now: () => {
      const now = this.#world.now().getTime();
      const skews = this.#standing.filter(({ after, until }) => after === 0 && now < until);
      const skew = skews.reduce((sum, { fault }) => sum + skewOf(fault), 0);
      return new Date(now + skew);
    },
  };

  /** How many milliseconds the platform's clock is ahead of the world's. */
  get skew(): number {
    return this.clock.now().getTime() - this.#world.now().getTime();
  }

  /** Tells how this platform changes the keys it signs with; one that signs nothing does not. */
  signsWith(rotateKeys: (forget: boolean) => void): void {
    this.#rotateKeys = rotateKeys;
  }

  /**
   * Adds a fault; several act together, in the order they were added.
   *
   * @returns a function that ends it
   * @throws SimulatorError CONTROL_INVALID for new keys where nothing is signed
   */
  inject(fault: PlatformFault, scope: FaultScope = {}): () => void {
    const standing = this.#add(fault, scope);
    return () => this.#end(standing);
  }

  #add(fault: PlatformFault, scope: FaultScope): Standing {
    if (fault.kind === "keyRotation" && this.#rotateKeys === undefined) {
      throw new SimulatorError("CONTROL_INVALID", "this platform signs nothing with a key");
    }
    const { path = "/", after = 0, times = Infinity, until } = scope;
    const standing: Standing = {
      fault,
      path,
      after,
      until: until?.getTime() ?? Infinity,
      // Keys are changed once, and not with every request.
      left: fault.kind === "keyRotation" ? 1 : times,
      window: { since: -Infinity, count: 0 },
    };
    this.#standing.push(standing);
    return standing;
  }

  /**
   * Adds a fault by its name; `none` ends all.
   *
   * @returns whether it may still strike
   * @throws SimulatorError CONTROL_INVALID
   */
  plan({ mode, amount, seconds, path, after, times }: PlatformFaultRequest): () => boolean {
    const fault = faultNamed(mode, amount);
    if (fault === undefined) {
      this.clear();
      return () => false;
    }
    const end = seconds === undefined ? undefined : this.#world.now().getTime() + seconds * 1000;
    const standing = this.#add(fault, {
      ...(path === undefined ? {} : { path }),
      ...(after === undefined ? {} : { after }),
      ...(times === undefined ? {} : { times }),
      ...(end === undefined ? {} : { until: new Date(end) }),
    });
    return () => this.#mayStrike(standing);
  }

  /** Whether any fault may still strike. */
  get active(): boolean {
    return this.#standing.some((standing) => this.#mayStrike(standing));
  }

  #mayStrike(standing: Standing): boolean {
    const over = standing.left <= 0 || this.#world.now().getTime() >= standing.until;
    return !over && this.#standing.includes(standing);
  }

  clear(): void {
    this.#standing = [];
  }

  /** Lets the faults strike every request of `app`, before anything else sees it. */
  guard(app: FastifyInstance): void {
    app.addHook("onRequest", (request, reply) => this.#strike(request, reply));
  }

  async #strike(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    for (const standing of this.#standing.filter(({ path }) => request.url.startsWith(path))) {
      if (!this.#isDue(standing)) continue;
      await strike(standing.fault, request, reply, {
        random: this.#random,
        exceeded: (requests, seconds) => this.#exceeded(standing, requests, seconds),
        rotateKeys: (forget) => this.#rotateKeys?.(forget),
      });
      if (reply.sent) return;
    }
  }

  /** Counts one request. What is over goes with the first request after it, not with the last of it. */
  #isDue(standing: Standing): boolean {
    const over = standing.left <= 0 || this.#world.now().getTime() >= standing.until;
    if (over) this.#end(standing);
    else if (standing.after > 0) standing.after -= 1;
    else {
      standing.left -= 1;
      return true;
    }
    return false;
  }

  #exceeded(standing: Standing, requests: number, seconds: number): number | undefined {
    const now = this.#world.now().getTime();
    const { since } = standing.window;
    if (now < since || now >= since + seconds * 1000) standing.window = { since: now, count: 0 };
    standing.window.count += 1;
    if (standing.window.count <= requests) return undefined;
    return Math.ceil((standing.window.since + seconds * 1000 - now) / 1000);
  }

  #end(ended: Standing): void {
    this.#standing = this.#standing.filter((standing) => standing !== ended);
  }
}

function skewOf(fault: PlatformFault): number {
  return fault.kind === "clockSkew" ? fault.milliseconds : 0;
}
