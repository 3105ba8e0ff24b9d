/** What a scenario's body works with: a card, the simulated world, platforms, and a pen. */
import type { Bilingual } from "../../reports/index.ts";
import { withAnswerToReset, withQuirks } from "../../simulator/card/index.ts";
import type { Lab, LabCard } from "../../simulator/lab/index.ts";
import { type Actuator, type ActuatorDriver, actuatorOver } from "../actuator/index.ts";
import { Secret } from "../card/index.ts";
import { BenchError } from "../errors.ts";
import type { HttpTraceSink } from "../platform/index.ts";
import { guarded, type Reader, type ReaderDirectory, traced } from "../reader/index.ts";
import type { SystemsUnderTest } from "../relying-party/system-under-test.ts";
import { benchHand } from "./bench-hand.ts";
import type { CardInHand, CardRequest } from "./card-in-hand.ts";
import type { Desk } from "./desk.ts";
import type { ScenarioRecord } from "./meta.ts";
import type { PinName } from "./pins.ts";
import type { OpenSystems } from "./relying-party/open.ts";
import { type People, peopleOf } from "./relying-party/people.ts";
import { requiredSystems } from "./relying-party/required.ts";
import type { ScenarioLog } from "./scenario-log.ts";
import { scrubError } from "./scrub.ts";
import type { Staging } from "./staging.ts";
import { type MunicipalSystems, municipalSystems } from "./systems.ts";
import type { Workbench } from "./workbench.ts";

export interface ScenarioContext {
  readonly id: string;
  /** The simulated world. Needs `lab`. */
  readonly lab: Lab;
  /** Municipal systems connected to the world's platforms. Needs `lab`. */
  readonly systems: MunicipalSystems;
  /** The platforms of the staging environment. Needs `staging`. */
  readonly staging: Staging;
  /** Systems under test: the built-in ones, or the vendor's. Each needs its name (`library`). */
  readonly systemUnderTest: Required<SystemsUnderTest>;
  /** Those who deal with a system under test. Needs `lab`. */
  readonly people: People;
  /** Address of the vendor's system, where the configuration names one. */
  readonly relyingParty: string | undefined;
  /** The readers of this machine. */
  readonly desk: Desk;
  /**
   * What takes the card away and puts it back: the configured one, or the bench's own hand where the
   * card is a simulated one. Every act is noted as evidence. A reader whose card or power was gone is
   * to be opened anew: `await card.reader.open()`. Needs `actuator`; for the reader's supply `power`.
   */
  readonly actuator: Actuator;
  /** Puts a card under the reader: a fresh resident's, or the one that lies there. */
  insertCard(request?: CardRequest): Promise<CardInHand>;
  /** Issues another resident's card without putting it anywhere. Needs `lab`. */
  issueCard(request?: CardRequest): Promise<LabCard>;
  /** One numbered step of the report; steps may nest. */
  step<T>(title: Bilingual, body: () => Promise<T> | T): Promise<T>;
  /** Notes a fact the verdict rests on. Nothing personal: it goes into every report. */
  note(label: Bilingual, value: string): void;
}

export interface RunParts {
  readonly record: ScenarioRecord;
  readonly log: ScenarioLog;
  readonly workbench: Workbench;
}

/** Performs one attempt at a scenario, and leaves nothing of it behind. */
export async function perform(
  parts: RunParts,
  body: (context: ScenarioContext) => Promise<void>,
): Promise<void> {
  const { workbench, record } = parts;
  const lab = await workbench.openLab(record.id);
  const configured = needsActuator(record) ? await workbench.actuator() : undefined;
  const hand = new Hand(parts, lab, configured);
  const account = workbench.openAccount(record);
  let opened: OpenSystems | undefined;
  try {
    opened = await workbench.openSystems(lab, {
      scenario: record.id,
      needs: record.needs,
      sink: (exchange) => parts.log.exchange({ type: "http", ...exchange }),
      onTrouble: (what) => parts.log.note(NOT_CLOSED, what),
    });
    await body(hand.context(opened.systems));
  } catch (error) {
    account?.failed(error);
    scrubError(error, [...(lab?.secrets() ?? []), ...workbench.configuredSecrets()]);
    throw error;
  } finally {
    await hand.letGo();
    account?.close();
    await opened?.close();
    await lab?.close();
  }
}

