/**
 * An emulated PN53x on its serial line: a machine from bytes to bytes (NXP UM0701-02 sections 6.2
 * and 7; reader-facts 4.2). It acknowledges a command, carries it out and answers it; the host may
 * ask for the last answer again (NACK) or call a command off (ACK). What holds the wire is elsewhere.
 */
import { concat } from "../../iso7816/index.ts";
import type { VirtualCard } from "../card-slot.ts";
import { Antenna, type AntennaOptions } from "../contactless/antenna.ts";
import { type BaudRate, CHIP_TO_HOST, COMMAND, FIRST_BAUD_RATE, HOST_TO_CHIP } from "./codes.ts";
import { faultyAck, faultyAnswer, faultyStatus, type Pn532Fault } from "./faults.ts";
import { Firmware, type Pn532Model } from "./firmware.ts";
import { ACK, encodeFrame, FrameDecoder, type Pn532Frame, SYNTAX_ERROR } from "./frame.ts";

export interface Pn532ChipOptions extends AntennaOptions {
  /** Takes what the chip sends. */
  readonly send: (bytes: Uint8Array) => void;
  /** Default `pn532`. */
  readonly model?: Pn532Model;
}

/**
 * UNVERIFIED: how many bytes pass while the chip wakes up. Hosts send 10 to 16 before the first
 * frame, and a frame without such a preamble is known to be lost.
 */
const LOST_WHILE_WAKING = 5;

export class Pn532Chip {
  readonly #options: Pn532ChipOptions;
  readonly #antenna: Antenna;
  #firmware: Firmware;
  #decoder = new FrameDecoder();
  /** Bytes that still pass unheard before it is awake. */
  #asleep = 0;
  /** Calls off the command under way. */
  #running = new AbortController();
  #lastAnswer: Uint8Array = SYNTAX_ERROR;
  #baudRate: BaudRate = FIRST_BAUD_RATE;
  readonly #faults: { readonly fault: Pn532Fault; readonly code: number | undefined }[] = [];

  constructor(options: Pn532ChipOptions) {
    this.#options = options;
    this.#antenna = new Antenna(options);
    this.#firmware = this.#powerUp();
  }

  /** What the line must run at to be understood. */
  get baudRate(): BaudRate {
    return this.#baudRate;
  }

  /**
   * Lets something go wrong once.
   *
   * @param code the command it happens to; the next one, whichever it is, when absent
   */
  arm(fault: Pn532Fault, code?: number): void {
    this.#faults.push({ fault, code });
  }

  /** Takes the next bytes from the host, however the line cut them. */
  receive(bytes: Uint8Array): void {
    const lost = Math.min(this.#asleep, bytes.length);
    this.#asleep -= lost;
    for (const frame of this.#decoder.push(bytes.subarray(lost))) this.#take(frame);
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

  /** Switches off: the card loses its power, and nothing more is sent. */
  close(): void {
    this.#running.abort();
    this.#antenna.remove();
  }

  #powerUp(): Firmware {
    const { model = "pn532" } = this.#options;
    this.#antenna.fieldOff();
    this.#asleep = model === "pn532" ? LOST_WHILE_WAKING : 0;
    this.#baudRate = FIRST_BAUD_RATE;
    this.#decoder = new FrameDecoder();
    return new Firmware(model, this.#antenna);
  }

  #take(frame: Pn532Frame): void {
    if (frame.kind === "nack") this.#options.send(this.#lastAnswer);
    else if (frame.kind === "ack") this.#acknowledged();
    // A frame that arrived damaged was never received: no acknowledgement, as if it had been lost.
    else if (frame.kind === "data") void this.#obey(frame.content);
  }

  /** After SetSerialBaudRate the host's acknowledgement makes the rate hold; else it calls off. */
  #acknowledged(): void {
    this.#running.abort();
    this.#baudRate = this.#firmware.baudRate;
  }

  async #obey([direction, code = 0, ...data]: Uint8Array): Promise<void> {
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    const fault = this.#takeFault(code);
    if (fault?.kind === "deaf") return;
    if (fault?.kind === "reset") {
      this.#firmware = this.#powerUp();
      return;
    }
    for (const piece of faultyAck(ACK, fault)) this.#options.send(piece);
    const content =
      direction === HOST_TO_CHIP
        ? await this.#execute(code, Uint8Array.from(data), fault, running.signal)
        : undefined;
    if (running.signal.aborted) return;
    await this.#answer(content, fault);
    if (code === COMMAND.powerDown) this.#asleep = LOST_WHILE_WAKING;
  }

  async #execute(
    code: number,
    data: Uint8Array,
    fault: Pn532Fault | undefined,
    aborted: AbortSignal,
  ): Promise<Uint8Array | undefined> {
    const head = Uint8Array.of(CHIP_TO_HOST, code + 1);
    const status = faultyStatus(fault);
    if (status === undefined || fault?.kind === "target-gone") {
      const answer = await this.#firmware.execute(code, data, aborted);
      if (fault?.kind === "target-gone") this.#antenna.remove();
      if (status === undefined) return answer === undefined ? undefined : concat(head, answer);
    }
    return concat(head, Uint8Array.of(status));
  }

  async #answer(content: Uint8Array | undefined, fault: Pn532Fault | undefined): Promise<void> {
    this.#lastAnswer = content === undefined ? SYNTAX_ERROR : encodeFrame(content);
    if (fault?.kind === "delayed") {
      await new Promise((resolve) => setTimeout(resolve, fault.milliseconds).unref());
    }
    for (const piece of faultyAnswer(this.#lastAnswer, fault)) this.#options.send(piece);
  }

  #takeFault(code: number): Pn532Fault | undefined {
    const at = this.#faults.findIndex((armed) => armed.code === undefined || armed.code === code);
    return at < 0 ? undefined : this.#faults.splice(at, 1)[0]?.fault;
  }
}
