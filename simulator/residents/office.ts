/**
 * 市区町村窓口: registers residents, hands out cards and enters what happens in people's lives, with
 * the consequences for their certificates (card-facts section 8).
 */
import type { CardHolder, CardSpec } from "../card/spec.ts";
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import { type JpkiService, jstDay, type Revocation } from "../pki/index.ts";
import type { Random } from "../random.ts";
import { type CardRecord, cardExpiry, drawCardNumbers, maySign } from "./card.ts";
import {
  applyConsequences,
  cardSpec,
  certify,
  type NewCertificates,
  withCertificates,
} from "./certify.ts";
import { MUNICIPALITIES, municipalityOf } from "./municipalities.ts";
import { MY_NUMBERS, testMyNumber } from "./my-number.ts";
import {
  type HistoryEntry,
  type OfficeState,
  type ResidentFile,
  residentId,
} from "./office-state.ts";
import { personaOf } from "./personas.ts";
import { CONSEQUENCES, type Consequences } from "./reasons.ts";
import { Register, type ResidentRef } from "./register.ts";
import { asCardHolder, drawAddress, makeResident, type Resident } from "./resident.ts";

export interface OfficeWorld {
  readonly jpki: JpkiService;
  readonly clock: Clock;
  readonly random: Random;
}

export interface IssuedCard {
  readonly spec: CardSpec;
  readonly authSerial: number;
  readonly signSerial?: number;
}

/** What came of an event. */
export interface LifeEvent {
  readonly resident: Resident;
  /** What the text and visual applications of the card should say from now on. */
  readonly holder: CardHolder;
  /** Certificates that were revoked or put on hold. */
  readonly revoked: readonly Revocation[];
}

/** A life event that ends with new certificates to be loaded onto the card in hand. */
export interface Renewal extends LifeEvent {
  readonly certificates: NewCertificates;
}

export class MunicipalOffice {
  readonly #world: OfficeWorld;
  readonly #register: Register;

  constructor(world: OfficeWorld, register = new Register(world.clock)) {
    this.#world = world;
    this.#register = register;
  }

  /** @throws SimulatorError STATE_INVALID when `state` is not what `state` once gave */
  static restore(state: unknown, world: OfficeWorld): MunicipalOffice {
    return new MunicipalOffice(world, Register.restore(state, world.clock));
  }

  get state(): OfficeState {
    return this.#register.state;
  }

  /** In the order of registration. */
  get residents(): readonly Resident[] {
    return this.#register.files.map(({ resident }) => resident);
  }

  /** Resident, cards and history. @throws SimulatorError RESIDENT_UNKNOWN */
  file(ref: ResidentRef): ResidentFile {
    return this.#register.file(ref);
  }

  /**
   * A new resident made from a persona.
   *
   * @param municipalityCode five digits; 千代田区 when absent
   * @throws SimulatorError PERSONA_UNKNOWN
   */
  register(persona: string, municipalityCode = MUNICIPALITIES[0].code): Resident {
    const { clock, random } = this.#world;
    const count = this.#register.files.length;
    const id = residentId(count);
    const first = random.fork("my-number").below(MY_NUMBERS);
    const resident = makeResident({
      id,
      persona: personaOf(persona),
      place: municipalityOf(municipalityCode),
      myNumber: testMyNumber((first + count) % MY_NUMBERS),
      today: clock.now(),
      random: random.fork(`resident/${id}`),
    });
    return this.#register.write({ resident, cards: [] }, "registered").resident;
  }

  /**
   * Hands out a card with fresh certificates: the first, or one in the place of another, whose
   * certificates are then superseded.
   *
   * @param options.sign whether to have a 署名用 certificate; from the age of 15 when absent
   * @throws SimulatorError RESIDENT_REFUSED
   */
  async issueCard(
    ref: ResidentRef,
    options: { readonly sign?: boolean } = {},
  ): Promise<IssuedCard> {
    const { resident, cards } = this.#register.registered(ref);
    const { jpki, clock } = this.#world;
    const today = jstDay(clock.now());
    const blank = this.#blankCard(resident, cards.length + 1, today);
    const auth = await certify(jpki, "auth", resident, blank.expiry);
    const made =
      (options.sign ?? maySign(resident, today))
        ? { auth, sign: await certify(jpki, "sign", resident, blank.expiry) }
        : { auth };
    applyConsequences(jpki, cards.at(-1), CONSEQUENCES.renewed);
    const card = withCertificates(blank, made);
    const replaced = cards.map((one) => ({ ...one, state: "replaced" as const }));
    this.#register.write({ resident, cards: [...replaced, card] }, "cardIssued");
    return {
      spec: cardSpec(jpki, resident, card, made),
      authSerial: auth.serial,
      ...(made.sign && { signSerial: made.sign.serial }),
    };
  }

