/**
 * A reader whose card is a simulated one and whose answers are not to be trusted: some are damaged on
 * their way, and from some exchange on all are what somebody made up. Counts what a client must not
 * do, and ends a client that never comes to an end.
 */
import { type CardImage, MemoryCardStore, SimulatedCard } from "../../../simulator/card/index.ts";
import { fromHex, toHex } from "../../../simulator/iso7816/index.ts";
import { Random } from "../../../simulator/random.ts";
import { BenchError } from "../../errors.ts";
import type { CardPresence, Reader, ReaderInfo } from "../../reader/reader.ts";
import { type Mutation, mutate } from "../mutation.ts";

export interface Hostility {
  /** Damage to the answer of the exchange with this number, from 0. */
  readonly damage: readonly { readonly exchange: number; readonly how: Mutation }[];
  /** Answers in hexadecimal, over and over, from an exchange on; the card's own when empty. */
  readonly madeUp: { readonly from: number; readonly answers: readonly string[] };
}

/** A file of 32 KiB that comes byte by byte, which READ BINARY allows (card-facts section 4). */
const EXCHANGES_MAX = 33_000;

const VERIFY = 0x20;
const CHANGE = 0x24;
const HEADER_LENGTH = 5;

export class HostileReader implements Reader {
  readonly info: ReaderInfo = { driver: "hostile", name: "hostile", physical: false };
  readonly #card: SimulatedCard;
  readonly #hostility: Hostility;
  readonly #presented = new Map<string, number>();
  #exchanges = 0;

  constructor(image: CardImage, hostility: Hostility) {
    const options = { store: new MemoryCardStore(), random: new Random("hostile") };
    this.#card = new SimulatedCard(image, options);
    this.#hostility = hostility;
  }

  async open(): Promise<CardPresence> {
    return { atr: this.#card.powerOn() };
  }

  async transmit(command: Uint8Array): Promise<Uint8Array> {
    const exchange = this.#exchanges;
    this.#exchanges += 1;
    if (exchange >= EXCHANGES_MAX) throw new BenchError("READER_LOST", "too many exchanges");
    if (spendsATry(command)) {
      const hex = toHex(command);
      this.#presented.set(hex, (this.#presented.get(hex) ?? 0) + 1);
    }
    const genuine = this.#card.transmit(command);
    const { damage, madeUp } = this.#hostility;
    const answer = madeUp.answers[(exchange - madeUp.from) % madeUp.answers.length];
    if (exchange >= madeUp.from && answer !== undefined) return fromHex(answer);
    const mutations = damage.filter((one) => one.exchange === exchange).map(({ how }) => how);
    return mutate(genuine, ...mutations);
  }

  reset(): Promise<CardPresence> {
    return this.open();
  }

  async close(): Promise<void> {
    this.#card.powerOff();
  }

  /** What the client did that no client may. */
  get misdeeds(): string[] {
    const again = [...this.#presented].filter(([, times]) => times > 1);
    return [
      ...again.map(([hex, times]) => `sent ${hex} ${times} times`),
      ...(this.#exchanges > EXCHANGES_MAX ? [`more than ${EXCHANGES_MAX} exchanges`] : []),
    ];
  }
}

function spendsATry(command: Uint8Array): boolean {
  const [, ins] = command;
  return (ins === VERIFY || ins === CHANGE) && command.length > HEADER_LENGTH;
}
