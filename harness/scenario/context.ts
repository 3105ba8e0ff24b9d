/** What a scenario's body works with: a card, the simulated world, platforms, and a pen. */
import type { Bilingual } from "../../reports/index.ts";
import { type AtrName, withAnswerToReset } from "../../simulator/card/index.ts";
import type { Lab, LabCard } from "../../simulator/lab/index.ts";
import { Secret } from "../card/index.ts";
import { BenchError } from "../errors.ts";
import { guarded, type Reader, type ReaderDirectory, traced } from "../reader/index.ts";
import type { Desk } from "./desk.ts";
import type { ScenarioRecord } from "./meta.ts";
import type { PinName } from "./pins.ts";
import type { ScenarioLog } from "./scenario-log.ts";
import { scrubError } from "./scrub.ts";
import { type MunicipalSystems, municipalSystems } from "./systems.ts";
import type { Workbench } from "./workbench.ts";

export interface CardRequest {
  /** Who holds it. Default `adult`. A physical card is who it is. */
  readonly persona?: string;
  /** One that was issued already. Needs `lab`. */
  readonly card?: LabCard;
  /** How it answers reset from now on, which is which side of it the reader sees. Needs `lab`. */
  readonly atr?: AtrName;
}

/** A card under a reader, powered and ready for commands. */
export interface CardInHand {
  /** Traced, and guarded where the card is a physical one. */
  readonly reader: Reader;
  /** Answer to reset. */
  readonly atr: Uint8Array;
  /** What the issuer knows of it. Throws SCENARIO_NEEDS for a physical card. */
  readonly issued: LabCard;
  /** @throws BenchError SCENARIO_NEEDS where the configuration does not tell the PIN */
  pin(name: PinName): Secret;
  /** Takes the card from the reader; needs `removal`. */
  remove(): Promise<void>;
  /** Has it taken away while it works on the first command that `matches`; needs `removal`. */
  removeDuring(matches: (command: Uint8Array) => boolean): void;
  /** Puts the same card back and powers it. */
  reinsert(): Promise<void>;
}

export interface ScenarioContext {
  readonly id: string;
  /** The simulated world. Needs `lab`. */
  readonly lab: Lab;
  /** Municipal systems connected to the world's platforms. Needs `lab`. */
  readonly systems: MunicipalSystems;
  /** The readers of this machine. */
  readonly desk: Desk;
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
  const hand = new Hand(parts, lab);
  const account = workbench.openAccount(record);
  try {
    await body(hand.context());
  } catch (error) {
    account?.failed(error);
    scrubError(error, lab?.secrets() ?? workbench.configuredPins());
    throw error;
  } finally {
    await hand.letGo();
    account?.close();
    await lab?.close();
  }
}

class Hand {
  readonly #parts: RunParts;
  readonly #lab: Lab | undefined;
  readonly #opened: Reader[] = [];

  constructor(parts: RunParts, lab: Lab | undefined) {
    this.#parts = parts;
    this.#lab = lab;
  }

  context(): ScenarioContext {
    const { log, record } = this.#parts;
    const lab = () => this.#requireLab();
    const systems = () => municipalSystems(lab(), (record) => log.exchange(record));
    let connected: MunicipalSystems | undefined;
    return {
      id: record.id,
      get lab() {
        return lab();
      },
      get systems() {
        connected ??= systems();
        return connected;
      },
      desk: this.#desk(),
      insertCard: (request = {}) => this.#insert(request),
      issueCard: ({ persona = "adult" } = {}) => lab().issueCard(persona),
      step: (title, body) => log.step(title, body),
      note: (label, value) => log.note(label, value),
    };
  }

  async letGo(): Promise<void> {
    await Promise.all(this.#opened.map((reader) => reader.close()));
    await this.#parts.workbench.station.restore();
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

  async #insert({ persona = "adult", card, atr: side }: CardRequest): Promise<CardInHand> {
    const { station } = this.#parts.workbench;
    const issued = card ?? (await this.#lab?.issueCard(persona));
    if (side !== undefined) issued?.card.alter((image) => withAnswerToReset(image, side));
    let reader = await this.#open(issued);
    let { atr } = await reader.open();
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

  #requireLab(): Lab {
    if (this.#lab !== undefined) return this.#lab;
    throw needs("lab", "this project has no simulated world");
  }
}

function needs(need: string, message: string): BenchError {
  return new BenchError("SCENARIO_NEEDS", `${message} (needs: ["${need}"])`);
}
