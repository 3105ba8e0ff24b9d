/** The links that disasters strike, as this machine can make them, and what is right on each. */
import type { BenchErrorCode } from "../../../errors.ts";
import { PtyPair } from "../../../reader/serial/testing/pty-pair.ts";
import { startPcscd } from "../../../reader/testing/pcscd.ts";
import { PCSCD_PARTS } from "../../../reader/testing/require-system.ts";
import type { Breakable } from "./hand.ts";
import type { Disaster } from "./plan.ts";
import { RELAY_ACTUATOR } from "./relay-desk.ts";

/** What the client whose command was struck may be told. */
type Told = Partial<Record<Disaster, readonly BenchErrorCode[]>>;

export interface DisasterLink {
  readonly name: "simulated" | "pcsc" | "pn532" | "twn4";
  /** System parts it takes; see `systemParts`. */
  readonly parts: readonly string[];
  /** The disasters there are on this link. */
  readonly told: Told;
  open(): Promise<OpenDisasterLink>;
}

export interface OpenDisasterLink extends Breakable {
  /** The project in bench.config whose reader hangs on it. */
  readonly project: Readonly<Record<string, unknown>>;
  close(): Promise<void>;
}

const SERIAL: Told = {
  "card-removed": ["READER_CARD_REMOVED"],
  // The emulated chips wait for a card as long as the bench does.
  "card-frozen": ["READER_DEADLINE"],
  "pty-unplugged": ["READER_LOST"],
};

export const DISASTER_LINKS: readonly DisasterLink[] = [
  {
    name: "simulated",
    parts: [],
    told: {
      "card-removed": ["READER_CARD_REMOVED"],
      "card-frozen": ["READER_DEADLINE"],
      "relay-pulled": ["READER_LOST"],
    },
    open: async () => ({
      project: { reader: { driver: "simulated" }, actuator: RELAY_ACTUATOR },
      break: nothing,
      mend: nothing,
      close: nothing,
    }),
  },
  {
    name: "pcsc",
    parts: [...PCSCD_PARTS, "pcsclite"],
    told: {
      "card-removed": ["READER_CARD_REMOVED"],
      "card-frozen": ["READER_DEADLINE"],
      "pcscd-killed": ["PCSC_SERVICE_STOPPED"],
    },
    open: openPcsc,
  },
  { name: "pn532", parts: ["socat", "serialport"], told: SERIAL, open: () => openSerial("pn532") },
  { name: "twn4", parts: ["socat", "serialport"], told: SERIAL, open: () => openSerial("twn4") },
];

async function openPcsc(): Promise<OpenDisasterLink> {
  const pcscd = await startPcscd();
  // Workers are started with the environment of this process.
  process.env.PCSCLITE_CSOCK_NAME = pcscd.socket;
  const vpcd = `127.0.0.1:${pcscd.ports[0]}`;
  return {
    project: { reader: { driver: "pcsc", name: pcscd.readers[0], vpcd } },
    break: () => pcscd.halt(),
    mend: () => pcscd.start(),
    close: async () => {
      delete process.env.PCSCLITE_CSOCK_NAME;
      await pcscd.stop();
    },
  };
}

async function openSerial(driver: string): Promise<OpenDisasterLink> {
  const ptys = await PtyPair.open();
  return {
    project: { reader: { driver, device: ptys.near, emulator: ptys.far } },
    break: () => ptys.cut(),
    mend: () => ptys.mend(),
    close: () => ptys.close(),
  };
}

async function nothing(): Promise<void> {}
