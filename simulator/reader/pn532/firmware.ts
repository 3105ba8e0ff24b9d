/**
 * What the firmware of an emulated PN53x does with each command (NXP UM0701-02 section 7;
 * reader-facts 4.2), from its data to the data of its answer. Framing is in chip.ts.
 */
import { concat, uint16 } from "../../iso7816/index.ts";
import type { Antenna } from "../contactless/antenna.ts";
import {
  BAUD_RATES,
  type BaudRate,
  COMMAND,
  FIRST_BAUD_RATE,
  MODULATION,
  RF_ITEM,
  STATUS,
} from "./codes.ts";
import { Target } from "./target.ts";
import { exchangeThrough } from "./thru.ts";

/** `rcs620s` is Sony's module: the same commands, awake from the start, reset by a command. */
export type Pn532Model = "pn532" | "rcs620s";

/** GetFirmwareVersion. UNVERIFIED for RC-S620/S: taken from what its family is known to answer. */
const VERSIONS: Readonly<Record<Pn532Model, readonly number[]>> = {
  pn532: [0x32, 0x01, 0x06, 0x07],
  rcs620s: [0x33, 0x01, 0x30, 0x07],
};

/** MaxRtyPassiveActivation: never give up looking, which is how the chip starts. */
const FOR_EVER = 0xff;
/** What InAutoPoll calls its period. */
const POLL_UNIT = 150;
/** InAutoPoll's names for type B, with and without ISO/IEC 14443-4. */
const POLL_TYPE_B: readonly number[] = [0x03, 0x23];

const NOTHING = new Uint8Array(0);

/** Gives the data of the answer; undefined for a command the chip does not know. */
type Handler = (data: Uint8Array, aborted: AbortSignal) => Uint8Array | Promise<Uint8Array>;

export class Firmware {
  readonly #model: Pn532Model;
  readonly #antenna: Antenna;
  readonly #target: Target;
  readonly #registers = new Map<number, number>();
  readonly #handlers: Readonly<Record<number, Handler>>;
  #baudRate: BaudRate = FIRST_BAUD_RATE;
  /** Without SAMConfiguration a PN532 stays in its low-battery mode, and its antenna dead. */
  #radio: boolean;
  #field = false;
  #activationRetries = FOR_EVER;

  constructor(model: Pn532Model, antenna: Antenna) {
    this.#model = model;
    this.#antenna = antenna;
    this.#target = new Target(antenna);
    this.#radio = model === "rcs620s";
    this.#handlers = this.#table();
  }

  /** The rate that holds once the host has acknowledged SetSerialBaudRate. */
  get baudRate(): BaudRate {
    return this.#baudRate;
  }

  /** @returns undefined when the chip knows no such command, or not with such data */
  async execute(
    code: number,
    data: Uint8Array,
    aborted: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    return this.#handlers[code]?.(data, aborted);
  }

  #table(): Readonly<Record<number, Handler>> {
    const target = this.#target;
    const common: Record<number, Handler> = {
      [COMMAND.diagnose]: (data) => this.#diagnose(data),
      [COMMAND.getFirmwareVersion]: () => Uint8Array.from(VERSIONS[this.#model]),
      [COMMAND.getGeneralStatus]: () => Uint8Array.of(0, Number(this.#field), 0, 0),
      [COMMAND.readRegister]: (data) => this.#readRegisters(data),
      [COMMAND.writeRegister]: (data) => this.#writeRegisters(data),
      [COMMAND.setSerialBaudRate]: ([index = 0]) => this.#setBaudRate(index),
      [COMMAND.setParameters]: () => NOTHING,
      [COMMAND.rfConfiguration]: (data) => this.#configure(data),
      [COMMAND.inListPassiveTarget]: (data, aborted) => this.#list(data, aborted),
      [COMMAND.inDataExchange]: (data) => target.exchange(data),
      [COMMAND.inCommunicateThru]: (data) => exchangeThrough(this.#antenna, data),
      [COMMAND.inDeselect]: () => target.deselect(),
      [COMMAND.inSelect]: () => target.select(),
      [COMMAND.inRelease]: () => target.release(),
    };
    return this.#model === "rcs620s"
      ? { ...common, [COMMAND.reset]: () => NOTHING }
      : {
          ...common,
          [COMMAND.samConfiguration]: () => this.#configureSam(),
          [COMMAND.powerDown]: () => Uint8Array.of(STATUS.ok),
          [COMMAND.inAutoPoll]: (data, aborted) => this.#autoPoll(data, aborted),
        };
  }

  #diagnose(data: Uint8Array): Uint8Array {
    const [test] = data;
    if (test === 0x00) return data;
    // 06 asks the card whether it is there; the others test the chip itself.
    if (test === 0x06 && !this.#antenna.answers) return Uint8Array.of(STATUS.timeout);
    return Uint8Array.of(STATUS.ok);
  }

  #configureSam(): Uint8Array {
    this.#radio = true;
    return NOTHING;
  }

  #configure([item, ...values]: Uint8Array): Uint8Array {
    if (item === RF_ITEM.field) this.#switchField(values[0] === 1 || values[0] === 3);
    if (item === RF_ITEM.retries) this.#activationRetries = values[2] ?? FOR_EVER;
    return NOTHING;
  }

  #switchField(on: boolean): void {
    this.#field = on;
    if (!on) this.#target.lose();
  }

  async #list(data: Uint8Array, aborted: AbortSignal): Promise<Uint8Array> {
    const [, modulation = 0] = data;
    if (!this.#radio) return Uint8Array.of(0);
    this.#field = true;
    const limit = this.#activationRetries === FOR_EVER ? aborted : AbortSignal.abort();
    const found = await this.#search(modulation, limit);
    return found === undefined ? Uint8Array.of(0) : concat(Uint8Array.of(1), found);
  }

  async #autoPoll(data: Uint8Array, aborted: AbortSignal): Promise<Uint8Array> {
    const [times = FOR_EVER, period = 1, ...types] = data;
    const type = types.find((one) => POLL_TYPE_B.includes(one));
    if (!this.#radio || type === undefined) return Uint8Array.of(0);
    this.#field = true;
    const patience = AbortSignal.timeout(times * period * POLL_UNIT);
    const limit = times === FOR_EVER ? aborted : AbortSignal.any([aborted, patience]);
    const found = await this.#search(MODULATION.typeB, limit);
    return found === undefined
      ? Uint8Array.of(0)
      : concat(Uint8Array.of(1, type, found.length), found);
  }

  /** Looks at the card that lies there, and at each that is put down until `limit` aborts. */
  async #search(modulation: number, limit: AbortSignal): Promise<Uint8Array | undefined> {
    for (;;) {
      const found = this.#target.find(modulation);
      if (found !== undefined || limit.aborted) return found;
      await this.#antenna.nextCard(limit);
    }
  }

  #readRegisters(data: Uint8Array): Uint8Array {
    const addresses = Array.from({ length: data.length >> 1 }, (_, i) => uint16(data, 2 * i));
    return Uint8Array.from(addresses, (address) => this.#registers.get(address) ?? 0);
  }

  #writeRegisters(data: Uint8Array): Uint8Array {
    for (let at = 0; at + 2 < data.length; at += 3) {
      this.#registers.set(uint16(data, at), data[at + 2] ?? 0);
    }
    return NOTHING;
  }

  #setBaudRate(index: number): Uint8Array {
    this.#baudRate = BAUD_RATES[index] ?? this.#baudRate;
    return NOTHING;
  }
}
