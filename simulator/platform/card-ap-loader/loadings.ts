/** The record of loadings: which application of whom went on which card, and how far it got. */
import type { Random } from "../../random.ts";
import type { Loading } from "./state.ts";

export type LoadingPlace = Pick<Loading, "operator" | "application" | "card">;

export class Loadings {
  readonly #random: Random;
  readonly #loadings: Map<string, Loading>;

  constructor(random: Random, loadings: readonly Loading[]) {
    this.#random = random;
    this.#loadings = new Map(loadings.map((loading) => [loading.id, loading]));
  }

  begin(place: LoadingPlace, channel: Loading["channel"], now: Date): Loading {
    const id = this.#newId();
    const loading = {
      ...place,
      id,
      channel,
      state: "started",
      startedAt: now.toISOString(),
    } as const;
    this.#loadings.set(id, loading);
    return loading;
  }

  find(id: string): Loading | undefined {
    return this.#loadings.get(id);
  }

  /** The newest one of an application on a card. */
  last({ operator, application, card }: LoadingPlace): Loading | undefined {
    return this.all().findLast(
      (one) => one.operator === operator && one.application === application && one.card === card,
    );
  }

  /** @returns the loading as it is now */
  advance(loading: Loading, state: Loading["state"]): Loading {
    const advanced = { ...loading, state };
    this.#loadings.set(loading.id, advanced);
    return advanced;
  }

  all(): readonly Loading[] {
    return [...this.#loadings.values()];
  }

  #newId(): string {
    for (;;) {
      const id = `LOAD-${this.#random.digits(10)}`;
      if (!this.#loadings.has(id)) return id;
    }
  }
}
