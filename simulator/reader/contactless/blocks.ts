/**
 * Blocks of the transmission protocol T=CL (ISO/IEC 14443-4 section 7.1; reader-facts 5.5), without
 * their CRC. Both ends of the air speak them: pure functions on bytes.
 */
import { concat } from "../../iso7816/index.ts";

interface Numbered {
  /** 0 or 1. */
  readonly number: number;
  readonly cid?: number;
}

/** A part of a command or an answer. */
export interface InformationBlock extends Numbered {
  readonly kind: "I";
  /** More parts follow. */
  readonly chained: boolean;
  readonly inf: Uint8Array;
}

export interface ReceiveReadyBlock extends Numbered {
  readonly kind: "R";
  readonly acknowledges: boolean;
}

export interface SupervisoryBlock {
  readonly kind: "S";
  readonly asks: "deselect" | "wtx";
  readonly cid?: number;
  /** Of WTX: the multiplier in its lower six bits. */
  readonly inf: Uint8Array;
}

export type Block = InformationBlock | ReceiveReadyBlock | SupervisoryBlock;

const WITH_CID = 0x08;
const WITH_NAD = 0x04;
const CHAINED = 0x10;
const NOT_ACKNOWLEDGED = 0x10;
const NUMBER = 0x01;
const DESELECT = 0xc2;
const WTX = 0xf2;

/** PCB and the two bytes of the CRC. */
const OVERHEAD = 3;

/** FSDI and FSCI to bytes a frame may have (ISO/IEC 14443-4 table 1); 9 and more are of newer editions. */
const FRAME_SIZES = [16, 24, 32, 40, 48, 64, 96, 128, 256] as const;

/** Bytes a frame may have, from FSDI, FSCI or the maximum frame size code of type B. */
export function frameSize(code: number): number {
  return FRAME_SIZES[code] ?? 256;
}

/** Bytes of information that fit into a block of a frame. */
export function informationSize(frame: number, cid: number | undefined): number {
  return frame - OVERHEAD - (cid === undefined ? 0 : 1);
}

/** @returns undefined for bytes that are no block */
export function parseBlock(bytes: Uint8Array): Block | undefined {
  const [pcb] = bytes;
  if (pcb === undefined) return undefined;
  const hasCid = (pcb & WITH_CID) !== 0;
  const hasNad = (pcb & 0xc0) === 0 && (pcb & WITH_NAD) !== 0;
  const start = 1 + Number(hasCid) + Number(hasNad);
  if (bytes.length < start) return undefined;
  const cid = hasCid ? { cid: (bytes[1] ?? 0) & 0x0f } : {};
  const inf = bytes.slice(start);
  const number = pcb & NUMBER;
  const plain = pcb & ~(WITH_CID | NUMBER);
  if ((plain & 0xe2) === 0x02) {
    return { kind: "I", chained: (pcb & CHAINED) !== 0, number, inf, ...cid };
  }
  if ((plain & 0xee) === 0xa2) {
    return { kind: "R", acknowledges: (pcb & NOT_ACKNOWLEDGED) === 0, number, ...cid };
  }
  const supervises = pcb & ~WITH_CID;
  if (supervises === DESELECT) return { kind: "S", asks: "deselect", inf, ...cid };
  return supervises === WTX ? { kind: "S", asks: "wtx", inf, ...cid } : undefined;
}

export function encodeBlock(block: Block): Uint8Array {
  const cid = block.cid === undefined ? [] : [block.cid];
  const flags = block.cid === undefined ? 0 : WITH_CID;
  const head = (pcb: number) => Uint8Array.of(pcb | flags, ...cid);
  switch (block.kind) {
    case "I":
      return concat(head(0x02 | (block.chained ? CHAINED : 0) | block.number), block.inf);
    case "R":
      return head(0xa2 | (block.acknowledges ? 0 : NOT_ACKNOWLEDGED) | block.number);
    case "S":
      return concat(head(block.asks === "deselect" ? DESELECT : WTX), block.inf);
  }
}
