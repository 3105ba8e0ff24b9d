/**
 * Commands to a PN53x chip and their answers, over a serial line (NXP UM0701-02 section 6.2;
 * reader-facts 4.2). A command is sent once and never again: it may carry a VERIFY. What may be
 * repeated is an answer that arrived damaged, which NACK asks the chip for without asking the card.
 */
import { byteAt, concat, toHex } from "../../../simulator/iso7816/index.ts";
import {
  ACK,
  CHIP_TO_HOST,
  encodeFrame,
  FrameDecoder,
  HOST_TO_CHIP,
  NACK,
  type Pn532Frame,
} from "../../../simulator/reader/pn532/index.ts";
import { BenchError } from "../../errors.ts";
import { Inbox } from "../serial/inbox.ts";
import type { SerialLine } from "../serial/line.ts";

/** The chip acknowledges within 15 ms; a USB converter or a busy machine may sit on that for a while. */
const ACKNOWLEDGED_WITHIN = 2_000;
/** A frame that has begun and goes silent for so long will not go on. */
const SILENCE_IN_FRAME = 250;
const REPEATS_MAX = 3;

type Received = Pn532Frame | { readonly kind: "broken-off" };

export class Pn532Link {
  readonly #line: SerialLine;
  readonly #inbox = new Inbox<Received>();
  #decoder = new FrameDecoder();
  #silence: NodeJS.Timeout | undefined;
  /**
   * Whether nothing of an earlier command can still be on its way. Only then is an answer that came
   * without its acknowledgement believed to be the answer.
   */
  #settled = true;

  constructor(line: SerialLine) {
    this.#line = line;
    line.listen(
      (bytes) => this.#receive(bytes),
      (error) => this.#inbox.fail(error),
    );
  }

  /** Sends bytes that are no command. */
  send(bytes: Uint8Array): Promise<void> {
    return this.#line.write(bytes);
  }

  /** After SetSerialBaudRate: the acknowledgement makes the chip change, and the line follows. */
  async changeBaudRate(rate: number): Promise<void> {
    await this.send(ACK);
    await this.#line.setBaudRate(rate);
  }

  /**
   * @param deadline milliseconds for the answer
   * @returns the data of the answer, without its direction and code
   * @throws BenchError READER_DEADLINE, and the command is called off; READER_TRANSPORT for an answer
   * that is none, or stays damaged; READER_LOST
   */
  async command(code: number, data: Uint8Array, deadline: number): Promise<Uint8Array> {
    const end = performance.now() + deadline;
    const trusting = this.#settled;
    this.#settled = false;
    this.#startAfresh();
    this.#inbox.clear();
    await this.#line.write(encodeFrame(concat(Uint8Array.of(HOST_TO_CHIP, code), data)));
    const early = await this.#acknowledgement(code, Math.min(end, soon()), trusting);
    if (early !== undefined) return early;
    return this.#answer(code, end);
  }

  /** The answer, where it came although the acknowledgement did not. */
  async #acknowledgement(
    code: number,
    end: number,
    trusting: boolean,
  ): Promise<Uint8Array | undefined> {
    for (;;) {
      const frame = await this.#inbox.next(end, `the acknowledgement of ${name(code)}`);
      if (frame.kind === "ack") return undefined;
      if (frame.kind === "syntax-error" || frame.kind === "nack") throw refused(code, frame.kind);
      if (trusting && frame.kind === "data" && answers(frame.content, code)) {
        this.#settled = true;
        return frame.content.subarray(2);
      }
    }
  }

  async #answer(code: number, end: number): Promise<Uint8Array> {
    let repeats = 0;
    for (;;) {
      const frame = await this.#inbox.next(end, `the answer to ${name(code)}`).catch((error) => {
        throw this.#calledOff(error);
      });
      if (frame.kind === "ack") continue;
      if (frame.kind === "syntax-error" || frame.kind === "nack") throw refused(code, frame.kind);
      if (frame.kind === "data") return this.#accept(frame.content, code, repeats);
      repeats += 1;
      if (repeats > REPEATS_MAX) {
        throw new BenchError("READER_TRANSPORT", `the answer to ${name(code)} stays damaged`);
      }
      this.#startAfresh();
      await this.#line.write(NACK);
    }
  }

  #accept(content: Uint8Array, code: number, repeats: number): Uint8Array {
    if (!answers(content, code)) {
      const begins = toHex(content.subarray(0, 2));
      throw new BenchError("READER_TRANSPORT", `${begins} is no answer to ${name(code)}`);
    }
    this.#settled = repeats === 0;
    return content.subarray(2);
  }

  /** The chip goes on trying unless it is told that nobody waits any more. */
  #calledOff(error: unknown): unknown {
    this.#line.write(ACK).catch(() => undefined);
    return error;
  }

  #receive(bytes: Uint8Array): void {
    clearTimeout(this.#silence);
    for (const frame of this.#decoder.push(bytes)) this.#inbox.put(frame);
    if (!this.#decoder.inFrame) return;
    this.#silence = setTimeout(() => this.#inbox.put({ kind: "broken-off" }), SILENCE_IN_FRAME);
    this.#silence.unref();
  }

  #startAfresh(): void {
    clearTimeout(this.#silence);
    this.#decoder = new FrameDecoder();
  }
}

function soon(): number {
  return performance.now() + ACKNOWLEDGED_WITHIN;
}

function answers(content: Uint8Array, code: number): boolean {
  return content.length >= 2 && byteAt(content, 0) === CHIP_TO_HOST && content[1] === code + 1;
}

function refused(code: number, kind: "syntax-error" | "nack"): BenchError {
  const how = kind === "nack" ? "with NACK" : "with a syntax error";
  return new BenchError("READER_TRANSPORT", `the reader answered ${name(code)} ${how}`);
}

function name(code: number): string {
  return `command ${code.toString(16).toUpperCase().padStart(2, "0")}`;
}
