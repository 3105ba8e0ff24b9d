/**
 * InCommunicateThru (NXP UM0701-02 section 7.3.9): a frame to the card as it is, with the chip
 * adding and checking no more than the CRC.
 */
import { concat } from "../../iso7816/index.ts";
import type { Antenna } from "../contactless/antenna.ts";
import { STATUS } from "./codes.ts";

export async function exchangeThrough(antenna: Antenna, frame: Uint8Array): Promise<Uint8Array> {
  const answer = await antenna.air(frame);
  if (answer === undefined) return Uint8Array.of(STATUS.timeout);
  return concat(Uint8Array.of(STATUS.ok), answer);
}
