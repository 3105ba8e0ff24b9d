/**
 * Certificates that were damaged on their way to a platform: whatever became of them, nobody may be
 * told that they are valid, and no platform may stumble.
 */
import fc from "fast-check";
import { z } from "zod";
import { equal, toHex } from "../../../simulator/iso7816/index.ts";
import { BenchError } from "../../errors.ts";
import { mutate, mutation, mutationSchema } from "../mutation.ts";
import { type FuzzProperty, property } from "../property.ts";

/** A municipal system's question about a certificate; only `valid` lets anyone in. */
export type Ask = (certificate: Uint8Array) => Promise<{ readonly result: string }>;

const schema = z.strictObject({
  ask: z.string(),
  /** Whose certificate, by its place in the list. */
  whose: z.int().nonnegative(),
  damage: z.array(mutationSchema),
});

/**
 * @param asks what is under test, by name; a test puts broken platforms here
 * @param certificates DER, all of them valid as they are
 */
export function certificateProperty(
  asks: Readonly<Record<string, Ask>>,
  certificates: readonly Uint8Array[],
): FuzzProperty {
  const bytesOf = (whose: number) => certificates[whose % certificates.length] ?? new Uint8Array();
  return property<z.infer<typeof schema>>({
    name: "certificates",
    title: {
      ja: "壊れた証明書は決して有効と答えられず、5xxにもならない",
      en: "a damaged certificate is never answered as valid, and never by 5xx",
    },
    schema,
    arbitrary: fc.record({
      ask: fc.constantFrom(...Object.keys(asks)),
      whose: fc.nat(certificates.length - 1),
      damage: fc.array(mutation, { minLength: 1, maxLength: 2 }),
    }),
    show: ({ ask, whose, damage }) => [
      `${ask}, certificate ${whose}: ${JSON.stringify(damage)}`,
      toHex(mutate(bytesOf(whose), ...damage)),
    ],
    judge: async ({ ask, whose, damage }) => {
      const whole = bytesOf(whose);
      const damaged = mutate(whole, ...damage);
      if (equal(whole, damaged)) return [];
      const result = await asks[ask]?.(damaged).then((answer) => answer.result, refusalOf);
      return result === "valid" || result?.startsWith("!") ? [`${ask} answered ${result}`] : [];
    },
  });
}

/** A refusal is an answer; anything else is none, and told with a mark in front. */
function refusalOf(error: unknown): string {
  const refused = error instanceof BenchError && error.code === "PLATFORM_REFUSED";
  return refused ? "refused" : `! ${String(error)}`;
}
