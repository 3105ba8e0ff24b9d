/** Answers to reset (ISO/IEC 7816-3 section 8): well-formed ones, and what damage makes of them. */
import fc from "fast-check";
import { z } from "zod";
import { type Atr, fromHex, parseAtr, toHex } from "../../../simulator/iso7816/index.ts";
import { hexBytes, mutate, mutation, mutationSchema } from "../mutation.ts";
import { type FuzzProperty, property } from "../property.ts";
import { decoding } from "./rejection.ts";

/** card-facts 1.1 and reader-facts 1: contactless type B, contact, inverse convention, T=0 alone. */
const KNOWN = ["3B888001000005E0B381A1007F", "3BE000FF8131FE4514", "3F00", "3B00"] as const;

const schema = z.strictObject({ atr: z.hex(), mutations: z.array(mutationSchema) });

const arbitrary = fc.record({
  atr: fc.oneof(
    fc.constantFrom(...KNOWN),
    hexBytes(32).map((rest) => `3B${rest}`),
  ),
  mutations: fc.array(mutation, { maxLength: 2 }),
});

/** @param parse what is under test; a test puts a broken one here */
export function atrProperties(parse: (bytes: Uint8Array) => Atr = parseAtr): FuzzProperty[] {
  const bytesOf = ({ atr, mutations }: z.infer<typeof schema>) =>
    mutate(fromHex(atr), ...mutations);
  return [
    property({
      name: "atr-bytes",
      title: {
        ja: "任意のバイト列は、元に戻せるATRか、位置の分かる拒否になる",
        en: "any bytes are an ATR that can be put together again, or are refused with their place",
      },
      schema,
      arbitrary,
      show: (input) => [toHex(bytesOf(input))],
      judge: (input) => {
        const bytes = bytesOf(input);
        return decoding(bytes, parse, (atr) => {
          const again = assembled(atr);
          return again === toHex(bytes) ? [] : [`put together again it is ${again}`];
        });
      },
    }),
  ];
}

/** TS, T0, the interface bytes as their bit maps tell, historical bytes, TCK. */
function assembled({ convention, groups, historical, tck }: Atr): string {
  const bytes = [convention === "direct" ? 0x3b : 0x3f];
  let low = historical.length;
  let announcement = bytes.push(0) - 1;
  for (const { ta, tb, tc, td } of groups) {
    const present = [ta, tb, tc, td].map((value, bit) => (value === undefined ? 0 : 1 << bit));
    bytes[announcement] = (present.reduce((sum, bit) => sum | bit, 0) << 4) | low;
    bytes.push(...[ta, tb, tc, td].filter((value) => value !== undefined));
    if (td === undefined) break;
    announcement = bytes.length - 1;
    low = td & 0x0f;
  }
  bytes.push(...historical, ...(tck === undefined ? [] : [tck]));
  return toHex(Uint8Array.from(bytes));
}
