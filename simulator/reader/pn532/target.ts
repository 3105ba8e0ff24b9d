/**
 * The one card an emulated PN53x has listed, and how commands reach it: InListPassiveTarget,
 * InDataExchange with its chaining, InDeselect, InSelect, InRelease (NXP UM0701-02 sections 7.3.5 to
 * 7.3.11; reader-facts 4.2). Blocks of ISO/IEC 14443-4 are the chip's own business and do not show.
 */
import { concat } from "../../iso7816/index.ts";
import type { Activation } from "../contactless/activation.ts";
import type { Antenna } from "../contactless/antenna.ts";
import { DATA_MAX, MODULATION, MORE, STATUS } from "./codes.ts";

/** The number the chip gives the first target, and the CID it puts into ATTRIB. */
const TARGET = 1;
const TARGET_CID = 1;
/** Bytes it lets a card put into a frame. */
const FRAME_SIZE = 64;

const NOTHING = new Uint8Array(0);

export class Target {
  readonly #antenna: Antenna;
  #type: Activation["type"] | undefined;
  /** Parts of a command that is not complete yet, and of an answer that was not fetched yet. */
  #command: Uint8Array = NOTHING;
  #answer: Uint8Array = NOTHING;

  constructor(antenna: Antenna) {
    this.#antenna = antenna;
  }

  /** Target number and what the card said while it was activated; undefined when none was found. */
  find(modulation: number): Uint8Array | undefined {
    const type = typeOf(modulation);
    const found =
      type === undefined ? undefined : this.#antenna.activate(type, TARGET_CID, FRAME_SIZE);
    this.#forget(found?.type);
    return found === undefined ? undefined : concat(Uint8Array.of(TARGET), listed(found));
  }

  /** @param data the target byte, with or without MORE, and the command or a part of it */
  async exchange(data: Uint8Array): Promise<Uint8Array> {
    if (this.#type === undefined) return Uint8Array.of(STATUS.wrongContext);
    const target = data[0] ?? 0;
    this.#command = concat(this.#command, data.subarray(1));
    if ((target & MORE) !== 0) return Uint8Array.of(STATUS.ok);
    const command = this.#command;
    this.#command = NOTHING;
    if (command.length === 0) return this.#next();
    const answer = await this.#antenna.exchange(command);
    if (answer === undefined) return Uint8Array.of(STATUS.timeout);
    this.#answer = answer;
    return this.#next();
  }

  deselect(): Uint8Array {
    this.#command = this.#answer = NOTHING;
    return Uint8Array.of(STATUS.ok);
  }

  /** Wakes the listed card once more, without taking its power. */
  select(): Uint8Array {
    const type = this.#type;
    if (type === undefined) return Uint8Array.of(STATUS.wrongContext);
    if (!this.#antenna.answers) return Uint8Array.of(STATUS.timeout);
    const found = this.#antenna.activate(type, TARGET_CID, FRAME_SIZE);
    return Uint8Array.of(found === undefined ? STATUS.timeout : STATUS.ok);
  }

  release(): Uint8Array {
    this.#forget(undefined);
    return Uint8Array.of(STATUS.ok);
  }

  /** The field was cut. */
  lose(): void {
    this.#antenna.fieldOff();
    this.#forget(undefined);
  }

  #forget(type: Activation["type"] | undefined): void {
    this.#type = type;
    this.#command = this.#answer = NOTHING;
  }

  /** What fits into one frame of the answer; MORE says that the host has to ask for the rest. */
  #next(): Uint8Array {
    const part = this.#answer.subarray(0, DATA_MAX);
    this.#answer = this.#answer.subarray(DATA_MAX);
    return concat(Uint8Array.of(this.#answer.length > 0 ? MORE : STATUS.ok), part);
  }
}

function typeOf(modulation: number): Activation["type"] | undefined {
  if (modulation === MODULATION.typeB) return "B";
  return modulation === MODULATION.typeA ? "A" : undefined;
}

function listed(card: Activation): Uint8Array {
  if (card.type === "B") {
    return concat(card.atqb, Uint8Array.of(card.attribAnswer.length), card.attribAnswer);
  }
  const { atqa, sak, uid, ats } = card;
  return concat(atqa, Uint8Array.of(sak, uid.length), uid, ats);
}