  /**
   * 転居 or 転入: a new address. The 署名用 certificate is revoked, the 利用者証明用 one stays good.
   *
   * @param to five digits of the new municipality; within the same one when absent
   */
  move(ref: ResidentRef, to?: string): LifeEvent {
    const { resident, history } = this.#register.registered(ref);
    const place = municipalityOf(to ?? resident.municipalityCode);
    const random = this.#world.random.fork(`move/${resident.id}/${history.length}`);
    const address = drawAddress(place, random);
    return this.#happen(ref, "moved", CONSEQUENCES.attributesChanged, {
      resident: { address, municipalityCode: place.code },
    });
  }

  /** 紛失: both certificates are put on hold, for good. */
  lose(ref: ResidentRef): LifeEvent {
    this.#withCard(ref);
    return this.#happen(ref, "lost", CONSEQUENCES.lost, { card: { state: "stopped" } });
  }

  /** 死亡 */
  die(ref: ResidentRef): LifeEvent {
    return this.#happen(ref, "died", CONSEQUENCES.died, {
      resident: { status: "dead" },
      card: { state: "ended" },
    });
  }

  /** 更新: new certificates on the same card, of the kinds it had. */
  async renew(ref: ResidentRef): Promise<Renewal> {
    const { resident, card } = this.#withCard(ref);
    const { jpki } = this.#world;
    const auth = await certify(jpki, "auth", resident, card.expiry);
    const certificates =
      card.signSerials.length > 0
        ? { auth, sign: await certify(jpki, "sign", resident, card.expiry) }
        : { auth };
    return this.#load(ref, "renewed", CONSEQUENCES.renewed, certificates);
  }

  /** 署名用電子証明書の再発行: what people forget after moving. */
  async reissueSign(ref: ResidentRef): Promise<Renewal> {
    const { resident, card } = this.#withCard(ref);
    const sign = await certify(this.#world.jpki, "sign", resident, card.expiry);
    return this.#load(ref, "signReissued", CONSEQUENCES.signRenewed, { sign });
  }

  /** Writes new certificates onto the card's record, in the place of those they follow. */
  #load(
    ref: ResidentRef,
    event: HistoryEntry["event"],
    consequences: Consequences,
    certificates: NewCertificates,
  ): Renewal {
    const { card } = this.#withCard(ref);
    const changes = { card: withCertificates(card, certificates) };
    return { ...this.#happen(ref, event, consequences, changes), certificates };
  }

  /** Revokes first and writes down then: the new serials are not those the event makes void. */
  #happen(
    ref: ResidentRef,
    event: HistoryEntry["event"],
    consequences: Consequences,
    changes: { readonly resident?: Partial<Resident>; readonly card?: Partial<CardRecord> },
  ): LifeEvent {
    const { resident, cards } = this.#register.registered(ref);
    const revoked = applyConsequences(this.#world.jpki, cards.at(-1), consequences);
    const changed = { ...resident, ...changes.resident };
    const present = cards.slice(-1).map((card) => ({ ...card, ...changes.card }));
    this.#register.write({ resident: changed, cards: [...cards.slice(0, -1), ...present] }, event);
    return { resident: changed, holder: asCardHolder(changed), revoked };
  }

  #blankCard(resident: Resident, number: number, today: string): CardRecord {
    return {
      number,
      state: "valid",
      expiry: cardExpiry(resident, today),
      ...drawCardNumbers(this.#world.random.fork(`card/${resident.id}/${number}`)),
      authSerials: [],
      signSerials: [],
    };
  }

  #withCard(ref: ResidentRef): { readonly resident: Resident; readonly card: CardRecord } {
    const { resident, cards } = this.#register.registered(ref);
    const card = cards.at(-1);
    if (card?.state === "valid") return { resident, card };
    const why = card === undefined ? "has no card" : `has a card that is ${card.state}`;
    throw new SimulatorError("RESIDENT_REFUSED", `${resident.id} ${why}; issue one`);
  }
}
