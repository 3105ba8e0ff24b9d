/**
 * Kills whatever holds a card, again and again, most often in the middle of a VERIFY, and looks at the
 * card afterwards: it must be there, whole, and its counters must be what the VERIFYs before can
 * explain (tries.ts). `npm run kill:card` runs it a thousand times.
 *
 * Choices follow from the seed; how far a process has come when it is killed does not.
 */
import { Random } from "../../../../simulator/random.ts";
import { CardAtRest } from "./card-at-rest.ts";
import { type CardFigures, noFigures } from "./card-figures.ts";
import { type CardLink, CardSlot } from "./card-link.ts";
import { type HuntedPin, PINS, SELECT_JPKI, type TriesLeft, verifyCommand } from "./card-pins.ts";
import type { Hunt } from "./hunt.ts";
import { Moments, waitUntil } from "./moments.ts";
import {
  answered,
  type Counter,
  type Presented,
  SpentFirst,
  statusOf,
  unanswered,
} from "./tries.ts";
import { Victim } from "./victim.ts";
import { Trace } from "./violation.ts";

export interface CardHunt extends Hunt<CardFigures> {
  /** File of the card, which is there before the hunt begins. */
  readonly card: string;
  /** Words for Node.js that start what holds the card and puts it into the slot at `port`. */
  readonly victim: (port: number) => readonly string[];
}

const PRESENTED: readonly [Presented, ...Presented[]] = [
  "wrong",
  "wrong",
  "right",
  "right",
  "nothing",
];
/** One life in so many ends before it has begun. */
const STARTS = 10;

/** @throws Violation */
export async function huntCard(hunt: CardHunt): Promise<CardFigures> {
  const hunter = new CardHunter(hunt);
  for (let kill = 1; kill <= hunt.kills; kill += 1) {
    await hunter.life(kill);
    hunt.onProgress?.(hunter.figures);
  }
  return hunter.figures;
}

/** A VERIFY with what was known of the counter when it was sent. */
interface Act {
  readonly pin: HuntedPin;
  readonly presented: Presented;
  readonly counter: Counter;
  /** In words. */
  readonly said: string;
}

class CardHunter {
  readonly figures = noFigures();
  readonly #hunt: CardHunt;
  readonly #card: CardAtRest;
  readonly #random: Random;
  readonly #moments: Moments;
  readonly #trace = new Trace();
  readonly #spentFirst = new SpentFirst();
  /** What is known to be left. */
  readonly #left: Record<HuntedPin["name"], number>;

  constructor(hunt: CardHunt) {
    this.#hunt = hunt;
    this.#card = new CardAtRest(hunt.card, this.#trace);
    this.#random = new Random(hunt.seed);
    this.#moments = new Moments(this.#random.fork("moments"));
    this.#left = { ...this.#card.inspect() };
  }

  async life(kill: number): Promise<void> {
    this.#trace.add(`life ${kill}`);
    this.#visitCounter();
    const slot = await CardSlot.open();
    const began = performance.now();
    const victim = Victim.start(this.#hunt.victim(slot.port), this.#hunt.env);
    this.figures.kills += 1;
    try {
      const starting = this.#hunt.aim !== "answer" && this.#random.below(STARTS) === 0;
      await (starting ? this.#killStarting(victim, began) : this.#live(victim, slot, began));
    } finally {
      await victim.kill();
      slot.close();
    }
  }

  async #killStarting(victim: Victim, began: number): Promise<void> {
    await waitUntil(began + this.#moments.draw("start"));
    await victim.kill();
    this.figures.starting += 1;
    this.#trace.add("killed while it started");
    this.#requireTries(this.#card.inspect(), (left) => [left], PINS);
  }

  async #live(victim: Victim, slot: CardSlot, began: number): Promise<void> {
    const link = await this.#trace.holds("the card does not come back", () =>
      victim.alive(slot.card),
    );
    await this.#exchange(link, SELECT_JPKI, "9000", "SELECT");
    const took = performance.now() - began;
    this.#moments.learn("start", took);
    this.figures.slowestRestart = Math.max(this.figures.slowestRestart, took);
    for (const pin of PINS) {
      await this.#verify(link, this.#act(pin, "nothing"), "first");
      const left = this.#left[pin.name];
      this.figures.triesSeen[left] = (this.figures.triesSeen[left] ?? 0) + 1;
    }
    const calm = this.#random.below(3);
    for (let i = 0; i < calm; i += 1) await this.#verify(link, this.#anyAct(), `after ${i}`);
    await this.#verifyAndKill(victim, link, `after ${calm}`);
  }

