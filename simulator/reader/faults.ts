/**
 * What can go wrong between a reader and its card: which fault, for which commands, how often. What
 * each does is in exchange.ts.
 */
import type { ReaderCondition } from "./conditions.ts";

/** The card asks for time, S(WTX), again and again, and answers after so long. */
export interface Waiting {
  readonly kind: "waiting";
  readonly milliseconds: number;
  /** WTXM: how many waiting times it asks for at once, 1 to 59. Default 1. */
  readonly multiple?: number;
}

export type ReaderFault =
  /** Somebody takes the card away while it works on the command. */
  | { readonly kind: "removal" }
  | Waiting
  /** The call fails with this; the card has not seen the command. */
  | { readonly kind: "condition"; readonly condition: ReaderCondition };

export interface ReaderFaultScope {
  /** Commands it strikes; every command by default. */
  readonly on?: (command: Uint8Array) => boolean;
  /** Of those commands, how many pass first; none by default. */
  readonly after?: number;
  /** Ends after this many commands; goes on until removed by default. */
  readonly times?: number;
}

interface Standing {
  readonly fault: ReaderFault;
  readonly on: (command: Uint8Array) => boolean;
  after: number;
  left: number;
}

export class ReaderFaults {
  #standing: Standing[] = [];

  /** Adds a fault; of several that are due the oldest strikes. @returns a function that ends it */
  inject(fault: ReaderFault, scope: ReaderFaultScope = {}): () => void {
    const { on = () => true, after = 0, times = Infinity } = scope;
    const standing = { fault, on, after, left: times };
    this.#standing.push(standing);
    return () => {
      this.#standing = this.#standing.filter((other) => other !== standing);
    };
  }

  clear(): void {
    this.#standing = [];
  }

  /** The fault that strikes this command, which counts for all that are about such commands. */
  strike(command: Uint8Array): ReaderFault | undefined {
    if (this.#standing.length === 0) return undefined;
    const due = this.#standing.filter((standing) => standing.on(command) && isDue(standing));
    const [first] = due;
    if (first !== undefined) first.left -= 1;
    return first?.fault;
  }
}

function isDue(standing: Standing): boolean {
  if (standing.left <= 0) return false;
  standing.after -= 1;
  return standing.after < 0;
}
