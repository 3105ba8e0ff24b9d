/**
 * The card in an answer to InListPassiveTarget, as an answer to reset in the form PC/SC part 3 gives
 * cards without contacts (NXP UM0701-02 section 7.3.5; reader-facts 4.2, 5.3).
 */
import { byteAt } from "../../../simulator/iso7816/index.ts";
import { BenchError } from "../../errors.ts";
import { typeAAnswer, typeBAnswer } from "../serial/answer-to-reset.ts";

const ATQB_LENGTH = 12;
const ATQB_FIRST = 0x50;
/** SAK: the card speaks ISO/IEC 14443-4. */
const SPEAKS_BLOCKS = 0x20;

/**
 * @param answer number of targets, number of the target, ATQB, length and answer of ATTRIB
 * @returns undefined when no card was found
 * @throws BenchError READER_TRANSPORT for an answer that is too short
 */
export function listedTypeB(answer: Uint8Array): Uint8Array | undefined {
  if (answer[0] === 0) return undefined;
  // One module is known to put a byte of its own before the ATQB.
  const start = answer[2] === ATQB_FIRST ? 2 : 3;
  const atqb = answer.subarray(start, start + ATQB_LENGTH);
  if (atqb.length < ATQB_LENGTH || atqb[0] !== ATQB_FIRST) throw notUnderstood("type B");
  const attribLength = answer[start + ATQB_LENGTH] ?? 0;
  const attrib = attribLength === 0 ? 0 : (answer[start + ATQB_LENGTH + 1] ?? 0);
  return typeBAnswer(atqb, attrib);
}

/**
 * @param answer number of targets, number of the target, SENS_RES, SEL_RES, UID with its length, ATS
 * @returns undefined when no card was found
 * @throws BenchError READER_CARD_MUTE for a card that takes no commands (ISO/IEC 14443-3 only)
 */
export function listedTypeA(answer: Uint8Array): Uint8Array | undefined {
  if (answer[0] === 0) return undefined;
  if (answer.length < 6) throw notUnderstood("type A");
  const uidLength = byteAt(answer, 5);
  const ats = answer.subarray(6 + uidLength);
  if ((byteAt(answer, 4) & SPEAKS_BLOCKS) === 0 || ats.length === 0) {
    throw new BenchError("READER_CARD_MUTE", "this card does not speak ISO/IEC 14443-4");
  }
  return typeAAnswer(ats);
}

function notUnderstood(type: string): BenchError {
  return new BenchError("READER_TRANSPORT", `the reader lists a ${type} card in no known way`);
}
