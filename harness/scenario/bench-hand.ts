/**
 * The actuator of a project whose cards the bench makes itself: no configuration names one, and a
 * scenario that takes the card away runs on such a link as it does beside a relay.
 */
import { ACTS, type ActuatorDriver, CARD_ACTS, simulatedActuator } from "../actuator/index.ts";
import type { Reader } from "../reader/index.ts";
import type { Station } from "./stations/station.ts";

/** The card a scenario has put down last. */
export interface LastCard {
  /** Its reader; none before the first card. */
  reader(): Reader | undefined;
  /** Puts it under the reader again. */
  putDown(): Promise<void>;
}

export function benchHand(station: Station, last: LastCard): ActuatorDriver {
  const power = () => {
    const name = last.reader()?.info.name;
    const slot = name === undefined ? undefined : station.pcsc?.reader(name);
    return slot && simulatedActuator(slot);
  };
  return {
    info: { driver: "simulated", name: "bench" },
    can: new Set(station.pcsc === undefined ? CARD_ACTS : ACTS),
    perform: async (act) => {
      if (act === "present") await last.putDown();
      else if (act === "remove") await station.remove();
      else await power()?.perform(act);
      return "simulated";
    },
    close: async () => undefined,
  };
}
