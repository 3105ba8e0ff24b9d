/** The systems under test of one attempt at a scenario, opened beside its world and closed with it. */
import type { Lab } from "../../../simulator/lab/index.ts";
import { BenchError, firstLineOf } from "../../errors.ts";
import type { HttpTraceSink } from "../../platform/index.ts";
import { builtInSystems } from "../../relying-party/built-in.ts";
import { checkedCounter, checkedLibrary, checkedPortal } from "../../relying-party/checked.ts";
import { type Surroundings, SYSTEM_NAMES, type SystemName } from "../../relying-party/driver.ts";
import { openRelyingParties } from "../../relying-party/relying-parties.ts";
import type { SystemsUnderTest } from "../../relying-party/system-under-test.ts";
import type { Need } from "../meta.ts";
import type { SystemsSource } from "./source.ts";
import { surroundingsIn } from "./surroundings.ts";

export interface OpenSystems {
  readonly systems: SystemsUnderTest;
  close(): Promise<void>;
}

export interface SystemsWanted {
  readonly scenario: string;
  readonly needs: readonly Need[];
  readonly sink: HttpTraceSink;
  /** Told what went wrong when a vendor's system was closed; the scenario has its verdict by then. */
  readonly onTrouble: (what: string) => void;
}

/** @throws BenchError RELYING_PARTY_INVALID, RELYING_PARTY_FAILED */
export async function openSystems(
  lab: Lab | undefined,
  source: () => Promise<SystemsSource>,
  wanted: SystemsWanted,
): Promise<OpenSystems> {
  const names = SYSTEM_NAMES.filter((name) => wanted.needs.includes(name));
  if (lab === undefined || names.length === 0) return { systems: {}, close: async () => {} };
  const from = await source();
  return from === "built-in" ? openBuiltIn(lab, wanted) : openOwn(lab, from, names, wanted);
}

async function openBuiltIn(lab: Lab, { sink }: SystemsWanted): Promise<OpenSystems> {
  const parties = await openRelyingParties(lab, { sink });
  return {
    systems: builtInSystems(parties.addresses, { sink }),
    close: () => parties.close(),
  };
}

async function openOwn(
  lab: Lab,
  { driver, url, deadline }: Exclude<SystemsSource, "built-in">,
  names: readonly SystemName[],
  { scenario, sink, onTrouble }: SystemsWanted,
): Promise<OpenSystems> {
  const acts: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const act of acts.splice(0).reverse()) {
      await Promise.resolve()
        .then(act)
        .catch((thrown: unknown) => onTrouble(firstLineOf(thrown)));
    }
  };
  const afterwards = (act: () => Promise<void> | void) => void acts.push(act);
  const given = surroundingsIn(lab, { scenario, url, deadline, sink, afterwards });
  const open = async <System extends object>(name: SystemName, maker: Maker<System>) =>
    maker !== undefined && names.includes(name)
      ? made(name, () => maker.call(driver, given))
      : undefined;
  try {
    const library = await open("library", driver.library);
    const counter = await open("counter", driver.counter);
    const portal = await open("portal", driver.portal);
    const systems = {
      ...(library && { library: checkedLibrary(library, deadline) }),
      ...(counter && { counter: checkedCounter(counter, deadline) }),
      ...(portal && { portal: checkedPortal(portal, deadline) }),
    };
    return { systems, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Maker<System> = ((given: Surroundings) => System | Promise<System>) | undefined;

async function made<System extends object>(
  name: SystemName,
  make: () => System | Promise<System>,
): Promise<System> {
  const system = await attempt(name, make);
  if (typeof system === "object" || typeof system === "function") return system;
  throw new BenchError("RELYING_PARTY_INVALID", `the driver made no ${name}`);
}

async function attempt<System>(name: SystemName, make: () => System | Promise<System>) {
  try {
    return await make();
  } catch (thrown) {
    if (thrown instanceof BenchError) throw thrown;
    const message = `${name} could not be opened: ${firstLineOf(thrown)}`;
    throw new BenchError("RELYING_PARTY_FAILED", message, { cause: thrown });
  }
}
