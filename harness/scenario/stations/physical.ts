/** A real PC/SC reader with a real card. */
import { openPcscReader, pcscDirectory, type ServiceOptions } from "../../reader/index.ts";
import { byHand } from "./by-hand.ts";
import type { Station } from "./station.ts";

export function physicalStation(name: string, service: ServiceOptions): Station {
  return byHand({
    insert: () => openPcscReader({ ...service, name: patternOf(name), physical: true }),
    directory: pcscDirectory({ ...service, physical: () => true }),
  });
}

/** Readers are named by a part of their name: the rest holds serials and slot numbers that change. */
export function patternOf(part: string): RegExp {
  return new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
}
