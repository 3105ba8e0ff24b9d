/**
 * The reader's end of ISO/IEC 14443-4 for a host that sends bare frames itself (sections 7.5.4.2 and
 * 7.5.5 for its rules; reader-facts 5.4, 5.5). The protocol numbers its blocks, so a block may be sent
 * again after a loss: the card knows it, and carries a command out once.
 */
import { byteAt, concat } from "../../../simulator/iso7816/index.ts";
import {
  type Block,
  encodeBlock,
  frameSize,
  type InformationBlock,
  informationSize,
  parseBlock,
} from "../../../simulator/reader/contactless/blocks.ts";
import { BenchError } from "../../errors.ts";

/**
 * One frame to the card and its answer, both without CRC.
 *
 * @param timeout milliseconds the card may take
 * @returns undefined when nothing came, or nothing whole
 */
export type Air = (frame: Uint8Array, timeout: number) => Promise<Uint8Array | undefined>;

/** FSDI 7: 128 bytes, so that a frame always fits into what the link below can carry. */
const FSDI = 7;
const FRAME_MAX = frameSize(FSDI);
const WAKE_UP = Uint8Array.of(0x05, 0x00, 0x08);
const ATTRIB = 0x1d;
const RETRIES = 2;
const DESELECTED_WITHIN = 10;
const ACTIVATED_WITHIN = 20;
/** FWT and FWI: 302 us, doubled FWI times; the longest wait a card can ask for (reader-facts 5.5). */
const FWT_UNIT = 0.302;
const FWT_MAX = 4_950;
const MARGIN = 5;
const NOTHING = new Uint8Array(0);

export class Pcd {
  readonly #air: Air;
  #number = 0;
  #waiting = FWT_MAX;
  /** Bytes a frame to the card may have. */
  #frame = 16;

  constructor(air: Air) {
    this.#air = air;
  }

  /**
   * Takes the card over from whoever activated it before.
   *
   * @returns ATQB and the first byte of the answer to ATTRIB
   * @throws BenchError READER_NO_CARD when no card of type B answers
   */
  async activate(): Promise<{ readonly atqb: Uint8Array; readonly attrib: number }> {
    await this.deselect();
    const atqb = await this.#air(WAKE_UP, ACTIVATED_WITHIN);
    if (atqb === undefined || atqb.length < 12 || atqb[0] !== 0x50) throw noCard("WUPB");
    const parameters = Uint8Array.of(0x00, FSDI, 0x01, 0x00);
    const attrib = concat(Uint8Array.of(ATTRIB), atqb.subarray(1, 5), parameters);
    const accepted = await this.#air(attrib, ACTIVATED_WITHIN);
    if (accepted === undefined || accepted.length === 0) throw noCard("ATTRIB");
    this.#number = 0;
    this.#waiting = Math.min(FWT_MAX, FWT_UNIT * 2 ** (byteAt(atqb, 11) >> 4)) + MARGIN;
    this.#frame = Math.min(frameSize(byteAt(atqb, 10) >> 4), FRAME_MAX);
    return { atqb, attrib: byteAt(accepted, 0) };
  }

  /** Lets go of the card, which keeps its power. */
  async deselect(): Promise<void> {
    await this.#air(Uint8Array.of(0xc2), DESELECTED_WITHIN);
  }

  /**
   * @param deadline milliseconds for the whole answer
   * @throws BenchError READER_CARD_REMOVED when the card stays silent, READER_DEADLINE,
   * READER_TRANSPORT for a block that keeps no rule
   */
  async exchange(command: Uint8Array, deadline: number): Promise<Uint8Array> {
    const end = performance.now() + deadline;
    const size = informationSize(this.#frame, undefined);
    let sent = 0;
    for (; command.length - sent > size; sent += size) {
      const reply = await this.#send(
        this.#information(command.subarray(sent, sent + size), true),
        end,
      );
      if (reply.kind !== "R") throw outOfTurn(reply);
      this.#number ^= 1;
    }
    let reply = await this.#send(this.#information(command.subarray(sent), false), end);
    const parts: Uint8Array[] = [];
    for (;;) {
      if (reply.kind !== "I" || reply.number !== this.#number) throw outOfTurn(reply);
      this.#number ^= 1;
      parts.push(reply.inf);
      if (!reply.chained) return concat(...parts);
      reply = await this.#send({ kind: "R", acknowledges: true, number: this.#number }, end);
    }
  }

  /** Sends a block until the card has answered it as the rules demand. */
  async #send(block: Block, end: number): Promise<Block> {
    let next = block;
    let waiting = this.#waiting;
    for (let losses = 0; losses <= RETRIES; ) {
      if (performance.now() > end)
        throw new BenchError("READER_DEADLINE", "the card takes too long");
      const reply = await this.#hear(next, waiting);
      if (reply === undefined) {
        losses += 1;
        next = this.#again(block);
        waiting = this.#waiting;
      } else if (reply.kind === "S" && reply.asks === "wtx") {
        // The multiplier holds for this one wait; power level bits go back as zero.
        const multiplier = (reply.inf[0] ?? 1) & 0x3f;
        waiting = Math.min(FWT_MAX, this.#waiting * multiplier);
        next = { ...reply, inf: Uint8Array.of(multiplier) };
      } else if (reply.kind === "R" && reply.number !== this.#number && block.kind === "I") {
        // The card has the block before this one: this one never arrived.
        losses += 1;
        next = block;
      } else {
        return reply;
      }
    }
    throw new BenchError("READER_CARD_REMOVED", "the card does not answer any more");
  }

  /** After a loss a command is asked about by R(NAK); an acknowledgement is just sent again. */
  #again(block: Block): Block {
    return block.kind === "I" ? { kind: "R", acknowledges: false, number: this.#number } : block;
  }

  async #hear(block: Block, waiting: number): Promise<Block | undefined> {
    const bytes = await this.#air(encodeBlock(block), Math.ceil(waiting));
    return bytes === undefined ? undefined : parseBlock(bytes);
  }

  #information(inf: Uint8Array, chained: boolean): InformationBlock {
    return { kind: "I", chained, number: this.#number, inf: inf.length === 0 ? NOTHING : inf };
  }
}

function noCard(asked: string): BenchError {
  return new BenchError("READER_NO_CARD", `no card of type B answers ${asked}`);
}

function outOfTurn(block: Block): BenchError {
  return new BenchError(
    "READER_TRANSPORT",
    `the card sent a block of kind ${block.kind} out of turn`,
  );
}
