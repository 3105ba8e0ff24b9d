/**
 * Damage to bytes: what noise, a broken driver or an attacker makes of them. Told as plain data, so
 * that a counterexample names the one change that matters.
 */
import fc from "fast-check";
import { z } from "zod";
import { concat, fromHex, toHex } from "../../simulator/iso7816/index.ts";

/** Places are taken modulo the length, so that a mutation fits any bytes. */
export const mutationSchema = z.discriminatedUnion("do", [
  z.strictObject({
    do: z.literal("flip"),
    at: z.int().nonnegative(),
    bits: z.int().min(1).max(255),
  }),
  z.strictObject({ do: z.literal("truncate"), to: z.int().nonnegative() }),
  z.strictObject({ do: z.literal("insert"), at: z.int().nonnegative(), bytes: z.hex() }),
  z.strictObject({ do: z.literal("remove"), at: z.int().nonnegative(), count: z.int().positive() }),
  z.strictObject({ do: z.literal("replace"), bytes: z.hex() }),
]);

export type Mutation = z.infer<typeof mutationSchema>;

const PLACE_MAX = 4095;
/** The beginning of anything is where its structure is. */
const place = fc.oneof(fc.nat(15), fc.nat(PLACE_MAX));

/** Hexadecimal of `minLength` to `maxLength` bytes. */
export function hexBytes(maxLength: number, minLength = 0): fc.Arbitrary<string> {
  return fc.uint8Array({ minLength, maxLength }).map(toHex);
}

export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({
    do: fc.constant("flip" as const),
    at: place,
    bits: fc.integer({ min: 1, max: 255 }),
  }),
  fc.record({ do: fc.constant("truncate" as const), to: place }),
  fc.record({ do: fc.constant("insert" as const), at: place, bytes: hexBytes(8, 1) }),
  fc.record({
    do: fc.constant("remove" as const),
    at: place,
    count: fc.integer({ min: 1, max: 300 }),
  }),
  fc.record({ do: fc.constant("replace" as const), bytes: hexBytes(300) }),
);

export function mutate(bytes: Uint8Array, ...mutations: readonly Mutation[]): Uint8Array {
  return mutations.reduce(damage, bytes);
}

function damage(bytes: Uint8Array, how: Mutation): Uint8Array {
  switch (how.do) {
    case "flip": {
      const at = how.at % Math.max(1, bytes.length);
      return bytes.map((byte, i) => (i === at ? byte ^ how.bits : byte));
    }
    case "truncate":
      return bytes.slice(0, how.to % (bytes.length + 1));
    case "insert": {
      const at = how.at % (bytes.length + 1);
      return concat(bytes.subarray(0, at), fromHex(how.bytes), bytes.subarray(at));
    }
    case "remove": {
      const at = how.at % (bytes.length + 1);
      return concat(bytes.subarray(0, at), bytes.subarray(at + how.count));
    }
    case "replace":
      return fromHex(how.bytes);
  }
}
