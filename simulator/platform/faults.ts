/**
 * Faults of a platform or of the line to it, switched at run time: planned outage and overload (503
 * and 429 with Retry-After, RFC 9110 section 10.2.3), latency, a dropped connection, a lossy line
 * (platform-facts MK-19, LA-04, LA-05).
 *
 * One `PlatformFaults` can be shared by several services, as one LGWAN line is.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Random } from "../random.ts";

export type PlatformFault =
  | {
      readonly kind: "refuse";
      /** 503 Service Unavailable by default. */
      readonly status?: 429 | 503;
      readonly retryAfterSeconds: number;
    }
  | { readonly kind: "latency"; readonly milliseconds: number }
  /** The connection is cut without an answer. */
  | { readonly kind: "drop" }
  /** A `drop` that strikes the given share (0 to 1) of requests. */
  | { readonly kind: "loss"; readonly share: number };

export interface FaultScope {
  /** Strikes requests whose path starts with this; every request by default. */
  readonly path?: string;
  /** Ends after this many requests; goes on until removed by default. */
  readonly times?: number;
}

interface Standing {
  readonly fault: PlatformFault;
  readonly path: string;
  left: number;
}

export class PlatformFaults {
  readonly #random: Random;
  #standing: Standing[] = [];

  /** @param random decides which requests a lossy line swallows */
  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Adds a fault; several act together, in the order they were added.
   *
   * @returns a function that ends it
   */
  inject(fault: PlatformFault, scope: FaultScope = {}): () => void {
    const standing = { fault, path: scope.path ?? "/", left: scope.times ?? Infinity };
    this.#standing.push(standing);
    return () => this.#end(standing);
  }

  /** Whether any fault may still strike. */
  get active(): boolean {
    return this.#standing.length > 0;
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
      standing.left -= 1;
      if (standing.left <= 0) this.#end(standing);
      await this.#act(standing.fault, request, reply);
      if (reply.sent) return;
    }
  }

  async #act(fault: PlatformFault, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    switch (fault.kind) {
      case "refuse":
        return refuse(reply, fault.status ?? 503, fault.retryAfterSeconds);
      case "latency":
        await wait(fault.milliseconds);
        // Whoever has hung up meanwhile gets no answer, and the service never hears of them.
        if (request.raw.socket.destroyed) reply.hijack();
        return;
      case "drop":
        return drop(request, reply);
      case "loss":
        if (this.#random.below(10_000) < fault.share * 10_000) drop(request, reply);
    }
  }

  #end(ended: Standing): void {
    this.#standing = this.#standing.filter((standing) => standing !== ended);
  }
}

function refuse(reply: FastifyReply, status: 429 | 503, retryAfterSeconds: number): void {
  const error = status === 429 ? "slow_down" : "temporarily_unavailable";
  reply.code(status).header("retry-after", String(retryAfterSeconds)).send({ error });
}

function drop(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.destroy();
}
