import { expect, it } from "vitest";
import { cardIdentity } from "./card-identity.ts";

it("is the SHA-256 of the certificate's bytes", () => {
  // The "abc" example of FIPS 180-4.
  expect(cardIdentity(Uint8Array.of(0x61, 0x62, 0x63))).toBe(
    "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});
