/**
 * Makes sure that the card a reader sees is the one the bench has just put there. Where a
 * configuration names reader and simulated card apart they might not belong together, and a wrong PIN
 * sent to whatever real card lies in the named reader would be a disaster.
 */
import { JpkiClient } from "../../card/index.ts";
import { BenchError } from "../../errors.ts";
import type { Reader } from "../../reader/index.ts";
import type { CardToInsert } from "./station.ts";

/**
 * @param settings the two that should belong together, in the words of the configuration
 * @throws BenchError GUARD_EFFECT when another card answers in this reader
 */
export async function requireSameCard(
  reader: Reader,
  card: CardToInsert,
  settings: string,
): Promise<void> {
  await reader.open();
  const jpki = new JpkiClient(reader);
  await jpki.select();
  const { serialNumber } = await jpki.tokenInfo();
  await reader.close();
  if (serialNumber === card.tokenSerial) return;
  throw new BenchError(
    "GUARD_EFFECT",
    `the card in "${reader.info.name}" is not the simulated one: ${settings} do not belong together`,
  );
}
