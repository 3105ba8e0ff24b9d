/**
 * What a card says while it is activated on the air (ISO/IEC 14443-3 and -4), told from its answer
 * to reset: PC/SC part 3 makes that answer from exactly these bytes, so the way back is known
 * (card-facts 1.2, reader-facts 5.3).
 */
import { byteAt, concat } from "../../iso7816/index.ts";

/** Type B: what the ATQB and the answer to ATTRIB carry. */
export interface TypeBActivation {
  readonly type: "B";
  /** 50, PUPI, application data, protocol information: 12 bytes. */
  readonly atqb: Uint8Array;
  /** MBLI and CID. */
  readonly attribAnswer: Uint8Array;
}

/** Type A with ISO/IEC 14443-4. */
export interface TypeAActivation {
  readonly type: "A";
  /** Two bytes, the higher one first. */
  readonly atqa: Uint8Array;
  readonly sak: number;
  readonly uid: Uint8Array;
  /** With its length byte. */
  readonly ats: Uint8Array;
}

export type Activation = TypeBActivation | TypeAActivation;

const TYPE_B_LENGTH = 13;

/** Whether a card that answers reset so can be reached without contacts. */
export function reachesByAir(atr: Uint8Array): boolean {
  return activationOf(atr, new Uint8Array(4)) !== undefined;
}

/**
 * @param atr as a reader would report it
 * @param identifier four bytes that the card draws each time it is powered: PUPI or UID
 * @param cid what the reader called the card in ATTRIB
 * @returns undefined for an answer to reset that only contacts can give
 */
export function activationOf(
  atr: Uint8Array,
  identifier: Uint8Array,
  cid = 0,
): Activation | undefined {
  const [ts, t0 = 0, td1, td2] = atr;
  if (ts !== 0x3b || t0 >> 4 !== 8 || td1 !== 0x80 || td2 !== 0x01) return undefined;
  // Eight historical bytes are taken for type B: a type A card could have as many.
  if (t0 === 0x88 && atr.length === TYPE_B_LENGTH) return typeB(atr, identifier, cid);
  return typeA(atr.subarray(4, 4 + (t0 & 0x0f)), identifier);
}

function typeB(atr: Uint8Array, pupi: Uint8Array, cid: number): TypeBActivation {
  const mbli = byteAt(atr, 11) & 0xf0;
  return {
    type: "B",
    atqb: concat(Uint8Array.of(0x50), pupi, atr.subarray(4, 11)),
    attribAnswer: Uint8Array.of(mbli | cid),
  };
}

/** UNVERIFIED: interface bytes (FSCI 8, same rates, FWI 8, CID) are an ordinary card's. */
function typeA(historical: Uint8Array, uid: Uint8Array): TypeAActivation {
  const interfaceBytes = Uint8Array.of(0x78, 0x80, 0x80, 0x02);
  const length = 1 + interfaceBytes.length + historical.length;
  return {
    type: "A",
    atqa: Uint8Array.of(0x00, 0x04),
    sak: 0x20,
    // 08 marks an identifier drawn at random (ISO/IEC 14443-3).
    uid: concat(Uint8Array.of(0x08), uid.subarray(1)),
    ats: concat(Uint8Array.of(length), interfaceBytes, historical),
  };
}
