/**
 * The card's end of the air, frame by frame and without CRC: initialisation of type B (ISO/IEC
 * 14443-3 section 7; reader-facts 5.4) and the blocks of ISO/IEC 14443-4 (section 7.5.4.3 for the
 * card's rules; reader-facts 5.5). Most readers do this themselves; a host that frames for itself
 * meets it here.
 */
import { byteAt, concat, equal } from "../../iso7816/index.ts";
import type { TypeBActivation } from "./activation.ts";
import {
  type Block,
  encodeBlock,
  frameSize,
  type InformationBlock,
  informationSize,
  parseBlock,
  type ReceiveReadyBlock,
} from "./blocks.ts";

const REQB = 0x05;
const ATTRIB = 0x1d;
const HLTB = 0x50;
const WAKES_HALTED = 0x08;
const NOTHING = new Uint8Array(0);
/** Milliseconds of FWT for FWI 0 (ISO/IEC 14443-3: 302 us). */
const FWT_UNIT = 0.302;

/** The card behind the protocol. */
export interface PiccCard {
  /** What it says while it is activated; undefined without one of type B. */
  identify(): TypeBActivation | undefined;
  /** Undefined when no answer will come. */
  exchange(command: Uint8Array): Promise<Uint8Array | undefined>;
}

export class Picc {
  readonly #card: PiccCard;
  #state: "idle" | "ready" | "active" | "halted" = "idle";
  #cid = 0;
  #frameSize = 16;
  #number = 1;
  #command: Uint8Array = NOTHING;
  #answer: Uint8Array = NOTHING;
  #last: Block | undefined;
  /** The card's answer while it thinks longer than a frame may take. */
  #thinking: Promise<Uint8Array | undefined> | undefined;

  constructor(card: PiccCard) {
    this.#card = card;
  }

  /** The reader activated the card without showing how. */
  activated(cid: number, frame: number): void {
    this.#state = "active";
    this.#cid = cid;
    this.#frameSize = frame;
    this.#number = 1;
    this.#command = this.#answer = NOTHING;
    this.#last = this.#thinking = undefined;
  }

  /** The card lost its power. */
  unpowered(): void {
    this.#state = "idle";
    this.#thinking = undefined;
  }

  /** One frame to the card and the frame it answers with; undefined where it stays silent. */
  async receive(frame: Uint8Array): Promise<Uint8Array | undefined> {
    if (this.#state === "active") return this.#receiveBlock(frame);
    const card = this.#card.identify();
    if (card === undefined) return undefined;
    switch (frame[0]) {
      case REQB:
        return this.#request(frame, card);
      case ATTRIB:
        return this.#attrib(frame, card);
      case HLTB:
        return this.#halt();
      default:
        return undefined;
    }
  }

  #request(frame: Uint8Array, card: TypeBActivation): Uint8Array | undefined {
    const param = frame[2] ?? 0;
    if (this.#state === "halted" && (param & WAKES_HALTED) === 0) return undefined;
    this.#state = "ready";
    return card.atqb;
  }

  #attrib(frame: Uint8Array, card: TypeBActivation): Uint8Array | undefined {
    const isMine = frame.length >= 9 && equal(frame.subarray(1, 5), card.atqb.subarray(1, 5));
    if (this.#state !== "ready" || !isMine) return undefined;
    const cid = byteAt(frame, 8) & 0x0f;
    this.activated(cid, frameSize(byteAt(frame, 6) & 0x0f));
    return Uint8Array.of((byteAt(card.attribAnswer, 0) & 0xf0) | cid);
  }

  #halt(): Uint8Array | undefined {
    if (this.#state !== "ready") return undefined;
    this.#state = "halted";
    return Uint8Array.of(0x00);
  }

  async #receiveBlock(frame: Uint8Array): Promise<Uint8Array | undefined> {
    const block = parseBlock(frame);
    if (block === undefined || (block.cid ?? 0) !== this.#cid) return undefined;
    const reply = await this.#answerBlock(block);
    if (reply === undefined) return undefined;
    this.#last = reply;
    return encodeBlock(reply);
  }

  async #answerBlock(block: Block): Promise<Block | undefined> {
    if (block.kind === "I") return this.#takeInformation(block);
    if (block.kind === "R") return this.#takeReady(block);
    if (block.asks === "wtx") return this.#thinking === undefined ? undefined : this.#wait(block);
    this.#state = "halted";
    return block;
  }

  async #takeInformation(block: InformationBlock): Promise<Block | undefined> {
    this.#number ^= 1;
    this.#command = concat(this.#command, block.inf);
    if (block.chained) return this.#ready(block.cid);
    const command = this.#command;
    this.#command = NOTHING;
    this.#thinking = this.#card.exchange(command);
    return this.#wait(block);
  }

  #takeReady(block: ReceiveReadyBlock): Block | undefined {
    if (block.number === this.#number) return this.#last;
    if (!block.acknowledges) return this.#ready(block.cid);
    if (this.#answer.length === 0) return undefined;
    this.#number ^= 1;
    return this.#nextPart(block.cid);
  }

  /** The answer, or a request for more time when the card has not found it soon enough. */
  async #wait({ cid }: Block): Promise<Block | undefined> {
    const thinking = this.#thinking;
    const soon = await Promise.race([thinking, this.#frameWaitingTime()]);
    if (this.#thinking !== thinking) return undefined;
    if (soon === "late") return withCid({ kind: "S", asks: "wtx", inf: Uint8Array.of(1) }, cid);
    this.#thinking = undefined;
    if (soon === undefined) return undefined;
    this.#answer = soon;
    return this.#nextPart(cid);
  }

  /** Half of FWT, so that the request comes well before the reader gives up. */
  #frameWaitingTime(): Promise<"late"> {
    const fwi = byteAt(this.#card.identify()?.atqb ?? new Uint8Array(12), 11) >> 4;
    const fwt = FWT_UNIT * 2 ** fwi;
    return new Promise((resolve) => {
      setTimeout(() => resolve("late"), fwt / 2).unref();
    });
  }

  #nextPart(cid: number | undefined): Block {
    const size = informationSize(this.#frameSize, cid);
    const inf = this.#answer.slice(0, size);
    this.#answer = this.#answer.subarray(size);
    const chained = this.#answer.length > 0;
    return withCid({ kind: "I", chained, number: this.#number, inf }, cid);
  }

  #ready(cid: number | undefined): Block {
    return withCid({ kind: "R", acknowledges: true, number: this.#number }, cid);
  }
}

function withCid<T extends Block>(block: T, cid: number | undefined): T {
  return cid === undefined ? block : { ...block, cid };
}
