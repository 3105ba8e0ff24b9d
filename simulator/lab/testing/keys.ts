/**
 * The key pool of tests. A world with one card draws 16 keys, which is more than a second of work, so
 * they are kept from one run to the next, where tools keep such things.
 */
import { fileURLToPath } from "node:url";

export const TEST_KEY_POOL = fileURLToPath(
  new URL("../../../node_modules/.cache/jpki-bench/keys", import.meta.url),
);
