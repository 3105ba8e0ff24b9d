import { createPublicKey, generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SimulatorError } from "../../errors.ts";
import { keyBits, publicHalf, sha1, signingKey, verifySignature } from "./keys.ts";

const { privateKey: made } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pkcs8 = new Uint8Array(made.export({ type: "pkcs8", format: "der" }));
const message = new TextEncoder().encode("試験");

describe("the public half of a key", () => {
  it("is what node:crypto makes of it", () => {
    const publicKey = createPublicKey(made);
    const pkcs1 = new Uint8Array(publicKey.export({ type: "pkcs1", format: "der" }));

    const half = publicHalf(pkcs8);

    expect(half.publicKey).toEqual(
      new Uint8Array(publicKey.export({ type: "spki", format: "der" })),
    );
    expect(half.keyIdentifier).toEqual(sha1(pkcs1));
    expect(keyBits(half.publicKey)).toEqual(pkcs1);
  });

  it("is not cut out of anything else", () => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const elliptic = new Uint8Array(privateKey.export({ type: "pkcs8", format: "der" }));
    const bare = new Uint8Array(made.export({ type: "pkcs1", format: "der" }));
    for (const bytes of [elliptic, bare, new Uint8Array(0), Uint8Array.of(...pkcs8, 0)]) {
      expect(() => publicHalf(bytes)).toThrow(expect.objectContaining({ code: "PKI_INVALID" }));
    }
  });

  it("never fails in any other way than it says", () => {
    fc.assert(
      fc.property(fc.nat(400), fc.integer({ min: 1, max: 255 }), (place, change) => {
        try {
          publicHalf(pkcs8.with(place, (pkcs8[place] ?? 0) ^ change));
        } catch (error) {
          expect(error).toBeInstanceOf(SimulatorError);
        }
      }),
    );
  });
});

describe("a signature", () => {
  it("is the same in one piece and in several, and no other key's", async () => {
    const key = signingKey(pkcs8);
    const pieces = key.signInPieces();
    for (const byte of message) pieces.update(Uint8Array.of(byte));

    const signature = await key.sign(message);

    expect(pieces.finish()).toEqual(signature);
    expect(signature).toHaveLength(key.signatureLength);
    expect(verifySignature(key.publicKey, message, signature)).toBe(true);
    expect(verifySignature(key.publicKey, message.subarray(1), signature)).toBe(false);
    expect(verifySignature(new Uint8Array(4), message, signature)).toBe(false);
  });

  it("needs a key that is one", () => {
    expect(() => signingKey(pkcs8.subarray(0, 100))).toThrow(
      expect.objectContaining({ code: "PKI_INVALID" }),
    );
  });
});
