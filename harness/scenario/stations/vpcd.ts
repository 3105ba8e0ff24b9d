/**
 * A simulated card in a virtual PC/SC reader: the bytes go through pcscd as those of a real card do.
 */
import { VpcdCard } from "../../../simulator/reader/index.ts";
import { BenchError } from "../../errors.ts";
import {
  openPcscReader,
  pcscDirectory,
  type ReaderDirectory,
  type ServiceOptions,
} from "../../reader/index.ts";
import { namePattern } from "../../reader/pcsc/readers.ts";
import { requireSameCard } from "./same-card.ts";
import type { Station } from "./station.ts";
import { until } from "./until.ts";
import { WatchedCard } from "./watched-card.ts";

/** pcscd looks for a card every 0.4 s. */
const NOTICED_WITHIN = 5_000;

interface Inserted {
  readonly link: VpcdCard;
  readonly card: WatchedCard;
}

export function vpcdStation(name: string, address: string, service: ServiceOptions): Station {
  const [host = "", port = ""] = address.split(":");
  const pattern = namePattern(name);
  let inserted: Inserted | undefined;
  /** Settles when a card that was taken away during a command is gone for everybody. */
  let taken: Promise<void> = Promise.resolve();
  /** Names of readers that this station has shown to hold its own card. */
  const own = new Set<string>();
  const directory = pcscDirectory({ ...service, physical: (reader) => !own.has(reader) });
  const holds = () => hasCard(directory, pattern);

  const remove = async () => {
    const leaving = inserted;
    inserted = undefined;
    await leaving?.link.remove();
    await until(async () => !(await holds()), NOTICED_WITHIN);
  };
  return {
    insert: async (card) => {
      if (card === undefined) throw new BenchError("SCENARIO_NEEDS", "no simulated card to insert");
      await taken;
      if (inserted !== undefined) await remove();
      const watched = new WatchedCard(card.card, () => {
        taken = remove();
        taken.catch(() => undefined); // told to whoever waits for it
      });
      const link = await VpcdCard.connect({ card: watched, host, port: Number(port) });
      inserted = { link, card: watched };
      await until(holds, NOTICED_WITHIN);
      const reader = await openPcscReader({ ...service, name: pattern, physical: false });
      await requireSameCard(reader, card, "reader.name and reader.vpcd");
      own.add(reader.info.name);
      return reader;
    },
    remove,
    removeDuring: (matches) => inserted?.card.takeDuring(matches),
    directory,
    restore: async () => {
      await taken;
      inserted?.card.takeDuring(undefined);
    },
    close: async () => {
      await inserted?.link.close();
    },
  };
}

async function hasCard(directory: ReaderDirectory, pattern: RegExp): Promise<boolean> {
  const readers = await directory.list();
  return readers.some((reader) => pattern.test(reader.name) && reader.atr !== undefined);
}
