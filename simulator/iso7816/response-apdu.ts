/** Response APDUs: data and the two status bytes (ISO/IEC 7816-4 section 5.1). */
import { CodecError } from "../errors.ts";
import { uint16 } from "./bytes.ts";

const MAX_DATA = 65536;

export interface ResponseApdu {
  readonly data: Uint8Array;
  /** SW1-SW2 as one number, 0x6000 to 0x9FFF. */
  readonly sw: number;
}

/** @throws CodecError APDU_INVALID for fewer than two bytes or an SW1 that is not 6X or 9X */
export function parseResponse(bytes: Uint8Array): ResponseApdu {
  if (bytes.length < 2) {
    throw new CodecError(
      "APDU_INVALID",
      `a response has at least 2 bytes, this one has ${bytes.length}`,
      bytes.length,
    );
  }
  const sw = uint16(bytes, bytes.length - 2);
  requireStatusWord(sw, bytes.length - 2);
  return { data: bytes.slice(0, -2), sw };
}

export function encodeResponse(response: ResponseApdu): Uint8Array {
  if (response.data.length > MAX_DATA) {
    throw new CodecError("APDU_INVALID", `${response.data.length} response bytes`, MAX_DATA);
  }
  requireStatusWord(response.sw, response.data.length);
  const { data, sw } = response;
  const bytes = new Uint8Array(data.length + 2);
  bytes.set(data);
  bytes[data.length] = sw >> 8;
  bytes[data.length + 1] = sw & 0xff;
  return bytes;
}

function requireStatusWord(sw: number, offset: number): void {
  const sw1 = sw >> 8;
  const legal = (sw1 >= 0x61 && sw1 <= 0x6f) || (sw1 >= 0x90 && sw1 <= 0x9f);
  if (!legal) {
    throw new CodecError("APDU_INVALID", `status ${sw.toString(16)} is not 6XXX or 9XXX`, offset);
  }
}
