/** Wrong PINs to test with. */
import type { Secret } from "../card/index.ts";

/** A PIN of the same form with another last character. */
export function wrongPin(right: Secret): Secret {
  return right.map((value) => value.slice(0, -1) + (value.endsWith("9") ? "8" : "9"));
}
