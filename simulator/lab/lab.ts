/**
 * The composition root: one simulated world with its clock, residents, CAs, cards and platforms, on
 * loopback ports of its own. Either it lives in memory for as long as it is open, or in a state
 * directory from one opening to the next.
 */
import { type AtrName, withAnswerToReset } from "../card/index.ts";
import { LabClock } from "../clock.ts";
import { KeyPool, type KeySource } from "../pki/index.ts";
import { Random } from "../random.ts";
import { personaOf, type Resident, type ResidentRef } from "../residents/index.ts";
import { CardBox, type LabCard } from "./card-box.ts";
import { consoleRoutes } from "./console-routes.ts";
import { LabCounter } from "./counter.ts";
import { Doors } from "./doors.ts";
import type { CvAnchors } from "./issuer.ts";
import { catchUp } from "./life-events.ts";
import type { LabAddresses } from "./rows.ts";
import { secretsOf } from "./secrets.ts";
import { StateDirectory } from "./state-directory.ts";
import { buildWorld, type World } from "./world.ts";
import { parseWorldState, type WorldState } from "./world-state.ts";

export interface LabOptions {
  /** Decides names, numbers and nonces of a new world; one that is reopened keeps its own. */
  readonly seed: string;
  /** Directory of the key pool. */
  readonly keys: string;
  /** State directory; a world without one ends when it is closed. */
  readonly state?: string;
  /** First of the ports to use; any that are free when absent. */
  readonly port?: number;
  /** A clock that runs at the machine's time when absent. */
  readonly clock?: LabClock;
}

interface Foundations {
  readonly seed: string;
  readonly openings: number;
  readonly clock: LabClock;
  readonly state: StateDirectory | undefined;
  readonly random: Random;
  readonly register: Random;
  readonly keys: KeySource;
  readonly doors: Doors;
}

export class Lab {
  readonly seed: string;
  readonly clock: LabClock;
  readonly state: StateDirectory | undefined;
  readonly jpki: World["jpki"];
  readonly issuer: World["issuer"];
  readonly office: World["office"];
  readonly mkpf: World["mkpf"];
  readonly localAuthPf: World["localAuthPf"];
  readonly digitalAuthApp: World["digitalAuthApp"];
  readonly attributeProvision: World["attributeProvision"];
  /** 市区町村窓口: what happens to residents, their certificates and their cards in one act. */
  readonly counter: LabCounter;
  readonly #foundations: Foundations;
  readonly #cards: CardBox;

  private constructor(foundations: Foundations, world: World, cards: CardBox) {
    this.seed = foundations.seed;
    this.clock = foundations.clock;
    this.state = foundations.state;
    this.jpki = world.jpki;
    this.issuer = world.issuer;
    this.office = world.office;
    this.mkpf = world.mkpf;
    this.localAuthPf = world.localAuthPf;
    this.digitalAuthApp = world.digitalAuthApp;
    this.attributeProvision = world.attributeProvision;
    this.#foundations = foundations;
    this.#cards = cards;
    const { clock, office, issuer } = this;
    this.counter = new LabCounter({ clock, office, issuer, cards, save: () => this.save() });
  }

  /** @throws SimulatorError STATE_IN_USE, STATE_INVALID, PORT_IN_USE */
  static async open(options: LabOptions): Promise<Lab> {
    const state = options.state === undefined ? undefined : new StateDirectory(options.state);
    state?.lock();
    try {
      const saved = readSaved(state);
      const doors = await Doors.open(options.port, saved?.ports);
      try {
        return await openBehind(doors, options, state, saved);
      } catch (error) {
        await doors.close();
        throw error;
      }
    } catch (error) {
      state?.unlock();
      throw error;
    }
  }

