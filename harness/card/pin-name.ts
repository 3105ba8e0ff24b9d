/** PINs by the names scenarios use, and wrong ones to test with. */
import type { Secret } from "./secret.ts";

/** 利用者証明用, 署名用, 券面事項入力補助用. */
export type PinName = "auth" | "sign" | "text";

/** A PIN of the same form with another last character. */
export function wrongPin(right: Secret): Secret {
  return right.map((value) => value.slice(0, -1) + (value.endsWith("9") ? "8" : "9"));
}
