/**
 * The rig of disasters, in the worker that runs the scenarios: it counts the commands that reach the
 * card, strikes at the one agreed on, and watches the worker's event loop from then on. What it saw
 * it notes in the journal.
 */
import type { Rig, RigMaker } from "../../rig.ts";
import type { ScenarioLog } from "../../scenario-log.ts";
import type { Station } from "../../stations/station.ts";
import { ask } from "./hand.ts";
import { type Disaster, type DisasterPlan, NOTED, type Strike } from "./plan.ts";
import { RelayDesk } from "./relay-desk.ts";
import { watchStalls } from "./stalls.ts";
import { struckCard } from "./struck-card.ts";

/** Broken outside the worker, and to be mended there. */
const OUTSIDE: readonly Disaster[] = ["pcscd-killed", "pty-unplugged"];

class DisasterRig implements Rig {
  readonly #plan: DisasterPlan;
  readonly #desk = new RelayDesk();
  #station: Station | undefined;
  #strike: Strike | undefined;
  #log: ScenarioLog | undefined;
  #exchanges = 0;
  /** Gives the longest stall since the strike; undefined before. */
  #stall: (() => number) | undefined;
  #broken: Disaster | undefined;
  /** Settles when a card that is being taken away is gone. */
  #leaving: Promise<unknown> = Promise.resolve();

  constructor(plan: DisasterPlan) {
    this.#plan = plan;
  }

  get actuatorParts() {
    return this.#desk.actuatorParts;
  }

  around(station: Station): Station {
    this.#station = station;
    return {
      insert: async (card) => {
        await this.#leaving;
        const struck = card && {
          tokenSerial: card.tokenSerial,
          card: struckCard(card.card, () => this.#arrives()),
        };
        const reader = await station.insert(struck);
        const slot = station.pcsc?.reader(reader.info.name);
        if (slot !== undefined) this.#desk.wire(slot);
        return reader;
      },
      remove: () => station.remove(),
      removeDuring: (matches) => station.removeDuring(matches),
      get directory() {
        return station.directory;
      },
      get pcsc() {
        return station.pcsc;
      },
      restore: async () => {
        await this.#leaving;
        await station.restore();
      },
      close: () => station.close(),
    };
  }

  async begin(scenario: string, log: ScenarioLog): Promise<() => void> {
    const broken = this.#broken;
    this.#broken = undefined;
    if (broken !== undefined && OUTSIDE.includes(broken)) await ask(this.#plan.hand, "mend");
    await this.#desk.setUp();
    this.#exchanges = 0;
    this.#strike = this.#plan.strikes[scenario];
    this.#log = log;
    return () => this.#end(log);
  }

  #end(log: ScenarioLog): void {
    this.#log = undefined;
    log.note(NOTED.exchanges, String(this.#exchanges));
    if (this.#stall !== undefined) log.note(NOTED.stall, this.#stall().toFixed(1));
    this.#stall = undefined;
  }

  #arrives(): boolean {
    this.#exchanges += 1;
    const strike = this.#strike;
    if (strike === undefined || this.#exchanges < strike.at) return false;
    this.#strike = undefined;
    this.#log?.note(NOTED.struck, `${strike.disaster} at ${strike.at}`);
    this.#stall = watchStalls();
    this.#broken = strike.disaster;
    this.#happen(strike.disaster);
    return true;
  }

  #happen(disaster: Disaster): void {
    if (disaster === "card-removed") this.#leave(this.#station?.remove());
    else if (disaster === "relay-pulled") this.#desk.pull();
    else if (disaster !== "card-frozen") this.#leave(ask(this.#plan.hand, "break"));
  }

  #leave(happening: Promise<unknown> | undefined): void {
    this.#leaving = happening ?? this.#leaving;
    this.#leaving.catch(() => undefined); // told to whoever waits for it
  }
}

const make: RigMaker = (plan) => new DisasterRig(plan as DisasterPlan);

export default make;
