/** A real reader with a real card, which only a person can put in or take out. */
import { BenchError } from "../../errors.ts";
import { openPcscReader, pcscDirectory, type ServiceOptions } from "../../reader/index.ts";
import type { Station } from "./station.ts";

export function physicalStation(name: string, service: ServiceOptions): Station {
  const onlyAPerson = () => {
    throw new BenchError("SCENARIO_NEEDS", "only a person can take this card away");
  };
  return {
    insert: () => openPcscReader({ ...service, name: patternOf(name), physical: true }),
    remove: async () => onlyAPerson(),
    removeDuring: onlyAPerson,
    directory: pcscDirectory({ ...service, physical: () => true }),
    restore: async () => {},
    close: async () => {},
  };
}

/** Readers are named by a part of their name: the rest holds serials and slot numbers that change. */
export function patternOf(part: string): RegExp {
  return new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
}
