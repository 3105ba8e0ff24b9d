/**
 * The composition root: one simulated world with its clock, residents, CAs, cards, readers and
 * platforms, on loopback ports of its own. Either it lives in memory for as long as it is open, or in
 * a state directory from one opening to the next.
 */
import { LabClock } from "../clock.ts";
import { KeyPool } from "../pki/index.ts";
import type { Random } from "../random.ts";
import { personaOf, type Resident, type ResidentRef } from "../residents/index.ts";
import { type Built, build, readWorld, writeWorld } from "./building.ts";
import { CARDS, type LabCard } from "./card-box.ts";
import { consoleRoutes } from "./console-routes.ts";
import { LabCounter } from "./counter.ts";
import type { ReadingSoftware } from "./counter-station.ts";
import { slotDevice } from "./devices.ts";
import { FaultBoard } from "./fault-board.ts";
import {
  clearedGround,
  type FoundationOptions,
  type Foundations,
  layFoundations,
} from "./foundations.ts";
import type { CvAnchors } from "./issuer.ts";
import { COUNTER_READER, LabReaders } from "./readers.ts";
import type { LabAddresses, Neighbour } from "./rows.ts";
import { secretsOf } from "./secrets.ts";
import { addressesOf, mountServices } from "./services.ts";
import { StateDirectory } from "./state-directory.ts";
import { type Wishes, welcome } from "./welcome.ts";
import type { World } from "./world.ts";

export interface LabOptions extends FoundationOptions {
  /** State directory; a world without one ends when it is closed. */
  readonly state?: string;
  /**
   * What reads cards at the counter of MKPF 類型①, for people who work its pages in a browser. Without
   * it, only software that posts what it read can finish a visit.
   */
  readonly readingSoftware?: ReadingSoftware;
}

export class Lab {
  readonly clock: LabClock;
  readonly state: StateDirectory | undefined;
  readonly readers: LabReaders;
  /** What has been planned to go wrong. */
  readonly faults: FaultBoard;
  /** Relying parties that run beside this world, for its web page. */
  neighbours: readonly Neighbour[] = [];
  readonly #options: LabOptions;
  #ground: Foundations;
  #built: Built;
  #counter: LabCounter;

  private constructor(options: LabOptions, ground: Foundations, readers: LabReaders, built: Built) {
    this.clock = ground.clock;
    this.state = ground.state;
    this.readers = readers;
    this.#options = options;
    this.#ground = ground;
    this.#built = built;
    this.#counter = this.#staffedCounter();
    this.faults = new FaultBoard(this);
  }

  /** @throws SimulatorError STATE_IN_USE, STATE_INVALID, PORT_IN_USE */
  static async open(options: LabOptions): Promise<Lab> {
    const state = options.state === undefined ? undefined : new StateDirectory(options.state);
    state?.lock();
    try {
      return await Lab.#openIn(state, options);
    } catch (error) {
      state?.unlock();
      throw error;
    }
  }

  static async #openIn(state: StateDirectory | undefined, options: LabOptions): Promise<Lab> {
    const saved = readWorld(state);
    const ground = await layFoundations(options, state, saved);
    const readers = new LabReaders();
    readers.add(COUNTER_READER, slotDevice(COUNTER_READER));
    try {
      const built = await build(ground, options.readingSoftware, readers, saved);
      const lab = new Lab(options, ground, readers, built);
      await lab.#begin();
      return lab;
    } catch (error) {
      await ground.doors.close();
      throw error;
    }
  }

  async #begin(): Promise<void> {
    const { doors } = this.#ground;
    await mountServices(doors, this.#built.world, () => this.save());
    await doors.mount("console", consoleRoutes(this));
    this.save();
    this.state?.announce({ pid: process.pid, control: doors.origin("console") });
  }

  get seed(): string {
    return this.#ground.seed;
  }

  get jpki(): World["jpki"] {
    return this.#built.world.jpki;
  }

  get issuer(): World["issuer"] {
    return this.#built.world.issuer;
  }

  get office(): World["office"] {
    return this.#built.world.office;
  }

  get mkpf(): World["mkpf"] {
    return this.#built.world.mkpf;
  }

  get localAuthPf(): World["localAuthPf"] {
    return this.#built.world.localAuthPf;
  }

  get digitalAuthApp(): World["digitalAuthApp"] {
    return this.#built.world.digitalAuthApp;
  }

  get attributeProvision(): World["attributeProvision"] {
    return this.#built.world.attributeProvision;
  }

  get cardApLoader(): World["cardApLoader"] {
    return this.#built.world.cardApLoader;
  }

  /** 市区町村窓口: what happens to residents, their certificates and their cards in one act. */
  get counter(): LabCounter {
    return this.#counter;
  }

  get addresses(): LabAddresses {
    return addressesOf(this.#ground.doors, this.#built.world);
  }

  /** The CA a client of platforms behind TLS has to trust, PEM; undefined where they speak HTTP. */
  get webCa(): string | undefined {
    return this.#ground.webAuthority?.certificate;
  }

  /** A stream of chance for whoever plays a part in this world. */
  random(label: string): Random {
    return this.#ground.random.fork(label);
  }

  /**
   * Registers a resident, hands out a card and lets happen what the persona tells of.
   *
   * @returns what this person shows: the card, or a smartphone
   * @throws SimulatorError PERSONA_UNKNOWN
   */
  issueCard(persona: string, wishes: Wishes = {}): Promise<LabCard> {
    return welcome(this, persona, wishes);
  }

  /** Hands out a card, the first or another one, to somebody registered. */
  handOut(resident: ResidentRef): Promise<LabCard> {
    return this.counter.handOut(resident);
  }

  /** The present card of everybody who has one. */
  get cards(): readonly LabCard[] {
    return this.#built.cards.of(this.office);
  }

  /** The present smartphone of everybody who has one. */
  get smartphones(): readonly LabCard[] {
    return this.#built.cards.smartphonesOf(this.office);
  }

  /** What somebody with a card puts on a reader: a smartphone if the persona has one, or the card. */
  shownBy(ref: ResidentRef): LabCard {
    const file = this.office.file(ref);
    const { smartphone } = personaOf(file.resident.persona);
    const { cards } = this.#built;
    return smartphone === undefined ? cards.card(file) : cards.smartphone(file);
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
    writeWorld(this.#ground, this.#built.world);
  }

  /**
   * Begins anew: the world as it was on the first day of its seed, at the machine's time, behind the
   * same doors. Nobody lives in it, no system is registered, nothing is revoked, no card lies in a
   * reader.
   */
  async reset(): Promise<void> {
    await this.readers.removeAll();
    this.faults.clear();
    this.state?.clear(CARDS);
    this.clock.travelTo(LabClock.running().now());
    this.clock.run();
    const keys = new KeyPool(this.#options.keys).source();
    this.#ground = clearedGround(this.#ground, keys);
    this.#built = await build(this.#ground, this.#options.readingSoftware, this.readers);
    this.#counter = this.#staffedCounter();
    await mountServices(this.#ground.doors, this.#built.world, () => this.save());
    this.save();
  }

  async close(): Promise<void> {
    await this.readers.close();
    await this.#ground.doors.close();
    this.save();
    this.state?.unlock();
  }

  #staffedCounter(): LabCounter {
    const { cards, world } = this.#built;
    const { office, issuer } = world;
    return new LabCounter({ clock: this.clock, office, issuer, cards, save: () => this.save() });
  }
}
