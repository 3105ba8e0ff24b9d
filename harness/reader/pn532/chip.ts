/**
 * A PN53x as a reader of cards (NXP UM0701-02 section 7; reader-facts 4.2): how it is told to find a
 * card, to talk to it and to leave it without power.
 */
import { setTimeout as delay } from "node:timers/promises";
import { concat } from "../../../simulator/iso7816/index.ts";
import {
  BAUD_RATES,
  type BaudRate,
  COMMAND,
  DATA_MAX,
  FIRST_BAUD_RATE,
  MODULATION,
  MORE,
  RF_ITEM,
} from "../../../simulator/reader/pn532/index.ts";
import { BenchError } from "../../errors.ts";
import type { CardPresence } from "../reader.ts";
import type { SerialDevice } from "../serial/serial-reader.ts";
import type { Pn532Link } from "./link.ts";
import { listedTypeA, listedTypeB } from "./listed-card.ts";
import { requireSuccess } from "./status.ts";

const TARGET = 1;
/** Milliseconds for what the chip does by itself, and for finding a card. */
const OWN_DEADLINE = 2_000;
const SEARCH_DEADLINE = 3_000;
const LEAVE_DEADLINE = 300;
/** A card without a field for 5.1 ms has lost its power (ISO/IEC 14443-3). */
const POWERLESS = 10;
/** 0B: 102.4 ms for an ATR_RES. 10: 3.3 s for a card, which the chip prolongs when the card asks. */
const TIMINGS = [0x00, 0x0b, 0x10];
/** Activation is tried three times. The chip's own choice, FF, is to wait for ever. */
const RETRIES = [0xff, 0x01, 0x02];

export class Pn532Device implements SerialDevice {
  readonly #link: Pn532Link;
  #presence: CardPresence | undefined;
  #fast = false;

  constructor(link: Pn532Link) {
    this.#link = link;
  }

  /** Sets what does not change while cards come and go. */
  async configure(): Promise<void> {
    await this.#own(COMMAND.rfConfiguration, RF_ITEM.timings, ...TIMINGS);
    await this.#own(COMMAND.rfConfiguration, RF_ITEM.exchangeRetries, 0x00);
    await this.#own(COMMAND.rfConfiguration, RF_ITEM.retries, ...RETRIES);
  }

  /** Lets chip and line run at another rate. */
  async changeBaudRate(rate: BaudRate): Promise<void> {
    await this.#own(COMMAND.setSerialBaudRate, BAUD_RATES.indexOf(rate));
    await this.#link.changeBaudRate(rate);
    this.#fast = rate !== FIRST_BAUD_RATE;
  }

  async activate(): Promise<CardPresence> {
    await this.#switchField(false);
    await delay(POWERLESS);
    await this.#switchField(true);
    const atr =
      listedTypeB(await this.#list(MODULATION.typeB, 0x00)) ??
      listedTypeA(await this.#list(MODULATION.typeA));
    if (atr === undefined) throw new BenchError("READER_NO_CARD", "no card lies on the reader");
    this.#presence = { atr };
    return this.#presence;
  }

  async reactivate(): Promise<CardPresence> {
    if (this.#presence === undefined) throw new BenchError("READER_NO_CARD", "no card was found");
    requireSuccess(await this.#own(COMMAND.inDeselect, TARGET));
    requireSuccess(await this.#own(COMMAND.inSelect, TARGET));
    return this.#presence;
  }

  async exchange(command: Uint8Array, deadline: number): Promise<Uint8Array> {
    const end = performance.now() + deadline;
    const send = (target: number, data: Uint8Array) =>
      this.#link.command(
        COMMAND.inDataExchange,
        concat(Uint8Array.of(target), data),
        Math.max(0, end - performance.now()),
      );
    let sent = 0;
    for (; command.length - sent > DATA_MAX; sent += DATA_MAX) {
      requireSuccess(await send(TARGET | MORE, command.subarray(sent, sent + DATA_MAX)));
    }
    const parts: Uint8Array[] = [];
    for (let data = command.subarray(sent); ; data = new Uint8Array(0)) {
      const answer = await send(TARGET, data);
      requireSuccess(answer);
      parts.push(answer.subarray(1));
      if (((answer[0] ?? 0) & MORE) === 0) return concat(...parts);
    }
  }

  async release(): Promise<void> {
    await this.#link.command(
      COMMAND.rfConfiguration,
      Uint8Array.of(RF_ITEM.field, 0x00),
      LEAVE_DEADLINE,
    );
    if (this.#fast) await this.changeBaudRate(FIRST_BAUD_RATE);
  }

  #switchField(on: boolean): Promise<Uint8Array> {
    return this.#own(COMMAND.rfConfiguration, RF_ITEM.field, Number(on));
  }

  #list(...modulation: number[]): Promise<Uint8Array> {
    const data = Uint8Array.of(1, ...modulation);
    return this.#link.command(COMMAND.inListPassiveTarget, data, SEARCH_DEADLINE);
  }

  #own(code: number, ...data: number[]): Promise<Uint8Array> {
    return this.#link.command(code, Uint8Array.from(data), OWN_DEADLINE);
  }
}
