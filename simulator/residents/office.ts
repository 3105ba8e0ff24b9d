/**
 * 市区町村窓口: registers residents, hands out cards and enters what happens in people's lives, with
 * the consequences for their certificates (card-facts section 8). Smartphones are in smartphones.ts.
 */
import type { CardSpec } from "../card/spec.ts";
import type { CertificateKind } from "../pki/index.ts";
import { type CardRecord, cardExpiry, drawCardNumbers } from "./card.ts";
import { type CardPlan, planCard } from "./card-plan.ts";
import {
  applyConsequences,
  type CertifiedKeys,
  cardSpec,
  certify,
  certifyCard,
  presentSpec,
  withCertificates,
} from "./certify.ts";
import { Counter, type LifeEvent, type OfficeWorld, type Renewal } from "./counter.ts";
import type { Correction } from "./entries.ts";
import { MUNICIPALITIES, municipalityOf } from "./municipalities.ts";
import { MY_NUMBERS, testMyNumber } from "./my-number.ts";
import { type OfficeState, type ResidentFile, residentId } from "./office-state.ts";
import { personaOf } from "./personas.ts";
import { CONSEQUENCES } from "./reasons.ts";
import { Register, type ResidentRef } from "./register.ts";
import { drawAddress, makeResident, marriedName, type Resident } from "./resident.ts";
import { SmartphoneDesk } from "./smartphones.ts";

export interface IssuedCard {
  readonly spec: CardSpec;
  readonly authSerial: number;
  readonly signSerial?: number;
}

export class MunicipalOffice {
  /** スマホ用電子証明書. */
  readonly smartphones: SmartphoneDesk;
  readonly #world: OfficeWorld;
  readonly #register: Register;
  readonly #counter: Counter;

  constructor(world: OfficeWorld, register = new Register(world.clock)) {
    this.#world = world;
    this.#register = register;
    this.#counter = new Counter(world, register);
    this.smartphones = new SmartphoneDesk(this.#counter);
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

  /** Residents as they were before something about them changed, since this office opened. */
  get formerly(): readonly Resident[] {
    return this.#register.formerly;
  }

  /** Resident, cards, devices and history. @throws SimulatorError RESIDENT_UNKNOWN */
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
    const count = this.#register.size;
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
    const file = { resident, cards: [], smartphones: [] };
    return this.#register.write(file, "registered").resident;
  }

  /**
   * Hands out a card with fresh certificates: the first, or one in the place of another, whose
   * certificates are then superseded.
   *
   * @param options.sign whether to have a 署名用 certificate; from the age of 15 when absent, but
   *   not without PINs
   * @param options.make makes the card, before the register says that there is one
   * @throws SimulatorError RESIDENT_REFUSED
   */
  async issueCard(
    ref: ResidentRef,
    options: { readonly sign?: boolean; readonly make?: (spec: CardSpec) => Promise<void> } = {},
  ): Promise<IssuedCard> {
    const { resident, cards } = this.#register.registered(ref);
    const { jpki, clock } = this.#world;
    const plan = planCard(resident, cards.length, clock.now(), options.sign);
    const blank = this.#blankCard(resident, cards.length + 1, plan);
    const made = await certifyCard(jpki, resident, blank.expiry, plan);
    const card = withCertificates(blank, made);
    const spec = cardSpec(jpki, resident, card, made);
    await options.make?.(spec);
    this.#replaceCard(ref, card);
    return {
      spec,
      authSerial: made.auth.serial,
      ...(made.sign && { signSerial: made.sign.serial }),
    };
  }

  /**
   * Everything that would be written on the present card now, without the keys of its issuer.
   *
   * @param keys of the certificates on record
   * @throws SimulatorError RESIDENT_REFUSED without a card
   */
  presentCard(ref: ResidentRef, keys: CertifiedKeys): CardSpec {
    const { resident, cards } = this.#register.file(ref);
    const card = cards.at(-1);
    if (card === undefined) throw this.#counter.refusal(ref, "has no card");
    return presentSpec(this.#world.jpki, resident, card, keys);
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
    return this.#counter.happen(ref, "moved", CONSEQUENCES.attributesChanged, {
      resident: { address, municipalityCode: place.code },
    });
  }

