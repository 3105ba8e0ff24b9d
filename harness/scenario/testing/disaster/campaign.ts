/**
 * Every disaster of a link in the middle of every scenario that uses a card there. Scenarios are run
 * once undisturbed, and their commands counted; then for each disaster twice, every other one of them
 * struck, so that an undisturbed one follows each.
 */
import { join } from "node:path";
import { Random } from "../../../../simulator/random.ts";
import { type Case, judge, type Outcome, STALL_MAX } from "./judge.ts";
import type { DisasterLink, OpenDisasterLink } from "./links.ts";
import { DISASTERS, type Disaster } from "./plan.ts";
import { type Course, runRound } from "./round.ts";
import type { Sample } from "./sample.ts";

export interface CampaignOptions {
  /** As for `jpki-bench run`; none for all. */
  readonly filters: readonly string[];
  /** Those that strike; all of the link's by default. */
  readonly disasters?: readonly Disaster[];
  readonly seed: string;
  /** Folder for the journals. */
  readonly out: string;
  /** Told each outcome when it is known. */
  readonly onOutcome: (outcome: Outcome) => void;
}

/** A machine with other work can hold up any process; a call that blocks does so every time. */
const ATTEMPTS = 5;

/** @throws Error when a scenario fails undisturbed */
export function campaign(link: DisasterLink, options: CampaignOptions): Promise<Outcome[]> {
  return over(link, options, (campaign) => campaign.run());
}

/** One round with strikes agreed on beforehand. */
export function sampled(
  link: DisasterLink,
  { scenarios, strikes }: Sample,
  options: CampaignOptions,
): Promise<Outcome[]> {
  return over(link, options, (campaign) => campaign.round(scenarios, strikes));
}

async function over(
  link: DisasterLink,
  options: CampaignOptions,
  work: (campaign: Campaign) => Promise<Outcome[]>,
): Promise<Outcome[]> {
  const open = await link.open();
  try {
    return await work(new Campaign(link, open, options));
  } finally {
    await open.close();
  }
}

type Struck = Pick<Case, "strike" | "course" | "next">;

function stallOf(outcome: Outcome | undefined): number {
  return outcome?.stall ?? 0;
}

class Campaign {
  readonly #link: DisasterLink;
  readonly #open: OpenDisasterLink;
  readonly #options: CampaignOptions;
  /** Commands of each scenario that is left alone. */
  readonly #counts = new Map<string, number>();
  #rounds = 0;

  constructor(link: DisasterLink, open: OpenDisasterLink, options: CampaignOptions) {
    this.#link = link;
    this.#open = open;
    this.#options = options;
  }

  async run(): Promise<Outcome[]> {
    const scenarios = await this.#undisturbed();
    const outcomes: Outcome[] = [];
    const { disasters = DISASTERS } = this.#options;
    for (const disaster of disasters) {
      if (this.#link.told[disaster] === undefined) continue;
      for (const half of [0, 1]) {
        const chosen = scenarios.filter((_, place) => place % 2 === half);
        const strikes = chosen.map((id) => [id, { disaster, at: this.#middle(id, disaster) }]);
        outcomes.push(...(await this.round(scenarios, Object.fromEntries(strikes))));
      }
    }
    return outcomes;
  }

  async round(scenarios: readonly string[], strikes: Sample["strikes"]): Promise<Outcome[]> {
    const courses = await this.#run(scenarios, strikes);
    const followers = [...courses.slice(1), ...(await this.#closing(scenarios, courses))];
    const cases = courses.flatMap((course, place) => {
      const strike = strikes[course.scenario];
      return strike ? [{ strike, course, next: followers[place] }] : [];
    });
    const outcomes = await this.#withBestStalls(cases);
    outcomes.forEach(this.#options.onOutcome);
    return outcomes;
  }

  /** Scenarios that use a card on this link, in the order they run in. */
  async #undisturbed(): Promise<string[]> {
    const courses = await this.#run(this.#options.filters, {});
    const failed = courses.find(({ verdict }) => verdict === "failed");
    if (failed !== undefined) {
      throw new Error(`${failed.scenario} fails undisturbed: ${failed.message}`);
    }
    for (const { scenario, exchanges } of courses) this.#counts.set(scenario, exchanges);
    return courses.filter(({ exchanges }) => exchanges > 0).map(({ scenario }) => scenario);
  }

  /** One of the commands in the middle third. */
  #middle(scenario: string, disaster: Disaster): number {
    const count = this.#counts.get(scenario) ?? 1;
    const random = new Random(`${this.#options.seed}/${scenario}/${disaster}`);
    return 1 + Math.floor(count / 3) + random.below(Math.max(1, Math.floor(count / 3)));
  }

  /** A scenario left alone, where the last one was struck. */
  async #closing(scenarios: readonly string[], courses: readonly Course[]): Promise<Course[]> {
    return courses.at(-1)?.struck === undefined ? [] : this.#run([this.#shortest(scenarios)], {});
  }

  async #withBestStalls(cases: readonly Struck[]): Promise<Outcome[]> {
    const best = new Map(cases.map((one) => [one.course.scenario, this.#judge(one)]));
    for (let attempt = 2; attempt <= ATTEMPTS; attempt += 1) {
      const held = cases.filter(({ course }) => stallOf(best.get(course.scenario)) >= STALL_MAX);
      if (held.length === 0) break;
      const strikes = held.map(({ course, strike }) => [course.scenario, strike] as const);
      const ids = strikes.map(([scenario]) => scenario);
      for (const course of await this.#run(ids, Object.fromEntries(strikes))) {
        const { strike, next } = held.find((one) => one.course.scenario === course.scenario) ?? {};
        if (strike === undefined) continue;
        const again = this.#judge({ strike, course, next });
        const before = best.get(course.scenario);
        if (stallOf(again) < stallOf(before)) best.set(course.scenario, again);
      }
    }
    return [...best.values()];
  }

  #judge(struck: Struck): Outcome {
    const of = this.#counts.get(struck.course.scenario);
    return judge({ link: this.#link, ...struck, ...(of !== undefined && { of }) });
  }

  #shortest(scenarios: readonly string[]): string {
    const count = (id: string) => this.#counts.get(id) ?? Number.POSITIVE_INFINITY;
    const [first = "", ...others] = scenarios;
    return others.reduce((best, id) => (count(id) < count(best) ? id : best), first);
  }

  #run(scenarios: readonly string[], strikes: Sample["strikes"]): Promise<Course[]> {
    this.#rounds += 1;
    const out = join(this.#options.out, `${this.#link.name}-${this.#rounds}`);
    return runRound(this.#open, { scenarios, strikes, out });
  }
}
