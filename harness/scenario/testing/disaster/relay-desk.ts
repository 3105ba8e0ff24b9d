/**
 * A relay board beside a simulated reader, by the wiring of RELAY_WIRING: its first relay lifts the
 * card, its second carries the reader's supply. Pulled, the board lets both fall off: the card stays
 * where it is, and the reader has no power.
 */
import {
  encodeRelayCommand,
  RELAY_PRODUCT,
  RELAY_VENDOR,
  RelayBoard,
} from "../../../../simulator/reader/hid-relay/index.ts";
import type { InProcessReader } from "../../../../simulator/reader/index.ts";
import { type ActuatorDriver, simulatedActuator } from "../../../actuator/index.ts";
import type { ActuatorParts } from "../../../actuator/open.ts";
import { EmulatedHidHost } from "../../../reader/hid/testing/emulated-hid.ts";

const CARD = 1;
const POWER = 2;

/** The actuator of a project that stands on this desk. */
export const RELAY_ACTUATOR = {
  driver: "hid-relay",
  card: { relay: CARD, on: "absent" },
  power: { relay: POWER, on: "powered" },
} as const;

export class RelayDesk {
  /** By which the bench finds the board. */
  readonly actuatorParts: ActuatorParts;
  readonly #board = new RelayBoard();
  #reader: ActuatorDriver | undefined;

  constructor() {
    const listed = {
      path: "relay",
      vendorId: RELAY_VENDOR,
      productId: RELAY_PRODUCT,
      product: "USBRelay2",
    };
    this.actuatorParts = { hid: new EmulatedHidHost({ listed, device: this.#board }) };
    this.#board.on("switched", (relay, on) => {
      if (relay === CARD) void this.#reader?.perform(on ? "remove" : "present");
      if (relay === POWER) void this.#reader?.perform(on ? "restore-power" : "cut-power");
    });
  }

  /** Puts the reader under the relays. */
  wire(reader: InProcessReader): void {
    this.#reader = simulatedActuator(reader);
  }

  pull(): void {
    this.#board.unplug();
  }

  /** Plugs the board in, with the supply on and the card down. */
  async setUp(): Promise<void> {
    this.#board.replug();
    await this.#board.sendFeatureReport(encodeRelayCommand({ kind: "off", channel: CARD }));
    await this.#board.sendFeatureReport(encodeRelayCommand({ kind: "on", channel: POWER }));
  }
}
