/**
 * What one worker works at: the station with its reader, and the journal it writes to. The world is
 * not kept: every attempt at a scenario gets a new one (about 80 ms), made from the run's seed and
 * the scenario's id alone. So a scenario that fails among many fails in the same world when it is
 * run again by itself, and none meets the clock or the faults another left behind.
 */
import { type Effect, JournalWriter, type Unstamped } from "../../reports/index.ts";
import { Lab } from "../../simulator/lab/index.ts";
import { type ActuatorDriver, openActuator } from "../actuator/index.ts";
import type { PinName } from "../card/index.ts";
import { isSimulated } from "../config/config.ts";
import { cacheFolder } from "../config/folders.ts";
import {
  type Attempt,
  type AttemptAccount,
  budgetOf,
  CardLedger,
  type GuardPolicy,
  openAccount,
} from "../guard/index.ts";
import type { HttpTrace } from "../platform/index.ts";
import { type OpenSystems, openSystems, type SystemsWanted } from "./relying-party/open.ts";
import { type SystemsSource, systemsSourceOf } from "./relying-party/source.ts";
import type { Rig } from "./rig.ts";
import type { WorkerSettings } from "./settings.ts";
import { credentialsOf, openStaging, type Staging, stagingOf } from "./staging.ts";
import { bridgeStation } from "./stations/bridge.ts";
import { physicalStation } from "./stations/physical.ts";
import { emulatedSerialStation, physicalSerialStation } from "./stations/serial.ts";
import { simulatedStation } from "./stations/simulated.ts";
import type { Station } from "./stations/station.ts";
import { vpcdStation } from "./stations/vpcd.ts";

export class Workbench {
  readonly station: Station;
  /** What this run took from its test card. */
  readonly ledger: CardLedger;
  /** Stands between scenarios and the station; see rig.ts. */
  readonly rig: Rig | undefined;
  readonly #settings: WorkerSettings;
  readonly #journal: JournalWriter | undefined;
  #actuator: Promise<ActuatorDriver> | undefined;
  #systems: Promise<SystemsSource> | undefined;

  constructor(settings: WorkerSettings, rig?: Rig) {
    const { journal, run, ledger } = settings;
    this.#settings = settings;
    const station = stationOf(settings);
    this.station = rig?.around(station) ?? station;
    this.rig = rig;
    this.ledger = new CardLedger(ledger);
    if (journal !== undefined) {
      this.#journal = new JournalWriter(journal, { run, worker: String(process.pid) });
    }
  }

  /** Appends to the journal of the run; does nothing where there is none. */
  readonly write = (event: Unstamped): void => {
    this.#journal?.write(event);
  };

  /** A world for one attempt at a scenario; undefined where the cards are real. */
  async openLab(scenario: string): Promise<Lab | undefined> {
    const { project, seed, profiles } = this.#settings;
    if (!isSimulated(project)) return undefined;
    return Lab.open({ seed: `${seed}/${scenario}`, keys: cacheFolder("keys"), profiles });
  }

  /**
   * The configured actuator, opened once; undefined where none is configured.
   *
   * @throws BenchError ACTUATOR_NOT_FOUND
   */
  actuator(): Promise<ActuatorDriver | undefined> {
    const { actuator } = this.#settings.project;
    if (actuator === undefined) return Promise.resolve(undefined);
    this.#actuator ??= openActuator(actuator, this.rig?.actuatorParts);
    return this.#actuator;
  }

  /** What may happen to a physical card in a scenario of this effect. */
  guardPolicy(effect: Effect): GuardPolicy {
    const { testCard } = this.#settings.project;
    if (testCard === undefined) return { effect };
    return { effect, testCard: testCard.id, budget: budgetOf(testCard.budget) };
  }

  /** Watches what an attempt takes from the test card; undefined where none is declared. */
  openAccount(attempt: Attempt): AttemptAccount | undefined {
    const { testCard } = this.#settings.project;
    if (testCard === undefined || isSimulated(this.#settings.project)) return undefined;
    return openAccount(this.ledger, testCard.id, attempt);
  }

  /** The PIN of the declared test card, as configured. */
  pin(name: PinName): string | undefined {
    return this.#settings.project.testCard?.pins?.[name];
  }

  /** The staging platforms of the project, traced; undefined where they are simulated. */
  openStaging(sink: (exchange: HttpTrace) => void): Staging | undefined {
    const target = stagingOf(this.#settings.project);
    return target && openStaging(target, process.env, sink);
  }

  /** The systems under test that a scenario needs, beside its world. */
  openSystems(lab: Lab | undefined, wanted: SystemsWanted): Promise<OpenSystems> {
    const source = () => {
      this.#systems ??= systemsSourceOf(this.#settings.project);
      return this.#systems;
    };
    return openSystems(lab, source, wanted);
  }

  /** Address of the vendor's system, where the configuration names one. */
  get relyingParty(): string | undefined {
    const { relyingParty } = this.#settings.project;
    return typeof relyingParty === "object" ? relyingParty.url : undefined;
  }

  /** PINs and credentials of the project, to be struck out of what is printed. */
  configuredSecrets(): string[] {
    const { project } = this.#settings;
    const pins = Object.values(project.testCard?.pins ?? {}).filter((pin) => pin !== undefined);
    return [...pins, ...credentialsOf(project, process.env)];
  }

  async close(): Promise<void> {
    await this.#actuator?.then((actuator) => actuator.close()).catch(() => undefined);
    await this.station.close();
    this.#journal?.close();
  }
}

function stationOf({ project: { reader } }: WorkerSettings): Station {
  switch (reader.driver) {
    case "simulated":
      return simulatedStation();
    case "pcsc": {
      const { name, vpcd, binding } = reader;
      return vpcd === undefined
        ? physicalStation(name, { binding })
        : vpcdStation(name, vpcd, { binding });
    }
    case "mcp2221a":
      return bridgeStation(reader.device);
    default: {
      const { emulator } = reader;
      return emulator === undefined
        ? physicalSerialStation(reader)
        : emulatedSerialStation(reader, emulator);
    }
  }
}
