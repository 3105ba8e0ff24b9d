/** The built-in window in a world: access information for both methods, and a reader of its own. */
import { slotDevice } from "../../../simulator/lab/devices.ts";
import type { Lab } from "../../../simulator/lab/index.ts";
import type { CheckMethod } from "../../../simulator/platform/index.ts";
import { BenchError } from "../../errors.ts";
import { grantAccess, type HttpTraceSink, LocalAuthPfClient } from "../../platform/index.ts";
import { simulatedReader } from "../../reader/index.ts";
import { openStore } from "../site/store.ts";
import { standingWith } from "../standing.ts";
import { type CounterRecords, counterRecords, NEW_COUNTER } from "./records.ts";
import { type CardPlace, counterSite } from "./routes.ts";
import { COUNTER } from "./words.ts";

/** Name of the window's reader among the readers of the world. */
export const WINDOW_READER = "window";

type Standing = NonNullable<CounterRecords["standing"]>;

export function openCounterSystem(lab: Lab, sink: HttpTraceSink) {
  const store = openStore(lab.state, "relying-party-counter.json", counterRecords, NEW_COUNTER);
  const issue = (method: CheckMethod) =>
    grantAccess(lab.localAuthPf, { name: COUNTER.owner.ja, method, kinds: ["auth"] });
  const standing = standingWith<Standing>({
    remembered: () => store.content.standing,
    isKnown: ({ ocsp }) => lab.localAuthPf.state().accesses.some(({ id }) => id === ocsp.id),
    apply: async () => {
      const fresh = { ocsp: issue("ocsp"), crl: issue("crl") };
      lab.save();
      store.keep({ ...NEW_COUNTER, standing: fresh });
      return fresh;
    },
  });
  return counterSite({
    store,
    now: () => lab.clock.now(),
    place: windowReader(lab),
    residentOf: (serial) => {
      const number = Number.parseInt(serial, 16);
      return lab.cards.find(({ authSerial }) => Number.parseInt(authSerial, 16) === number)
        ?.resident;
    },
    client: async (method) =>
      new LocalAuthPfClient({
        baseUrl: lab.addresses.localAuthPf,
        method,
        access: (await standing())[method],
        profile: lab.localAuthPf.profile,
        sink,
        ca: lab.webCa,
      }),
  });
}

function windowReader(lab: Lab): CardPlace {
  const device = slotDevice(WINDOW_READER);
  lab.readers.add(WINDOW_READER, device);
  const { slot } = device;
  if (slot === undefined) throw new BenchError("READER_NOT_FOUND", "the window has no reader");
  return {
    reader: () => simulatedReader(slot),
    lying: () => lab.readers.find(WINDOW_READER).lying,
    cards: () => lab.cards.map(({ id, resident }) => ({ id, label: `${id} ${resident.name}` })),
    put: async (wanted) => {
      await lab.readers.remove(WINDOW_READER);
      const found = lab.cards.find(({ id }) => id === wanted);
      if (found === undefined) return;
      const { id, resident, card } = found;
      const label = `${id} ${resident.name}`;
      await lab.readers.insert(WINDOW_READER, { id, label, card, side: "contactless" });
    },
  };
}
