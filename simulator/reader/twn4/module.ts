/**
 * An emulated Elatec TWN4 with the Simple Protocol on its (virtual) serial port: a machine from bytes
 * to bytes (reader-facts 4.3).
 *
 * UNVERIFIED: nobody has compared it with a TWN4. Calls and types are as a public client library uses
 * them; what a call does that fails, and the texts, are guesses.
 */
import type { VirtualCard } from "../card-slot.ts";
import { Antenna, type AntennaOptions } from "../contactless/antenna.ts";
import { RESULT, Values } from "./api.ts";
import { faultyLine, type Twn4Fault } from "./faults.ts";
import { Firmware } from "./firmware.ts";
import { encodeLine, LineDecoder, type Twn4Line } from "./line.ts";

export interface Twn4Options extends AntennaOptions {
  /** Takes what the module sends. */
  readonly send: (bytes: Uint8Array) => void;
}

export class Twn4 {
  readonly #options: Twn4Options;
  readonly #antenna: Antenna;
  #firmware: Firmware;
  readonly #decoder = new LineDecoder();
  /** Settles when every call so far has been answered: the module does one thing at a time. */
  #turn: Promise<void> = Promise.resolve();
  readonly #faults: { readonly fault: Twn4Fault; readonly call: readonly number[] }[] = [];

  constructor(options: Twn4Options) {
    this.#options = options;
    this.#antenna = new Antenna(options);
    this.#firmware = new Firmware(this.#antenna);
  }

  /**
   * Lets something go wrong once.
   *
   * @param call API and function number it happens to; the next call, whichever it is, when empty
   */
  arm(fault: Twn4Fault, call: readonly number[] = []): void {
    this.#faults.push({ fault, call });
  }

  /** Takes the next bytes from the host, however the line cut them. */
  receive(bytes: Uint8Array): void {
    for (const line of this.#decoder.push(bytes)) {
      this.#turn = this.#turn.then(() => this.#obey(line));
    }
  }

  /**
   * Puts a card on the antenna.
   *
   * @throws SimulatorError READER_BUSY when one lies there already
   */
  insert(card: VirtualCard): void {
    this.#antenna.insert(card);
  }

  /** Takes the card away and gives it; undefined when there was none. */
  remove(): VirtualCard | undefined {
    return this.#antenna.remove();
  }

  /** Switches off: the card loses its power. */
  close(): void {
    this.#antenna.remove();
  }

  async #obey(line: Twn4Line): Promise<void> {
    if (line.kind === "damaged") {
      this.#options.send(encodeLine(Uint8Array.of(RESULT.parserError)));
      return;
    }
    const fault = this.#takeFault(line.bytes);
    if (fault?.kind === "reset") {
      this.#antenna.fieldOff();
      this.#firmware = new Firmware(this.#antenna);
      return;
    }
    const answer =
      fault?.kind === "result" ? Uint8Array.of(fault.result) : await this.#call(line.bytes, fault);
    if (fault?.kind === "delayed") {
      await new Promise((resolve) => setTimeout(resolve, fault.milliseconds).unref());
    }
    for (const piece of faultyLine(encodeLine(answer), fault)) this.#options.send(piece);
  }

  async #call(bytes: Uint8Array, fault: Twn4Fault | undefined): Promise<Uint8Array> {
    const [api = 0, number = 0] = bytes;
    if (bytes.length < 2) return Uint8Array.of(RESULT.missingParameter);
    const answer = await this.#firmware.call(api, number, new Values(bytes.subarray(2)));
    if (fault?.kind !== "target-gone") return answer;
    this.#antenna.remove();
    return Uint8Array.of(RESULT.ok, 0);
  }

  #takeFault(bytes: Uint8Array): Twn4Fault | undefined {
    const at = this.#faults.findIndex(({ call }) => call.every((byte, i) => bytes[i] === byte));
    return at < 0 ? undefined : this.#faults.splice(at, 1)[0]?.fault;
  }
}