  /** 氏名変更, for example on marriage. @param name another family name before the same given name, when absent */
  rename(ref: ResidentRef, name?: string): LifeEvent {
    const { resident } = this.#register.registered(ref);
    if (name !== undefined) this.#counter.requireEntry(ref, { name });
    return this.#counter.happen(ref, "renamed", CONSEQUENCES.attributesChanged, {
      resident: { name: name ?? marriedName(resident.name) },
    });
  }

  /** 記載の修正: the register was wrong, and what was certified with it. */
  correct(ref: ResidentRef, correction: Correction): LifeEvent {
    this.#counter.requireEntry(ref, correction);
    const resident = { ...correction };
    return this.#counter.happen(ref, "corrected", CONSEQUENCES.attributesChanged, { resident });
  }

  /** 紛失: both certificates of the card are put on hold, for good. */
  lose(ref: ResidentRef): LifeEvent {
    this.#counter.withCard(ref);
    const changes = { card: { state: "stopped" } } as const;
    return this.#counter.happen(ref, "cardLost", CONSEQUENCES.cardLost, changes);
  }

  /** 発見: the card can be used again, its certificates stay on hold until they are renewed. */
  find(ref: ResidentRef): LifeEvent {
    const card = this.#register.registered(ref).cards.at(-1);
    if (card?.state !== "stopped") throw this.#counter.refusal(ref, "has not lost a card");
    return this.#counter.happen(ref, "cardFound", {}, { card: { state: "valid" } });
  }

  /** 失効申請: a certificate of the card is wanted no longer. */
  giveUp(ref: ResidentRef, kind: CertificateKind): LifeEvent {
    const consequences = { auth: CONSEQUENCES.authGivenUp, sign: CONSEQUENCES.signGivenUp }[kind];
    return this.#counter.happen(ref, "certificateGivenUp", consequences, {});
  }

  /** 死亡 */
  die(ref: ResidentRef): LifeEvent {
    return this.#leave(ref, "died", "dead");
  }

  /** 国外転出 */
  emigrate(ref: ResidentRef): LifeEvent {
    return this.#leave(ref, "emigrated", "emigrated");
  }

  /** 更新: new certificates on the same card, of the kinds it had. */
  async renew(ref: ResidentRef): Promise<Renewal> {
    const { resident, card } = this.#counter.withCard(ref);
    const { jpki } = this.#world;
    const auth = await certify(jpki.auth, resident, card.expiry);
    const certificates =
      card.signSerials.length > 0
        ? { auth, sign: await certify(jpki.sign, resident, card.expiry) }
        : { auth };
    const smartphone = { state: "ended" } as const;
    return this.#counter.load(ref, "renewed", CONSEQUENCES.renewed, certificates, { smartphone });
  }

  /** 署名用電子証明書の再発行: what people forget after moving. */
  async reissueSign(ref: ResidentRef): Promise<Renewal> {
    const { resident, card } = this.#counter.withCard(ref);
    const sign = await certify(this.#world.jpki.sign, resident, card.expiry);
    return this.#counter.load(ref, "signReissued", CONSEQUENCES.signRenewed, { sign });
  }

  #leave(ref: ResidentRef, event: "died" | "emigrated", status: "dead" | "emigrated"): LifeEvent {
    return this.#counter.happen(ref, event, CONSEQUENCES.gone, {
      resident: { status },
      card: { state: "ended" },
      smartphone: { state: "ended" },
    });
  }

  #replaceCard(ref: ResidentRef, card: CardRecord): void {
    const file = this.#register.registered(ref);
    applyConsequences(this.#world.jpki, file, CONSEQUENCES.renewed);
    const { resident, cards, smartphones } = file;
    const replaced = cards.map((one) => ({ ...one, state: "replaced" as const }));
    const ended = smartphones.map((one) => ({ ...one, state: "ended" as const }));
    this.#register.write(
      { resident, cards: [...replaced, card], smartphones: ended },
      "cardIssued",
    );
  }

  #blankCard(resident: Resident, number: number, { day, pinless }: CardPlan): CardRecord {
    return {
      number,
      state: "valid",
      expiry: cardExpiry(resident, day),
      ...drawCardNumbers(this.#world.random.fork(`card/${resident.id}/${number}`)),
      ...(pinless && { pinless }),
      authSerials: [],
      signSerials: [],
    };
  }
}
