/** What a scenario's body works with: a card, the simulated world, platforms, and a pen. */
import type { Bilingual } from "../../reports/index.ts";
import type { Lab, LabCard } from "../../simulator/lab/index.ts";
import type { Actuator } from "../actuator/index.ts";
import type { HttpTraceSink } from "../platform/index.ts";
import type { SystemsUnderTest } from "../relying-party/system-under-test.ts";
import type { CardInHand, CardRequest } from "./card-in-hand.ts";
import type { Desk } from "./desk.ts";
import type { Attempt, Hand } from "./hand.ts";
import { needs } from "./needs.ts";
import { type People, peopleOf } from "./relying-party/people.ts";
import { requiredSystems } from "./relying-party/required.ts";
import type { Staging } from "./staging.ts";
import { type MunicipalSystems, municipalSystems } from "./systems.ts";

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

export interface ContextParts extends Attempt {
  readonly hand: Hand;
  readonly lab: Lab | undefined;
  readonly underTest: SystemsUnderTest;
  readonly sink: HttpTraceSink;
}

/** Getters throw BenchError SCENARIO_NEEDS for what a project does not have. */
export function contextOf(parts: ContextParts): ScenarioContext {
  const { record, log, workbench, hand, sink } = parts;
  const lab = () => requireLab(parts.lab);
  const systems = once(() => municipalSystems(lab(), sink));
  const people = once(() => peopleOf(lab(), sink));
  return {
    id: record.id,
    get lab() {
      return lab();
    },
    get systems() {
      return systems();
    },
    get staging() {
      return requireStaging(workbench.openStaging(sink));
    },
    systemUnderTest: requiredSystems(parts.underTest),
    get people() {
      return people();
    },
    relyingParty: workbench.relyingParty,
    desk: hand.desk(),
    get actuator() {
      return hand.actuator;
    },
    insertCard: (request = {}) => hand.insert(request),
    issueCard: ({ persona = "adult" } = {}) => lab().issueCard(persona),
    step: (title, body) => log.step(title, body),
    note: (label, value) => log.note(label, value),
  };
}

function requireLab(lab: Lab | undefined): Lab {
  if (lab !== undefined) return lab;
  throw needs("lab", "this project has no simulated world");
}

function requireStaging(staging: Staging | undefined): Staging {
  if (staging !== undefined) return staging;
  throw needs("staging", "this project's platforms are simulated ones");
}

/** Makes it when it is asked for first, and keeps it. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
