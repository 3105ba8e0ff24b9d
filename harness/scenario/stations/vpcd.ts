/**
 * A simulated card in a virtual PC/SC reader: the bytes go through pcscd as those of a real card do.
 *
 * The configuration names the PC/SC reader and the vpcd behind it separately, so they might not
 * belong together. A wrong PIN sent to whatever real card lies in the named reader would be a
 * disaster; the station therefore makes sure, before anybody gets the reader, that the card in it is
 * the one just inserted.
 */
import type { LabCard } from "../../../simulator/lab/index.ts";
import { VpcdCard } from "../../../simulator/reader/index.ts";
import { JpkiClient } from "../../card/index.ts";
import { BenchError } from "../../errors.ts";
import { listPcscReaders, openPcscReader, type Reader } from "../../reader/index.ts";
import { patternOf } from "./physical.ts";
import type { Station } from "./station.ts";
import { until } from "./until.ts";

/** pcscd looks for a card every 0.4 s. */
const NOTICED_WITHIN = 5_000;

export function vpcdStation(name: string, address: string): Station {
  const [host = "", port = ""] = address.split(":");
  const pattern = patternOf(name);
  let inserted: VpcdCard | undefined;
  const remove = async () => {
    await inserted?.remove();
    inserted = undefined;
    await until(async () => !(await hasCard(pattern)), NOTICED_WITHIN);
  };
  return {
    insert: async (card) => {
      if (card === undefined) throw new BenchError("SCENARIO_NEEDS", "no simulated card to insert");
      if (inserted !== undefined) await remove();
      inserted = await VpcdCard.connect({ card: card.card, host, port: Number(port) });
      await until(() => hasCard(pattern), NOTICED_WITHIN);
      const reader = await openPcscReader({ name: pattern, physical: false });
      await requireSameCard(reader, card);
      return reader;
    },
    remove,
    close: async () => {
      await inserted?.close();
    },
  };
}

async function hasCard(pattern: RegExp): Promise<boolean> {
  const readers = await listPcscReaders();
  return readers.some((reader) => pattern.test(reader.name) && reader.atr !== undefined);
}

/** @throws BenchError GUARD_EFFECT when another card answers in this reader */
async function requireSameCard(reader: Reader, card: LabCard): Promise<void> {
  await reader.open();
  const jpki = new JpkiClient(reader);
  await jpki.select();
  const { serialNumber } = await jpki.tokenInfo();
  await reader.close();
  if (serialNumber === card.tokenSerial) return;
  throw new BenchError(
    "GUARD_EFFECT",
    `the card in "${reader.info.name}" is not the simulated one: reader.name and reader.vpcd do not belong together`,
  );
}
