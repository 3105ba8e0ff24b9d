/** Work to be done before the first scenario, so that none of them waits for it. */
import { existsSync, readdirSync } from "node:fs";
import { KeyPool } from "../../simulator/pki/index.ts";
import { cacheFolder } from "../config/folders.ts";

/**
 * Key pairs the world of one scenario draws: four for the CAs with their responders, six for those
 * who issue cards, and six for each of three cards.
 */
export const KEYS_OF_A_WORLD = 28;

/**
 * Makes sure the keys of a run are there. Only a machine's first run takes time for it, some
 * seconds, and only then `onProgress` is told.
 */
export async function prepareKeys(
  onProgress?: (ready: number, wanted: number) => void,
): Promise<void> {
  const folder = cacheFolder("keys");
  const ready = existsSync(folder) ? readdirSync(folder).length : 0;
  if (ready < KEYS_OF_A_WORLD) await new KeyPool(folder).fill(KEYS_OF_A_WORLD, onProgress);
}
