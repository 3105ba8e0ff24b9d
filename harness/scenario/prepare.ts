/** Work to be done before the first scenario, so that none of them waits for it. */
import { KeyPool } from "../../simulator/pki/index.ts";
import { cacheFolder } from "../config/folders.ts";

/** Key pairs the world of one scenario draws: two CAs with responders, and some cards. */
const KEYS_OF_A_WORLD = 16;

/** Makes sure the keys of a run are there; on a machine's first run that takes some seconds. */
export function prepareKeys(onProgress?: (ready: number, wanted: number) => void): Promise<void> {
  return new KeyPool(cacheFolder("keys")).fill(KEYS_OF_A_WORLD, onProgress);
}
