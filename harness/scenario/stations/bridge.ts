/** A PN532 behind an MCP2221A, with a real card. */
import { bridgedDirectory, bridgedPn532Reader, type HidHost } from "../../reader/index.ts";
import { byHand } from "./by-hand.ts";
import type { Station } from "./station.ts";

/**
 * @param device path of the bridge; may be left out where there is one only
 * @param hid the machine's HID devices, by node-hid unless a test knows better
 */
export function bridgeStation(device: string | undefined, hid?: HidHost): Station {
  const options = { device, physical: true, ...(hid && { hid }) };
  return byHand({
    insert: async () => bridgedPn532Reader(options),
    directory: bridgedDirectory(options),
  });
}
