/**
 * Kills whatever holds a card, again and again, most often in the middle of a VERIFY, and looks at the
 * card afterwards: it must be there, whole, and its counters must be what the VERIFYs before can
 * explain (tries.ts). `npm run kill:card` runs it a thousand times.
 *
 * Choices follow from the seed; how far a process has come when it is killed does not.
 */
import { statSync } from "node:fs";
import {
  type CardImage,
  FileCardStore,
  holderPins,
  holderTries,
  serialiseCard,
  unblockPin,
} from "../../../../simulator/card/index.ts";
import { toHex } from "../../../../simulator/iso7816/index.ts";
import { Random } from "../../../../simulator/random.ts";
import { type CardFigures, noFigures } from "./card-figures.ts";
import { type CardLink, CardSlot } from "./card-link.ts";
import type { Hunt } from "./hunt.ts";
import { Moments, waitUntil } from "./moments.ts";
import { answered, type Presented, SpentFirst, statusOf, unanswered } from "./tries.ts";
import { Victim } from "./victim.ts";
import { Trace } from "./violation.ts";

export interface CardHunt extends Hunt<CardFigures> {
  /** File of the card, which is there before the hunt begins. */
  readonly card: string;
  /** Words for Node.js that start what holds the card and puts it into the slot at `port`. */
  readonly victim: (port: number) => readonly string[];
}

const SELECT_JPKI = "00A4040C0AD392F000260100000001";

interface Pin {
  readonly name: "auth" | "sign";
  readonly maximum: number;
  /** Short file identifier with the bit that says so (card-facts 4). */
  readonly p2: string;
  readonly wrong: string;
}

const PINS: readonly [Pin, ...Pin[]] = [
  { name: "auth", maximum: 3, p2: "98", wrong: "0000" },
  { name: "sign", maximum: 5, p2: "9B", wrong: "WRONG0" },
];

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

class CardHunter {
  readonly figures = noFigures();
  readonly #hunt: CardHunt;
  readonly #store: FileCardStore;
  readonly #random: Random;
  readonly #moments: Moments;
  readonly #trace = new Trace();
  readonly #spentFirst = new SpentFirst();
  readonly #values: ReturnType<typeof holderPins>;
  /** The card with all tries, as text. */
  readonly #whole: string;
  /** What is known to be left. */
  #left: Record<Pin["name"], number>;

  constructor(hunt: CardHunt) {
    this.#hunt = hunt;
    this.#store = new FileCardStore(hunt.card);
    this.#random = new Random(hunt.seed);
    this.#moments = new Moments(this.#random.fork("moments"));
    const image = this.#store.load();
    this.#values = holderPins(image);
    this.#whole = serialiseCard(restored(image));
    this.#left = triesOf(image);
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
    this.#requireTries(this.#inspect(), (left) => [left], PINS);
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
      await this.#verify(link, pin, "nothing", "first");
      this.figures.triesSeen[this.#left[pin.name]] =
        (this.figures.triesSeen[this.#left[pin.name]] ?? 0) + 1;
    }
    const calm = this.#random.below(3);
    for (let i = 0; i < calm; i += 1) {
      await this.#verify(link, this.#pin(), this.#random.pick(PRESENTED), `after ${i}`);
    }
    await this.#verifyAndKill(victim, link, `after ${calm}`);
  }

  async #verify(link: CardLink, pin: Pin, presented: Presented, act: string): Promise<void> {
    const counter = this.#counter(pin);
    const began = performance.now();
    await this.#exchange(
      link,
      this.#command(pin, presented),
      statusOf(counter, presented),
      `VERIFY ${pin.name}, ${presented}, ${counter.left} left`,
    );
    this.#moments.learn(`${act} ${presented}`, performance.now() - began);
    this.figures.answered[presented] += 1;
    this.#left[pin.name] = answered(counter, presented);
  }

