/** What an emulated TWN4 does with each call (reader-facts 4.3), from its values to its answer. */
import { concat } from "../../iso7816/index.ts";
import type { Activation } from "../contactless/activation.ts";
import type { Antenna } from "../contactless/antenna.ts";
import { checkedCrcB, withCrcB } from "../contactless/crc-b.ts";
import { BYTES_MAX, byteString, CALL, RESULT, TAG, type Values } from "./api.ts";

/** UNVERIFIED but for its beginning, by which a client knows the reader. */
const VERSION = "TWN4/B1.50/NCF4.50/PRS1.04";
/** UNVERIFIED: the module frames for itself with what ISO/IEC 14443-4 allows at most, and no CID. */
const FRAME_SIZE = 256;
const CID = 0;

const OK = Uint8Array.of(RESULT.ok);
const NO = Uint8Array.of(RESULT.ok, 0);

/** Reads the values of a call and says what is to be done with them. */
type Call = (values: Values) => () => Uint8Array | Promise<Uint8Array>;

export class Firmware {
  readonly #antenna: Antenna;
  readonly #calls: ReadonlyMap<string, Call>;
  #tagTypes: number = TAG.typeA.bit | TAG.typeB.bit;
  #found: Activation | undefined;

  constructor(antenna: Antenna) {
    this.#antenna = antenna;
    this.#calls = new Map<string, Call>([
      [key(CALL.getVersionString), (values) => versionString.bind(null, values.byte())],
      [key(CALL.setTagTypes), (values) => this.#setTagTypes(values)],
      [key(CALL.searchTag), (values) => this.#search.bind(this, values.byte())],
      [key(CALL.setRfOff), () => () => this.#fieldOff()],
      [key(CALL.getAts), (values) => this.#told("A", values.byte(), ({ ats }) => ats)],
      [key(CALL.getAtqb), (values) => this.#told("B", values.byte(), ({ atqb }) => atqb)],
      [
        key(CALL.getAttribAnswer),
        (values) => this.#told("B", values.byte(), ({ attribAnswer }) => attribAnswer),
      ],
      [key(CALL.checkPresence), () => () => concat(OK, Uint8Array.of(Number(antenna.answers)))],
      [key(CALL.exchange), (values) => this.#exchange.bind(this, values.bytes(), values.byte())],
      [
        key(CALL.exchangeFrame),
        (values) => this.#exchangeFrame.bind(this, values.bytes(), values.byte(), values.uint16()),
      ],
    ]);
  }

  async call(api: number, number: number, values: Values): Promise<Uint8Array> {
    const call = this.#calls.get(key([api, number]));
    if (call === undefined) return Uint8Array.of(RESULT.unknownFunction);
    try {
      const perform = call(values);
      return values.atEnd ? await perform() : Uint8Array.of(RESULT.unusedParameters);
    } catch (error) {
      if (error instanceof RangeError) return Uint8Array.of(RESULT.missingParameter);
      throw error;
    }
  }

  #setTagTypes(values: Values): () => Uint8Array {
    values.uint32(); // low frequency
    const types = values.uint32();
    return () => {
      this.#tagTypes = types;
      return OK;
    };
  }

  #search(max: number): Uint8Array {
    for (const [type, { bit, name }] of [
      ["A", TAG.typeA],
      ["B", TAG.typeB],
    ] as const) {
      if ((this.#tagTypes & bit) === 0) continue;
      this.#found = this.#antenna.activate(type, CID, FRAME_SIZE);
      if (this.#found === undefined) continue;
      const id = identifierOf(this.#found).subarray(0, max);
      return concat(OK, Uint8Array.of(1, name, 8 * id.length), byteString(id));
    }
    return NO;
  }

  #fieldOff(): Uint8Array {
    this.#antenna.fieldOff();
    this.#found = undefined;
    return OK;
  }

  #told<Type extends Activation["type"]>(
    type: Type,
    max: number,
    part: (activation: Extract<Activation, { type: Type }>) => Uint8Array,
  ): () => Uint8Array {
    return () => {
      const found = this.#found;
      if (found?.type !== type) return NO;
      return success(part(found as Extract<Activation, { type: Type }>).subarray(0, max));
    };
  }

  /** UNVERIFIED: an answer that does not fit counts as none. */
  async #exchange(command: Uint8Array, max: number): Promise<Uint8Array> {
    const answer = await this.#antenna.exchange(command);
    return answer === undefined || answer.length > max ? NO : success(answer);
  }

  /**
   * A bare frame with the host's own CRC. UNVERIFIED: the card's CRC comes with its answer. Silence
   * is told at once: there is nothing to wait for.
   */
  async #exchangeFrame(frame: Uint8Array, max: number, _timeout: number): Promise<Uint8Array> {
    const bytes = checkedCrcB(frame);
    const answer = bytes === undefined ? undefined : await this.#antenna.air(bytes);
    if (answer === undefined || answer.length + 2 > Math.min(max, BYTES_MAX)) return NO;
    return success(withCrcB(answer));
  }
}

function key(call: readonly number[]): string {
  return call.join("/");
}

function success(bytes: Uint8Array): Uint8Array {
  return concat(OK, Uint8Array.of(1), byteString(bytes));
}

function versionString(max: number): Uint8Array {
  const text = Buffer.from(VERSION, "ascii").subarray(0, max);
  return concat(OK, byteString(text));
}

function identifierOf(activation: Activation): Uint8Array {
  return activation.type === "B" ? activation.atqb.subarray(1, 5) : activation.uid;
}
