/** A TWN4 as a reader of cards (reader-facts 4.3). */
import { setTimeout as delay } from "node:timers/promises";
import { parseCommand } from "../../../simulator/iso7816/index.ts";
import { checkedCrcB, withCrcB } from "../../../simulator/reader/contactless/crc-b.ts";
import {
  BYTES_MAX,
  byteString,
  CALL,
  TAG,
  uint16le,
  uint32le,
  type Values,
} from "../../../simulator/reader/twn4/index.ts";
import { BenchError } from "../../errors.ts";
import type { CardPresence } from "../reader.ts";
import { typeAAnswer, typeBAnswer } from "../serial/answer-to-reset.ts";
import type { SerialDevice } from "../serial/serial-reader.ts";
import type { Twn4Calls } from "./calls.ts";
import { Pcd } from "./pcd.ts";

/**
 * Who makes blocks of commands. `reader`: the module does, and neither command nor answer may have
 * more than 255 bytes, so that no signature comes through. `host`: the driver does, frame by frame;
 * nothing is too long, but only type B cards are spoken to.
 */
export type Framing = "reader" | "host";

const OWN_DEADLINE = 2_000;
const SEARCH_DEADLINE = 3_000;
const LEAVE_DEADLINE = 300;
const STATUS_LENGTH = 2;
/** A card without a field for 5.1 ms has lost its power (ISO/IEC 14443-3). */
const POWERLESS = 10;
const LIMIT = Uint8Array.of(BYTES_MAX);
const NO_TAGS = uint32le(0);

export class Twn4Device implements SerialDevice {
  readonly #calls: Twn4Calls;
  readonly #framing: Framing;
  readonly #pcd: Pcd;

  constructor(calls: Twn4Calls, framing: Framing) {
    this.#calls = calls;
    this.#framing = framing;
    this.#pcd = new Pcd((frame, timeout) => this.#air(frame, timeout));
  }

  /** Has the module look for the one type, so that it finds the same card each time. */
  async lookFor({ bit }: { readonly bit: number }): Promise<void> {
    const types = [NO_TAGS, uint32le(bit)];
    await this.#calls.call(CALL.setTagTypes, types, OWN_DEADLINE, () => undefined);
  }

  async activate(): Promise<CardPresence> {
    await this.#calls.call(CALL.setRfOff, [], OWN_DEADLINE, () => undefined);
    await delay(POWERLESS);
    return this.reactivate();
  }

  async reactivate(): Promise<CardPresence> {
    await this.lookFor(TAG.typeB);
    if (await this.#search()) return { atr: await this.#typeB() };
    if (this.#framing === "reader") {
      await this.lookFor(TAG.typeA);
      if (await this.#search()) return { atr: typeAAnswer(await this.#told(CALL.getAts)) };
    }
    throw new BenchError("READER_NO_CARD", "no card lies on the reader");
  }

  exchange(command: Uint8Array, deadline: number): Promise<Uint8Array> {
    if (this.#framing === "host") return this.#pcd.exchange(command, deadline);
    requireShort(command);
    return this.#exchange(command, deadline);
  }

  async release(): Promise<void> {
    await this.#calls.call(CALL.setRfOff, [], LEAVE_DEADLINE, () => undefined);
  }

  #search(): Promise<boolean> {
    return this.#calls.call(CALL.searchTag, [LIMIT], SEARCH_DEADLINE, (values) => {
      if (!values.boolean()) return false;
      values.byte(); // type of tag: the one looked for
      values.byte(); // bits of its identifier
      values.bytes();
      return true;
    });
  }

  async #typeB(): Promise<Uint8Array> {
    if (this.#framing === "host") {
      const { atqb, attrib } = await this.#pcd.activate();
      return typeBAnswer(atqb, attrib);
    }
    const [attrib = 0] = await this.#told(CALL.getAttribAnswer);
    return typeBAnswer(await this.#told(CALL.getAtqb), attrib);
  }

  async #told(call: readonly [number, number]): Promise<Uint8Array> {
    const bytes = await this.#calls.call(call, [LIMIT], OWN_DEADLINE, maybeBytes);
    if (bytes !== undefined) return bytes;
    throw new BenchError("READER_CARD_REMOVED", "the card went while it was activated");
  }

  async #exchange(command: Uint8Array, deadline: number): Promise<Uint8Array> {
    const values = [byteString(command), LIMIT];
    const answer = await this.#calls.call(CALL.exchange, values, deadline, maybeBytes);
    if (answer !== undefined) return answer;
    throw new BenchError("READER_CARD_REMOVED", "the card does not answer any more");
  }

  async #air(frame: Uint8Array, timeout: number): Promise<Uint8Array | undefined> {
    const values = [byteString(withCrcB(frame)), LIMIT, uint16le(timeout)];
    const patience = OWN_DEADLINE + timeout;
    const answer = await this.#calls.call(CALL.exchangeFrame, values, patience, maybeBytes);
    return answer === undefined ? undefined : checkedCrcB(answer);
  }
}

function maybeBytes(values: Values): Uint8Array | undefined {
  return values.boolean() ? values.bytes() : undefined;
}

/** @throws BenchError READER_UNSUPPORTED for what one length byte cannot tell; nothing was sent */
function requireShort(command: Uint8Array): void {
  const ne = expectedLength(command);
  if (command.length <= BYTES_MAX && ne + STATUS_LENGTH <= BYTES_MAX) return;
  throw new BenchError(
    "READER_UNSUPPORTED",
    `a command of ${command.length} bytes for ${ne}: a TWN4 that frames for itself takes ${BYTES_MAX} each way`,
  );
}

/** What is no command is passed on as it is, for the card to refuse. */
function expectedLength(command: Uint8Array): number {
  try {
    return parseCommand(command).ne;
  } catch {
    return 0;
  }
}