  async #verifyAndKill(victim: Victim, link: CardLink, act: string): Promise<void> {
    const pin = this.#pin();
    const presented = this.#random.pick(PRESENTED);
    const counter = this.#counter(pin);
    const [card, draft] = this.#files();
    const delay = this.#moments.draw(`${act} ${presented}`);
    const began = performance.now();
    link.send(this.#command(pin, presented));
    if (this.#hunt.aim === "answer") await link.answer();
    else await waitUntil(began + delay);
    await victim.kill();
    await link.closed;

    const answer = await link.answer();
    const said = `VERIFY ${pin.name}, ${presented}, ${counter.left} left`;
    this.#trace.add(`${said}: killed after ${delay.toFixed(3)} ms, ${answer ?? "no answer"}`);
    const others = PINS.filter((one) => one !== pin);
    const [cardAfter, draftAfter] = this.#files();
    const left = this.#inspect();
    this.#requireTries(left, (known) => [known], others);
    if (link.spoke) {
      this.#requireStatus(answer, statusOf(counter, presented), said);
      this.#requireTries(left, () => [answered(counter, presented)], [pin]);
      this.figures.after += 1;
      this.figures.answered[presented] += 1;
      return;
    }
    this.#requireTries(left, () => unanswered(counter, presented), [pin]);
    this.figures.unanswered[presented] += 1;
    const written = cardAfter !== card;
    const writing = draftAfter !== undefined && draftAfter !== draft;
    this.figures[writing ? "writing" : written ? "written" : "before"] += 1;
    if (written && presented === "right") this.#foundAfterRight(left[pin.name], counter);
  }

  #foundAfterRight(left: number, counter: { left: number; maximum: number }): void {
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

  /** Tell one state of the file from another: of the card, and of what is to take its place. */
  #files(): (string | undefined)[] {
    return [this.#hunt.card, `${this.#hunt.card}.new`].map((path) => {
      const file = statSync(path, { bigint: true, throwIfNoEntry: false });
      return file && `${file.ino} ${file.mtimeNs}`;
    });
  }

  /** The card in its file, while nobody holds it. */
  #inspect(): Record<Pin["name"], number> {
    let image: CardImage;
    try {
      image = this.#store.load();
    } catch (cause) {
      throw this.#trace.violation("the card is lost", cause);
    }
    if (serialiseCard(restored(image)) !== this.#whole) {
      throw this.#trace.violation("something else on the card has changed");
    }
    return triesOf(image);
  }

  #requireTries(
    found: Record<Pin["name"], number>,
    allowed: (known: number) => readonly number[],
    pins: readonly Pin[],
  ): void {
    for (const { name } of pins) {
      const possible = allowed(this.#left[name]);
      if (!possible.includes(found[name])) {
        const expected = [...new Set(possible)].join(" or ");
        throw this.#trace.violation(
          `${name}: ${found[name]} tries left in the place of ${expected}`,
        );
      }
      this.#left[name] = found[name];
    }
  }

  /** A blocked PIN stays so for some lives, and is then unblocked at the counter. */
  #visitCounter(): void {
    for (const { name, maximum } of PINS) {
      if (this.#left[name] > 0 || this.#random.below(3) > 0) continue;
      this.#store.save(unblockPin(this.#store.load(), name));
      this.#left[name] = maximum;
      this.#trace.add(`${name} unblocked at the counter`);
    }
  }

  #pin(): Pin {
    return this.#random.pick([...PINS]);
  }

  #counter({ name, maximum }: Pin) {
    return { left: this.#left[name], maximum };
  }

  #command({ name, p2, wrong }: Pin, presented: Presented): string {
    if (presented === "nothing") return `002000${p2}`;
    const value = Buffer.from((presented === "right" ? this.#values[name] : wrong) ?? "");
    return `002000${p2}${toHex(Uint8Array.of(value.length))}${toHex(value)}`;
  }
}

function restored(image: CardImage): CardImage {
  return PINS.reduce((changed, { name }) => unblockPin(changed, name), image);
}

function triesOf(image: CardImage): Record<Pin["name"], number> {
  const { auth = 0, sign = 0 } = holderTries(image);
  return { auth, sign };
}