  /** @internal */
  static async found(foundations: Foundations, saved: WorldState | undefined): Promise<Lab> {
    const { doors } = foundations;
    const origins = {
      jpki: doors.origin("jpki"),
      mkpfVerification: doors.origin("mkpfVerification"),
      mkpfProduction: doors.origin("mkpfProduction"),
      digitalAuthApp: doors.origin("digitalAuthApp"),
    };
    const cards = new CardBox(foundations.random.fork("cards"), foundations.state);
    const world = await buildWorld({
      ...foundations,
      origins,
      cards,
      ...(saved === undefined ? {} : { saved }),
    });
    const lab = new Lab(foundations, world, cards);
    await Promise.all([
      doors.mount("jpki", world.jpki.routes),
      doors.mount("mkpfVerification", lab.#remembering(world.mkpf.verification.plugin)),
      doors.mount("mkpfProduction", lab.#remembering(world.mkpf.production.plugin)),
      doors.mount("localAuthPf", lab.#remembering(world.localAuthPf.plugin)),
      doors.mount("digitalAuthApp", lab.#remembering(world.digitalAuthApp.plugin)),
      doors.mount("attributeProvision", lab.#remembering(world.attributeProvision.plugin)),
      doors.mount("console", consoleRoutes(lab)),
    ]);
    lab.save();
    foundations.state?.announce({ pid: process.pid, control: doors.origin("console") });
    return lab;
  }

  get addresses(): LabAddresses {
    const { doors } = this.#foundations;
    const jpki = doors.origin("jpki");
    return {
      console: doors.origin("console"),
      ocsp: `${jpki}/ocsp`,
      crl: { auth: `${jpki}/crl/auth.crl`, sign: `${jpki}/crl/sign.crl` },
      mkpf: {
        verification: doors.origin("mkpfVerification"),
        production: doors.origin("mkpfProduction"),
      },
      localAuthPf: doors.origin("localAuthPf"),
      digitalAuthApp: doors.origin("digitalAuthApp") + this.digitalAuthApp.issuerPath,
      attributeProvision: doors.origin("attributeProvision"),
    };
  }

  /** A stream of chance for whoever plays a part in this world. */
  random(label: string): Random {
    return this.#foundations.random.fork(label);
  }

  /**
   * Registers a resident, hands out a card and lets happen what the persona tells of.
   *
   * @param options.atr how the card answers reset; without contact, as the most common one, when
   *   absent
   * @returns what this person shows: the card, or a smartphone
   * @throws SimulatorError PERSONA_UNKNOWN
   */
  async issueCard(persona: string, options: { readonly atr?: AtrName } = {}): Promise<LabCard> {
    const resident = this.office.register(persona);
    await this.counter.handOut(resident);
    await catchUp(this.counter, resident, personaOf(persona));
    // What has happened to somebody by now is known to the world.
    if (personaOf(persona).since !== undefined) this.jpki.publishNow();
    this.save();
    const shown = this.shownBy(resident);
    const { atr } = options;
    if (atr !== undefined) shown.card.alter((image) => withAnswerToReset(image, atr));
    return shown;
  }

  /** Hands out a card, the first or another one, to somebody registered. */
  handOut(resident: ResidentRef): Promise<LabCard> {
    return this.counter.handOut(resident);
  }

  /** The present card of everybody who has one. */
  get cards(): readonly LabCard[] {
    return this.#cards.of(this.office);
  }

  /** The present smartphone of everybody who has one. */
  get smartphones(): readonly LabCard[] {
    return this.#cards.smartphonesOf(this.office);
  }

  /** What somebody with a card puts on a reader: a smartphone if the persona has one, or the card. */
  shownBy(ref: ResidentRef): LabCard {
    const file = this.office.file(ref);
    const { smartphone } = personaOf(file.resident.persona);
    return smartphone === undefined ? this.#cards.card(file) : this.#cards.smartphone(file);
  }

  get residents(): readonly Resident[] {
    return this.office.residents;
  }

  /** What a terminal has to trust to find a card of this world genuine. */
  get cvAnchors(): CvAnchors {
    return this.issuer.anchors;
  }

  /** Everything about the residents that must never reach a journal, report or log. */
  secrets(): string[] {
    return secretsOf(this.office, [...this.cards, ...this.smartphones]);
  }

  /** Writes the world down, where it has a state directory. Cards look after themselves. */
  save(): void {
    if (this.state === undefined) return;
    const { keys, doors, openings } = this.#foundations;
    const state: WorldState = {
      version: 1,
      seed: this.seed,
      openings,
      keys: keys.position,
      ports: doors.ports,
      jpki: this.jpki.state,
      issuer: this.issuer.state,
      office: this.office.state,
      platforms: {
        mkpfVerification: this.mkpf.verification.state(),
        mkpfProduction: this.mkpf.production.state(),
        localAuthPf: this.localAuthPf.state(),
        digitalAuthApp: this.digitalAuthApp.state(),
        attributeProvision: this.attributeProvision.state(),
      },
    };
    this.state.write(WORLD, JSON.stringify(state));
  }

  async close(): Promise<void> {
    await this.#foundations.doors.close();
    this.save();
    this.state?.unlock();
  }

  /** A platform whose every answer may have changed what it remembers. */
  #remembering(plugin: World["localAuthPf"]["plugin"]): World["localAuthPf"]["plugin"] {
    return async (app) => {
      app.addHook("onResponse", async () => this.save());
      await app.register(plugin);
    };
  }
}

const WORLD = "world.json";

function readSaved(state: StateDirectory | undefined): WorldState | undefined {
  const saved = state?.readJson(WORLD);
  return saved === undefined ? undefined : parseWorldState(saved);
}

function openBehind(
  doors: Doors,
  options: LabOptions,
  state: StateDirectory | undefined,
  saved: WorldState | undefined,
): Promise<Lab> {
  const { seed = options.seed, openings: before = 0, keys: drawn = 0 } = saved ?? {};
  const openings = before + 1;
  const foundations = {
    seed,
    openings,
    clock: options.clock ?? LabClock.running(),
    state,
    // Each opening has a stream of its own: going through the same one again would give a second
    // system the secrets of the first.
    random: new Random(seed).fork(`opening/${openings}`),
    register: new Random(seed).fork("register"),
    keys: new KeyPool(options.keys).source(drawn),
    doors,
  };
  return Lab.found(foundations, saved);
}