  async #verify(link: CardLink, act: Act, place: string): Promise<void> {
    const { pin, presented, counter, said } = act;
    const began = performance.now();
    await this.#exchange(link, this.#command(act), statusOf(counter, presented), said);
    this.#moments.learn(`${place} ${presented}`, performance.now() - began);
    this.figures.answered[presented] += 1;
    this.#left[pin.name] = answered(counter, presented);
  }

  async #verifyAndKill(victim: Victim, link: CardLink, place: string): Promise<void> {
    const act = this.#anyAct();
    const before = this.#card.files();
    const delay = this.#moments.draw(`${place} ${act.presented}`);
    const began = performance.now();
    link.send(this.#command(act));
    if (this.#hunt.aim === "answer") await link.answer();
    else await waitUntil(began + delay);
    await victim.kill();
    await link.closed;
    const answer = await link.answer();
    this.#trace.add(`${act.said}: killed after ${delay.toFixed(3)} ms, ${answer ?? "no answer"}`);
    if (link.spoke) this.#judgeAnswered(act, answer);
    else this.#judgeUnanswered(act, before);
  }

  #judgeAnswered({ pin, presented, counter, said }: Act, answer: string | undefined): void {
    const left = this.#inspectOthers(pin);
    this.#requireStatus(answer, statusOf(counter, presented), said);
    this.#requireTries(left, () => [answered(counter, presented)], [pin]);
    this.figures.after += 1;
    this.figures.answered[presented] += 1;
  }

  /** @param before the files when the VERIFY was sent */
  #judgeUnanswered({ pin, presented, counter }: Act, before: readonly (string | undefined)[]) {
    const [card, draft] = this.#card.files();
    const left = this.#inspectOthers(pin);
    this.#requireTries(left, () => unanswered(counter, presented), [pin]);
    this.figures.unanswered[presented] += 1;
    const written = card !== before[0];
    const writing = draft !== undefined && draft !== before[1];
    this.figures[writing ? "writing" : written ? "written" : "before"] += 1;
    if (written && presented === "right") this.#foundAfterRight(left[pin.name], counter);
  }

  #foundAfterRight(left: number, counter: Counter): void {
    this.#spentFirst.found(left, counter);
    this.figures.rightFoundSpent = this.#spentFirst.spent;
    this.figures.rightFoundRestored = this.#spentFirst.restored;
    if (!this.#spentFirst.isBroken) return;
    throw this.#trace.violation(
      `${this.#spentFirst.restored} right PINs were cut off after the card had been written, and not one had cost its try before it was compared`,
    );
  }

  async #exchange(link: CardLink, command: string, status: string, said: string): Promise<void> {
    link.send(command);
    const answer = await link.answer();
    this.#trace.add(`${said}: ${answer}`);
    this.#requireStatus(answer, status, said);
  }

  #requireStatus(answer: string | undefined, status: string, said: string): void {
    if (answer === status) return;
    throw this.#trace.violation(`${said} answered ${answer} in the place of ${status}`);
  }

  /** The tries of all PINs; those of the others are what they were. */
  #inspectOthers(pin: HuntedPin): TriesLeft {
    const left = this.#card.inspect();
    const others = PINS.filter((one) => one !== pin);
    this.#requireTries(left, (known) => [known], others);
    return left;
  }

  #requireTries(
    found: TriesLeft,
    allowed: (known: number) => readonly number[],
    pins: readonly HuntedPin[],
  ): void {
    for (const { name } of pins) {
      const possible = allowed(this.#left[name]);
      if (!possible.includes(found[name])) {
        const expected = [...new Set(possible)].join(" or ");
        const what = `${name}: ${found[name]} tries left in the place of ${expected}`;
        throw this.#trace.violation(what);
      }
      this.#left[name] = found[name];
    }
  }

  /** A blocked PIN stays so for some lives, and is then unblocked at the counter. */
  #visitCounter(): void {
    for (const { name, maximum } of PINS) {
      if (this.#left[name] > 0 || this.#random.below(3) > 0) continue;
      this.#card.unblock(name);
      this.#left[name] = maximum;
      this.#trace.add(`${name} unblocked at the counter`);
    }
  }

  #anyAct(): Act {
    return this.#act(this.#random.pick([...PINS]), this.#random.pick(PRESENTED));
  }

  #act(pin: HuntedPin, presented: Presented): Act {
    const { name, maximum } = pin;
    const counter = { left: this.#left[name], maximum };
    return { pin, presented, counter, said: `VERIFY ${name}, ${presented}, ${counter.left} left` };
  }

  #command({ pin, presented }: Act): string {
    return verifyCommand(pin, presented, this.#card.pin(pin.name));
  }
}
