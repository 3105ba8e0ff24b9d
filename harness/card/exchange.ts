/**
 * One command to the card, one answer back (ISO/IEC 7816-4). Nothing is ever sent twice from here:
 * whether a command may be repeated is known to its sender alone, and a VERIFY never may.
 *
 * `61XX` and `6CXX` are statuses like any other: no My Number card is known to use them (card-facts
 * section 4, GET RESPONSE).
 */
import type { Bilingual } from "../../reports/journal/events.ts";
import {
  type CommandFields,
  encodeCommand,
  parseResponse,
  type ResponseApdu,
  SW,
} from "../../simulator/iso7816/index.ts";
import type { Reader } from "../reader/reader.ts";
import { dataError, statusError } from "./card-error.ts";

export interface CardCommand extends CommandFields {
  /** What it is for, in the words an error or a report would use. */
  readonly purpose: Bilingual;
  /** Which status words are an answer; all others are errors. 9000 alone by default. */
  readonly accepts?: (sw: number) => boolean;
  /** Milliseconds, as in `TransmitOptions`. */
  readonly deadline?: number;
}

export type Exchange = (command: CardCommand) => Promise<ResponseApdu>;

/**
 * @throws CardError when the card answers with a status the command does not accept, or
 * CARD_DATA_INVALID when the answer is no response APDU; BenchError from the reader;
 * CodecError APDU_INVALID for fields that fit no command
 */
export async function exchange(reader: Reader, command: CardCommand): Promise<ResponseApdu> {
  const { deadline, accepts = isSuccess, purpose } = command;
  const answer = await reader.transmit(
    encodeCommand(command),
    deadline === undefined ? {} : { deadline },
  );
  const response = readResponse(answer, purpose);
  if (!accepts(response.sw)) throw statusError(purpose, response.sw);
  return response;
}

function isSuccess(sw: number): boolean {
  return sw === SW.OK;
}

function readResponse(answer: Uint8Array, purpose: Bilingual): ResponseApdu {
  try {
    return parseResponse(answer);
  } catch {
    // The codec quotes the last two bytes. Where the status is lost those are file content, so
    // its message goes no further.
    throw dataError(purpose, {
      ja: `${answer.length}バイトの応答にステータスワードがない`,
      en: `the answer of ${answer.length} bytes has no status word`,
    });
  }
}
