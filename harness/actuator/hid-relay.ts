/**
 * A USB relay board as an actuator (reader-facts 3.2): one relay may move the card (a solenoid, a
 * servo's input, a switch in the antenna's line), another may carry the reader's supply. After each
 * command the board's state is read back, because a command that was taken is not yet a contact.
 */
import { SimulatorError } from "../../simulator/errors.ts";
import {
  decodeRelayState,
  encodeRelayCommand,
  RELAY_PRODUCT,
  RELAY_REPORT_LENGTH,
  RELAY_VENDOR,
  type RelayState,
  STATE_REPORT_ID,
} from "../../simulator/reader/hid-relay/index.ts";
import { BenchError, messageOf } from "../errors.ts";
import {
  type HidDevice,
  type HidHost,
  type HidPort,
  nodeHidHost,
  withDeadline,
} from "../reader/hid/index.ts";
import { ACTS, type Act, type ActuatorDriver, actuatorError } from "./actuator.ts";

export interface RelayWiring {
  /** The board's five characters; may be left out where there is one board only. */
  readonly serial?: string | undefined;
  /** The relay that moves the card, and where the card is while that relay is on. */
  readonly card?: { readonly relay: number; readonly on: "present" | "absent" } | undefined;
  /** The relay in the reader's supply, and what the reader has while that relay is on. */
  readonly power?: { readonly relay: number; readonly on: "powered" | "cut" } | undefined;
}

export interface RelayOptions {
  /** The HID devices of this machine, by node-hid, unless a test knows better. */
  readonly hid?: HidHost | undefined;
  /** Milliseconds for each call to the board. Default 2000. */
  readonly deadline?: number;
}

const DEADLINE = 2_000;
/** The numbers belong to everybody who builds with V-USB; the name tells a relay board. */
const PRODUCT = /^USBRelay\d$/;

/** The board is looked for at the first act, and anew after it was lost. */
export function hidRelay(wiring: RelayWiring, options: RelayOptions = {}): ActuatorDriver {
  const { hid = nodeHidHost(), deadline = DEADLINE } = options;
  let board: HidPort | undefined;
  const letGo = async () => {
    const port = board;
    board = undefined;
    await port?.close();
  };
  const switchRelay = async ({ relay, on }: Position) => {
    board ??= await findBoard(hid, wiring.serial, deadline);
    const kind = on ? "on" : "off";
    await board.sendFeatureReport(encodeRelayCommand({ kind, channel: relay }));
    const state = await readState(board);
    if (state.on.has(relay) === on) return `relay ${relay} of ${state.serial} reads back ${kind}`;
    throw new BenchError("ACTUATOR_FAILED", `relay ${relay} of ${state.serial} is not ${kind}`);
  };
  return {
    info: { driver: "hid-relay", name: wiring.serial ?? "USBRelay" },
    can: new Set(ACTS.filter((act) => positionFor(act, wiring) !== undefined)),
    perform: async (act) => {
      const position = positionFor(act, wiring);
      if (position === undefined) {
        throw new BenchError("ACTUATOR_UNSUPPORTED", `no relay to ${act}`);
      }
      try {
        return await switchRelay(position);
      } catch (error) {
        await letGo();
        throw actuatorError(error);
      }
    },
    close: letGo,
  };
}

interface Position {
  readonly relay: number;
  readonly on: boolean;
}

function positionFor(act: Act, { card, power }: RelayWiring): Position | undefined {
  if (act === "present" || act === "remove") {
    const meant = act === "present" ? "present" : "absent";
    return card && { relay: card.relay, on: card.on === meant };
  }
  const meant = act === "cut-power" ? "cut" : "powered";
  return power && { relay: power.relay, on: power.on === meant };
}

async function findBoard(
  hid: HidHost,
  serial: string | undefined,
  deadline: number,
): Promise<HidPort> {
  const fitting: HidPort[] = [];
  const problems: string[] = [];
  for (const { path } of (await hid.list()).filter(isRelayBoard)) {
    try {
      const { port, state } = await openBoard(hid, path, deadline);
      if (serial === undefined || state.serial === serial) fitting.push(port);
      else await port.close();
    } catch (error) {
      problems.push(messageOf(error));
    }
  }
  const [first, ...others] = fitting;
  if (first !== undefined && others.length === 0) return first;
  await Promise.all(fitting.map((port) => port.close()));
  const which = serial === undefined ? "relay board" : `relay board "${serial}"`;
  const count = others.length === 0 ? `no ${which} is there` : `${fitting.length} are a ${which}`;
  throw new BenchError("ACTUATOR_NOT_FOUND", [count, ...problems].join("; "));
}

async function openBoard(
  hid: HidHost,
  path: string,
  deadline: number,
): Promise<{ readonly port: HidPort; readonly state: RelayState }> {
  const port = withDeadline(await hid.open(path), deadline);
  try {
    return { port, state: await readState(port) };
  } catch (error) {
    await port.close();
    throw error;
  }
}

async function readState(port: HidPort): Promise<RelayState> {
  const report = await port.getFeatureReport(STATE_REPORT_ID, RELAY_REPORT_LENGTH);
  try {
    return decodeRelayState(report);
  } catch (cause) {
    if (!(cause instanceof SimulatorError)) throw cause;
    throw new BenchError("ACTUATOR_FAILED", cause.message, { cause });
  }
}

function isRelayBoard({ vendorId, productId, product = "" }: HidDevice): boolean {
  return vendorId === RELAY_VENDOR && productId === RELAY_PRODUCT && PRODUCT.test(product);
}
