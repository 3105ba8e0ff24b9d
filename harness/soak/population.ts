/** The people of a soak run, their cards past and present, and what happens in their lives meanwhile. */
import type { Lab, LabCard } from "../../simulator/lab/index.ts";
import type { Random } from "../../simulator/random.ts";

export interface SoakPerson {
  /** `R0001`. */
  readonly id: string;
  /** Every card they ever had, the present one last. */
  readonly cards: LabCard[];
}

/** A reissue is rare, and takes long: six keys. */
const LIFE = ["reissue", "renew", "renew", "move", "move"] as const;

/** How many have lost a card before it begins, and found it again at home. */
const CARELESS = 2;

export async function settle(lab: Lab, people: number): Promise<SoakPerson[]> {
  const settled: SoakPerson[] = [];
  for (let n = 0; n < people; n += 1) {
    const card = await lab.issueCard("adult");
    const person = { id: card.resident.id, cards: [card] };
    if (n < CARELESS) await reissue(lab, person);
    settled.push(person);
  }
  lab.jpki.publishNow();
  return settled;
}

async function reissue(lab: Lab, { id, cards }: SoakPerson): Promise<void> {
  lab.counter.lose({ id });
  cards.push(await lab.handOut({ id }));
}

/** Mostly the present card; now and then one that should have been thrown away. */
export function cardOf({ cards }: SoakPerson, random: Random): LabCard {
  const place = random.below(100) < 75 ? cards.length - 1 : random.below(cards.length);
  return cards[place] ?? cards[0] ?? missing();
}

/** Something happens to somebody; half the time the world gets to see it at once. */
export async function happen(lab: Lab, person: SoakPerson, random: Random): Promise<void> {
  const event = random.pick(LIFE);
  const ref = { id: person.id };
  if (event === "reissue") {
    await reissue(lab, person);
  } else if (event === "renew") {
    await lab.counter.renew(ref);
    person.cards.splice(-1, 1, lab.shownBy(ref));
  } else {
    lab.counter.move(ref);
  }
  if (random.below(2) === 0) lab.jpki.publishNow();
}

function missing(): never {
  throw new RangeError("somebody has no card");
}
