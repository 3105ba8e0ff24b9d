/**
 * The hand in one attempt at a scenario: it puts cards under readers, moves them or has them moved, and
 * lets go of everything afterwards.
 */
import type { Bilingual } from "../../reports/index.ts";
import { withAnswerToReset, withQuirks } from "../../simulator/card/index.ts";
import type { Lab, LabCard } from "../../simulator/lab/index.ts";
import { type Actuator, type ActuatorDriver, actuatorOver } from "../actuator/index.ts";
import { type PinName, Secret } from "../card/index.ts";
import { BenchError, messageOf } from "../errors.ts";
import { guarded } from "../guard/index.ts";
import { type Reader, type ReaderDirectory, traced } from "../reader/index.ts";
import { benchHand } from "./bench-hand.ts";
import type { CardInHand, CardRequest } from "./card-in-hand.ts";
import type { Desk } from "./desk.ts";
import type { ScenarioRecord } from "./meta.ts";
import { needs } from "./needs.ts";
import type { ScenarioLog } from "./scenario-log.ts";
import type { Workbench } from "./workbench.ts";

/** One attempt at a scenario: which, where it is written down, and what it works at. */
export interface Attempt {
  readonly record: ScenarioRecord;
  readonly log: ScenarioLog;
  readonly workbench: Workbench;
}

export class Hand {
  readonly #attempt: Attempt;
  readonly #lab: Lab | undefined;
  readonly #opened: Reader[] = [];
  readonly #actuator: Actuator | undefined;
  /** Puts the card that was inserted last under the reader again. */
  #putDown: () => Promise<void> = async () => {
    throw new BenchError("ACTUATOR_FAILED", "no card was inserted yet");
  };

  /** @param configured what moves the card; with a simulated one the bench itself unless given */
  constructor(attempt: Attempt, lab: Lab | undefined, configured: ActuatorDriver | undefined) {
    this.#attempt = attempt;
    this.#lab = lab;
    const own = lab === undefined ? undefined : this.#ownHand();
    const driver = configured ?? own;
    this.#actuator =
      driver &&
      actuatorOver(driver, ({ act, actuator, evidence }) =>
        attempt.log.note(ACTED, `${act} by ${actuator.driver} ${actuator.name}: ${evidence}`),
      );
  }

  /** @throws BenchError SCENARIO_NEEDS where nothing takes the card away */
  get actuator(): Actuator {
    if (this.#actuator !== undefined) return this.#actuator;
    throw needs("actuator", "nothing here takes the card away");
  }

  desk(): Desk {
    const { station } = this.#attempt.workbench;
    const readers: ReaderDirectory = {
      list: () => station.directory.list(),
      reader: async (name, share) => this.#watched(await station.directory.reader(name, share)),
    };
    return {
      readers,
      get pcsc() {
        if (station.pcsc !== undefined) return station.pcsc;
        throw needs("reader-faults", "the readers of this project are not simulated ones");
      },
    };
  }

  async insert({ persona = "adult", card, quirks, atr: side }: CardRequest): Promise<CardInHand> {
    const { station } = this.#attempt.workbench;
    const issued = card ?? (await this.#lab?.issueCard(persona));
    if (quirks !== undefined) issued?.card.alter((image) => withQuirks(image, quirks));
    if (side !== undefined) issued?.card.alter((image) => withAnswerToReset(image, side));
    let reader = await this.#open(issued);
    let { atr } = await reader.open();
    this.#putDown = async () => {
      reader = await this.#open(issued);
    };
    return {
      get reader() {
        return reader;
      },
      get atr() {
        return atr;
      },
      get issued() {
        return requireIssued(issued);
      },
      pin: (name) => this.#pin(name, issued),
      remove: () => station.remove(),
      removeDuring: (matches) => station.removeDuring(matches),
      reinsert: async () => {
        reader = await this.#open(requireIssued(issued));
        ({ atr } = await reader.open());
      },
    };
  }

  async letGo(): Promise<void> {
    await Promise.all(this.#opened.map((reader) => reader.close()));
    if (this.#lab === undefined) await this.#putBack();
    await this.#attempt.workbench.station.restore();
  }

  /** What cannot be put back is noted here and found by the next scenario; this one has its verdict. */
  async #putBack(): Promise<void> {
    try {
      await this.#actuator?.putBack();
    } catch (error) {
      this.#attempt.log.note(ACTED, `not put back: ${messageOf(error)}`);
    }
  }

  #ownHand(): ActuatorDriver {
    return benchHand(this.#attempt.workbench.station, {
      reader: () => this.#opened.at(-1),
      putDown: () => this.#putDown(),
    });
  }

  async #open(card: LabCard | undefined): Promise<Reader> {
    return this.#watched(await this.#attempt.workbench.station.insert(card));
  }

  #watched(bare: Reader): Reader {
    const { workbench, log, record } = this.#attempt;
    // The guard stands outside the trace: what it refuses never reached the reader.
    const reader = guarded(
      traced(bare, (exchange) => log.exchange(exchange)),
      workbench.guardPolicy(record.effect),
      workbench.ledger,
    );
    this.#opened.push(reader);
    return reader;
  }

  #pin(name: PinName, issued: LabCard | undefined): Secret {
    const value = issued?.pins[name] ?? this.#attempt.workbench.pin(name);
    if (value === undefined) throw needs("pins", `the ${name} PIN of this card is not known`);
    return new Secret(value);
  }
}

const ACTED: Bilingual = { ja: "カードと電源の操作", en: "moved" };

function requireIssued(issued: LabCard | undefined): LabCard {
  if (issued !== undefined) return issued;
  throw needs("lab", "what the issuer knows of a physical card is not known here");
}