class Hand {
  readonly #parts: RunParts;
  readonly #lab: Lab | undefined;
  readonly #opened: Reader[] = [];
  readonly #actuator: Actuator | undefined;
  /** Puts the card that was inserted last under the reader again. */
  #putDown: () => Promise<void> = async () => {
    throw new BenchError("ACTUATOR_FAILED", "no card was inserted yet");
  };

  constructor(parts: RunParts, lab: Lab | undefined, configured: ActuatorDriver | undefined) {
    this.#parts = parts;
    this.#lab = lab;
    const own = lab === undefined ? undefined : this.#ownHand();
    const driver = configured ?? own;
    this.#actuator =
      driver &&
      actuatorOver(driver, ({ act, actuator, evidence }) =>
        parts.log.note(ACTED, `${act} by ${actuator.driver} ${actuator.name}: ${evidence}`),
      );
  }

  context(underTest: SystemsUnderTest): ScenarioContext {
    const { log, record, workbench } = this.#parts;
    const lab = () => this.#requireLab();
    const systems = () => municipalSystems(lab(), (record) => log.exchange(record));
    const sink: HttpTraceSink = (exchange) => log.exchange({ type: "http", ...exchange });
    const people = () => peopleOf(lab(), sink);
    const actuator = () => this.#requireActuator();
    const staging = () => {
      const opened = workbench.openStaging(sink);
      if (opened !== undefined) return opened;
      throw needs("staging", "this project's platforms are simulated ones");
    };
    let connected: MunicipalSystems | undefined;
    let met: People | undefined;
    return {
      id: record.id,
      get lab() {
        return lab();
      },
      get systems() {
        connected ??= systems();
        return connected;
      },
      get staging() {
        return staging();
      },
      systemUnderTest: requiredSystems(underTest),
      get people() {
        met ??= people();
        return met;
      },
      relyingParty: workbench.relyingParty,
      desk: this.#desk(),
      get actuator() {
        return actuator();
      },
      insertCard: (request = {}) => this.#insert(request),
      issueCard: ({ persona = "adult" } = {}) => lab().issueCard(persona),
      step: (title, body) => log.step(title, body),
      note: (label, value) => log.note(label, value),
    };
  }

  async letGo(): Promise<void> {
    await Promise.all(this.#opened.map((reader) => reader.close()));
    if (this.#lab === undefined) await this.#putBack();
    await this.#parts.workbench.station.restore();
  }

  /** What cannot be put back is noted here and found by the next scenario; this one has its verdict. */
  async #putBack(): Promise<void> {
    try {
      await this.#actuator?.putBack();
    } catch (error) {
      this.#parts.log.note(
        ACTED,
        `not put back: ${error instanceof Error ? error.message : error}`,
      );
    }
  }

  #ownHand(): ActuatorDriver {
    return benchHand(this.#parts.workbench.station, {
      reader: () => this.#opened.at(-1),
      putDown: () => this.#putDown(),
    });
  }

  #desk(): Desk {
    const { station } = this.#parts.workbench;
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

  async #insert({ persona = "adult", card, quirks, atr: side }: CardRequest): Promise<CardInHand> {
    const { station } = this.#parts.workbench;
    const issued = card ?? (await this.#lab?.issueCard(persona));
    if (quirks !== undefined) issued?.card.alter((image) => withQuirks(image, quirks));
    if (side !== undefined) issued?.card.alter((image) => withAnswerToReset(image, side));
    let reader = await this.#open(issued);
    let { atr } = await reader.open();
    this.#putDown = async () => {
      reader = await this.#open(issued);
    };
    const requireIssued = () => {
      if (issued !== undefined) return issued;
      throw needs("lab", "what the issuer knows of a physical card is not known here");
    };
    return {
      get reader() {
        return reader;
      },
      get atr() {
        return atr;
      },
      get issued() {
        return requireIssued();
      },
      pin: (name) => this.#pin(name, issued),
      remove: () => station.remove(),
      removeDuring: (matches) => station.removeDuring(matches),
      reinsert: async () => {
        reader = await this.#open(requireIssued());
        ({ atr } = await reader.open());
      },
    };
  }

  async #open(card: LabCard | undefined): Promise<Reader> {
    return this.#watched(await this.#parts.workbench.station.insert(card));
  }

  #watched(bare: Reader): Reader {
    const { workbench, log, record } = this.#parts;
    // The guard stands outside the trace: what it refuses never reached the reader.
    const reader = guarded(
      traced(bare, (record) => log.exchange(record)),
      workbench.guardPolicy(record.effect),
      workbench.ledger,
    );
    this.#opened.push(reader);
    return reader;
  }

  #pin(name: PinName, issued: LabCard | undefined): Secret {
    const value = issued?.pins[name] ?? this.#parts.workbench.pin(name);
    if (value === undefined) throw needs("pins", `the ${name} PIN of this card is not known`);
    return new Secret(value);
  }

  #requireActuator(): Actuator {
    if (this.#actuator !== undefined) return this.#actuator;
    throw needs("actuator", "nothing here takes the card away");
  }

  #requireLab(): Lab {
    if (this.#lab !== undefined) return this.#lab;
    throw needs("lab", "this project has no simulated world");
  }
}

const ACTED: Bilingual = { ja: "カードと電源の操作", en: "moved" };

const NOT_CLOSED: Bilingual = { ja: "試験対象システムの終了", en: "closing the system under test" };

function needsActuator({ needs }: ScenarioRecord): boolean {
  return needs.includes("actuator") || needs.includes("power");
}

function needs(need: string, message: string): BenchError {
  return new BenchError("SCENARIO_NEEDS", `${message} (needs: ["${need}"])`);
}
