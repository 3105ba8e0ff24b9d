/**
 * The three systems that are built in, beside a world: reference clients of its platforms, and the
 * default system under test. Each has an address of its own on loopback and keeps it as long as its
 * platform knows it by that address.
 */
import { Door } from "../../simulator/lab/door.ts";
import type { Lab } from "../../simulator/lab/index.ts";
import type { HttpTraceSink } from "../platform/index.ts";
import { openCounterSystem } from "./counter/open.ts";
import { COUNTER } from "./counter/words.ts";
import { libraryRecordsOf, openLibrary } from "./library/open.ts";
import { LIBRARY } from "./library/words.ts";
import { openPortal, portalRecordsOf } from "./portal/open.ts";
import { PORTAL } from "./portal/words.ts";

export interface RelyingPartyAddresses {
  /** Without a slash at the end. */
  readonly library: string;
  readonly counter: string;
  readonly portal: string;
}

export interface RelyingParties {
  readonly addresses: RelyingPartyAddresses;
  close(): Promise<void>;
}

/** With what people call them, in the order of their ports. */
const SYSTEMS = { library: LIBRARY, counter: COUNTER, portal: PORTAL };

export interface RelyingPartiesOptions {
  /** Of three in a row; any that are free when absent. */
  readonly firstPort?: number | undefined;
  /** Told what they exchange with the platforms. */
  readonly sink?: HttpTraceSink;
}

/**
 * @throws SimulatorError PORT_IN_USE, also for the port a system is registered with from before;
 *   STATE_INVALID
 */
export async function openRelyingParties(
  lab: Lab,
  { firstPort, sink = () => {} }: RelyingPartiesOptions = {},
): Promise<RelyingParties> {
  const registered = {
    library: libraryRecordsOf(lab).content.standing?.port,
    counter: undefined,
    portal: portalRecordsOf(lab).content.standing?.port,
  };
  const open: Door[] = [];
  const close = async () => void (await Promise.all(open.map((door) => door.close())));
  const take = async (name: keyof typeof SYSTEMS, place: number) => {
    const wanted = firstPort === undefined ? 0 : firstPort + place;
    const door = await Door.open(registered[name] ?? wanted);
    open.push(door);
    return door;
  };
  try {
    const library = await take("library", 0);
    const counter = await take("counter", 1);
    const portal = await take("portal", 2);
    await library.mount(openLibrary(lab, library, sink));
    await counter.mount(openCounterSystem(lab, sink));
    await portal.mount(openPortal(lab, portal, sink));
    const addresses = { library: library.origin, counter: counter.origin, portal: portal.origin };
    lab.neighbours = neighboursAt(addresses);
    return { addresses, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function neighboursAt(addresses: RelyingPartyAddresses) {
  const names = Object.keys(SYSTEMS) as (keyof typeof SYSTEMS)[];
  return names.map((name) => ({ name: SYSTEMS[name].name, address: addresses[name] }));
}
