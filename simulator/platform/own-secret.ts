/** A secret no two registrations share. */
import { createHash } from "node:crypto";
import type { Random } from "../random.ts";

/**
 * Mixes the id in, because a world that is opened again with its seed may draw the same bytes again:
 * two systems with one secret would have the same pairwise identifiers.
 *
 * @returns 32 bytes, upper-case hexadecimal
 */
export function ownSecret(random: Random, id: string): string {
  const hash = createHash("sha256").update(random.bytes(32)).update(id, "utf8");
  return hash.digest("hex").toUpperCase();
}
