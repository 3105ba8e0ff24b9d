/**
 * The cards of a world, and what stands for one on a smartphone: made from what the office decided,
 * kept in memory or one file each.
 */
import { join } from "node:path";
import {
  type CardPins,
  type CardSpec,
  type CardStore,
  codeA,
  codeB,
  FileCardStore,
  holderPins,
  MemoryCardStore,
  type PrintedOnCard,
  personalise,
  SimulatedCard,
} from "../card/index.ts";
import type { Random } from "../random.ts";
import type { CardRecord, MunicipalOffice, Resident, ResidentFile } from "../residents/index.ts";
import { serialText } from "./people.ts";
import type { StateDirectory } from "./state-directory.ts";

/** A card or smartphone in use, with what its issuer knows of it. */
export interface LabCard {
  /** `R0001-1`: the first card of resident R0001; `R0001-S1`: the first smartphone. */
  readonly id: string;
  readonly resident: Resident;
  readonly card: SimulatedCard;
  /** As they are on it now; one that nobody has set is absent. */
  readonly pins: Partial<CardPins>;
  /** 照合番号A, twelve digits. Of a smartphone: what the holder's card has. */
  readonly codeA: string;
  /** 照合番号B, fourteen digits; the first six are the birth-date key of the visual application. */
  readonly codeB: string;
  /** Four digits printed on the face. */
  readonly securityCode: string;
  /** Sixteen digits, in the JPKI application's token information. */
  readonly tokenSerial: string;
  /** 発行番号, upper-case hexadecimal. */
  readonly authSerial: string;
  /** Absent on a card without a 署名用 certificate. */
  readonly signSerial?: string;
}

/** Sub-folder of a state directory. */
export const CARDS = "cards";

export class CardBox {
  readonly #random: Random;
  readonly #state: StateDirectory | undefined;
  readonly #cards = new Map<string, SimulatedCard>();

  constructor(random: Random, state: StateDirectory | undefined) {
    this.#random = random;
    this.#state = state;
    state?.folder(CARDS);
  }

  /** Personalises the card that `spec` describes, and keeps it. */
  make(id: string, spec: CardSpec): void {
    const store = this.#store(id);
    const image = personalise(spec);
    store.save(image);
    this.#cards.set(id, new SimulatedCard(image, { store, random: this.#random.fork(id) }));
  }

  /**
   * The present card of everybody who has one.
   *
   * @throws SimulatorError CARD_IMAGE_INVALID for a card file that cannot be read
   */
  of(office: MunicipalOffice): LabCard[] {
    return filesOf(office)
      .filter(({ cards }) => cards.length > 0)
      .map((file) => this.card(file));
  }

  /** The present smartphone of everybody who has one. */
  smartphonesOf(office: MunicipalOffice): LabCard[] {
    return filesOf(office)
      .filter(({ smartphones }) => smartphones.length > 0)
      .map((file) => this.smartphone(file));
  }

  /** The present card of somebody who has one. */
  card(file: ResidentFile): LabCard {
    const record = presentCard(file);
    const { authSerials, signSerials, tokenSerial } = record;
    const serials = { auth: authSerials.at(-1), sign: signSerials.at(-1) };
    return this.#describe(cardId(file), file, tokenSerial, serials);
  }

  /** The present smartphone of somebody who has one. */
  smartphone(file: ResidentFile): LabCard {
    const record = file.smartphones.at(-1);
    if (record === undefined) throw new RangeError(`${file.resident.id} has no smartphone`);
    const serials = { auth: record.authSerial, sign: record.signSerial };
    return this.#describe(smartphoneId(file), file, record.tokenSerial, serials);
  }

  #describe(
    id: string,
    file: ResidentFile,
    tokenSerial: string,
    serials: { readonly auth: number | undefined; readonly sign: number | undefined },
  ): LabCard {
    const { resident } = file;
    const { auth, sign } = serials;
    if (auth === undefined) throw new RangeError(`${id} has no certificate`);
    const card = this.#card(id);
    const printed = printedOn(resident, presentCard(file));
    return {
      id,
      resident,
      card,
      pins: holderPins(card.image),
      codeA: codeA(printed),
      codeB: codeB(printed),
      securityCode: printed.securityCode,
      tokenSerial,
      authSerial: serialText(auth),
      ...(sign === undefined ? {} : { signSerial: serialText(sign) }),
    };
  }

  #card(id: string): SimulatedCard {
    const known = this.#cards.get(id);
    if (known !== undefined) return known;
    const store = this.#store(id);
    const image = (store as FileCardStore).load();
    const card = new SimulatedCard(image, { store, random: this.#random.fork(id) });
    this.#cards.set(id, card);
    return card;
  }

  #store(id: string): CardStore {
    if (this.#state === undefined) return new MemoryCardStore();
    return new FileCardStore(join(this.#state.file(CARDS), `${id}.json`));
  }
}

/** What somebody who holds the card in their hand can read off it. */
export function printedOn(resident: Resident, { expiry, securityCode }: CardRecord): PrintedOnCard {
  return { holder: resident, expiry, securityCode };
}

/** Of the present card. */
function cardId({ resident, cards }: ResidentFile): string {
  return `${resident.id}-${cards.length}`;
}

/** Of the card that will take the place of the present one. */
export function nextCardId({ resident, cards }: ResidentFile): string {
  return `${resident.id}-${cards.length + 1}`;
}

/** Of the present smartphone. */
function smartphoneId({ resident, smartphones }: ResidentFile): string {
  return `${resident.id}-S${smartphones.length}`;
}

/** Of the smartphone that will take the place of the present one. */
export function nextSmartphoneId({ resident, smartphones }: ResidentFile): string {
  return `${resident.id}-S${smartphones.length + 1}`;
}

function presentCard({ resident, cards }: ResidentFile): CardRecord {
  const record = cards.at(-1);
  if (record === undefined) throw new RangeError(`${resident.id} has no card`);
  return record;
}

function filesOf(office: MunicipalOffice): ResidentFile[] {
  return office.residents.map((resident) => office.file(resident));
}
