/** The cards of a world: made from what the office decided, kept in memory or one file each. */
import { join } from "node:path";
import {
  type CardPins,
  type CardSpec,
  type CardStore,
  codeA,
  codeB,
  FileCardStore,
  MemoryCardStore,
  type PrintedOnCard,
  personalise,
  SimulatedCard,
} from "../card/index.ts";
import type { Random } from "../random.ts";
import type { CardRecord, MunicipalOffice, Resident } from "../residents/index.ts";
import { DEFAULT_PINS } from "../residents/index.ts";
import { serialText } from "./people.ts";
import type { StateDirectory } from "./state-directory.ts";

/** A card in use, with what its issuer knows of it. */
export interface LabCard {
  /** `R0001-1`: the first card of resident R0001. */
  readonly id: string;
  readonly resident: Resident;
  readonly card: SimulatedCard;
  readonly pins: Partial<CardPins>;
  /** 照合番号A, twelve digits. */
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

const FOLDER = "cards";

export class CardBox {
  readonly #random: Random;
  readonly #state: StateDirectory | undefined;
  readonly #cards = new Map<string, SimulatedCard>();

  constructor(random: Random, state: StateDirectory | undefined) {
    this.#random = random;
    this.#state = state;
    state?.folder(FOLDER);
  }

  /** Personalises the card that `spec` describes, and keeps it. */
  make(
    file: { readonly resident: Resident; readonly cards: readonly CardRecord[] },
    spec: CardSpec,
  ): LabCard {
    const id = cardId(file);
    const store = this.#store(id);
    const image = personalise(spec);
    store.save(image);
    this.#cards.set(id, new SimulatedCard(image, { store, random: this.#random.fork(id) }));
    return this.#describe(file);
  }

  /**
   * The present card of everybody who has one.
   *
   * @throws SimulatorError CARD_IMAGE_INVALID for a card file that cannot be read
   */
  of(office: MunicipalOffice): LabCard[] {
    return office.residents
      .map((resident) => office.file(resident))
      .filter(({ cards }) => cards.length > 0)
      .map((file) => this.#describe(file));
  }

  #describe(file: { readonly resident: Resident; readonly cards: readonly CardRecord[] }): LabCard {
    const record = file.cards.at(-1);
    const authSerial = record?.authSerials.at(-1);
    if (record === undefined || authSerial === undefined) {
      throw new RangeError(`${file.resident.id} has no card`);
    }
    const signSerial = record.signSerials.at(-1);
    const { sign, ...otherPins } = DEFAULT_PINS;
    const { securityCode, tokenSerial } = record;
    const printed = printedOn(file.resident, record);
    return {
      id: cardId(file),
      resident: file.resident,
      card: this.#card(cardId(file)),
      pins: signSerial === undefined ? otherPins : { ...otherPins, sign },
      codeA: codeA(printed),
      codeB: codeB(printed),
      securityCode,
      tokenSerial,
      authSerial: serialText(authSerial),
      ...(signSerial === undefined ? {} : { signSerial: serialText(signSerial) }),
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
    return new FileCardStore(join(this.#state.file(FOLDER), `${id}.json`));
  }
}

/** What somebody who holds the card in their hand can read off it. */
export function printedOn(resident: Resident, { expiry, securityCode }: CardRecord): PrintedOnCard {
  return { holder: resident, expiry, securityCode };
}

function cardId({
  resident,
  cards,
}: {
  readonly resident: Resident;
  readonly cards: readonly unknown[];
}): string {
  return `${resident.id}-${cards.length}`;
}
