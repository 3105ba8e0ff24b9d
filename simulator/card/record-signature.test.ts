import { describe, expect, it } from "vitest";
import { signAhead, signParts } from "./record-signature.ts";
import { testKey } from "./testing/spec.ts";

const { privateKey } = testKey("municipality");
const parts = [Uint8Array.of(1, 2), Uint8Array.of(3)];

describe("a signature on a record", () => {
  it("is taken from those made ahead, once, and is the same as one made on the spot", async () => {
    const ahead = await signAhead(privateKey, ...parts);

    expect(signParts(privateKey, ...parts)).toBe(ahead);
    const onTheSpot = signParts(privateKey, ...parts);
    expect(onTheSpot).not.toBe(ahead);
    expect(onTheSpot).toEqual(ahead);
  });

  it("is never taken for other bytes or another key", async () => {
    const ahead = await signAhead(privateKey, ...parts);

    expect(signParts(privateKey, Uint8Array.of(1, 2, 4))).not.toEqual(ahead);
    expect(signParts(testKey("visual").privateKey, ...parts)).not.toEqual(ahead);
  });
});
