/** A real PC/SC reader with a real card. */
import { openPcscReader, pcscDirectory, type ServiceOptions } from "../../reader/index.ts";
import { namePattern } from "../../reader/pcsc/readers.ts";
import { byHand } from "./by-hand.ts";
import type { Station } from "./station.ts";

export function physicalStation(name: string, service: ServiceOptions): Station {
  return byHand({
    insert: () => openPcscReader({ ...service, name: namePattern(name), physical: true }),
    directory: pcscDirectory({ ...service, physical: () => true }),
  });
}
