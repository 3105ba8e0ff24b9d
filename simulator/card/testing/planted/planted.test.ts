import { describe, expect, it } from "vitest";
import { History } from "../../model/event.ts";
import { differences } from "../../model/run.ts";
import { modelledCard } from "../modelled-card.ts";
import { BUGS } from "./bugs.ts";
import { OpenCard } from "./open-card.ts";
import { EVENTS_MAX, search } from "./search.ts";

const image = modelledCard();
const SEED = 6;

describe("a bug planted in the card", () => {
  it.each(BUGS)("is found by the model and shrunk to a few events: $name", (bug) => {
    const { smallest, differences: told } = search(image, bug, { seed: SEED, histories: 5000 });
    expect(smallest?.events.length).toBeGreaterThan(1);
    expect(smallest?.events.length).toBeLessThanOrEqual(EVENTS_MAX);
    // All of it is there to be seen: the last event is the one that goes wrong.
    expect(told[0]).toMatch(new RegExp(`^event ${smallest?.events.length},`));
    // And it is the bug that shows, not the history: our card has nothing to hide in it.
    expect(differences(image, smallest ?? new History([]))).toEqual([]);
  });

  it("is all that the model finds: without one the open card is like ours", () => {
    const honest = {
      name: "none",
      insert: (...args: ConstructorParameters<typeof OpenCard>) => new OpenCard(...args),
    };
    const found = search(image, honest, { seed: SEED, histories: 100 });
    expect(found).toEqual({ histories: 100, shrinkings: 0, smallest: undefined, differences: [] });
  });

  it("is one of ten, each with a name of its own", () => {
    expect(new Set(BUGS.map(({ name }) => name)).size).toBe(10);
  });
});
