/** The devices a world can have for a card: a slot of this process, or a virtual PC/SC reader. */
import { InProcessReader, VpcdCard } from "../reader/index.ts";
import type { CardDevice } from "./readers.ts";

/** Nobody waits longer at a counter for pcscd to come up. */
const PATIENCE = 5000;

/** A reader without a wire. */
export function slotDevice(name: string): CardDevice {
  const slot = new InProcessReader(name);
  return {
    kind: "in-process",
    slot,
    insert: async (card) => slot.insert(card),
    remove: async () => void slot.remove(),
    close: async () => void slot.remove(),
  };
}

/** Where a vpcd of this machine listens for its card; see `VpcdCard`. */
export function vpcdDevice({ host, port }: { host: string; port: number }): CardDevice {
  let link: VpcdCard | undefined;
  return {
    kind: "vpcd",
    place: `${host}:${port}`,
    insert: async (card) => {
      link = await VpcdCard.connect({ card, host, port, patience: PATIENCE });
      // A link that failed is put back by hand; the world goes on without it.
      link.on("error", () => undefined);
    },
    // Long enough for pcscd to notice: otherwise the next card would be taken for this one.
    remove: async () => {
      await link?.remove();
      link = undefined;
    },
    close: async () => link?.close(),
  };
}
