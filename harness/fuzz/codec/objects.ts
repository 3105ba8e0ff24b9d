/** BER-TLV objects (X.690 8.1) and hexadecimal: any bytes, and any text. */
import fc from "fast-check";
import { z } from "zod";
import {
  encodeTlv,
  fromHex,
  parseTlvs,
  type Tlv,
  toHex,
} from "../../../simulator/iso7816/index.ts";
import { hexBytes, mutate, mutation, mutationSchema } from "../mutation.ts";
import { type FuzzProperty, property } from "../property.ts";
import { decoding } from "./rejection.ts";

/** What is under test; a test puts a broken one here. */
export interface TlvCodec {
  readonly encodeTlv: (tag: number, ...values: readonly Uint8Array[]) => Uint8Array;
  readonly parseTlvs: (bytes: Uint8Array) => Tlv[];
}

const OURS: TlvCodec = { encodeTlv, parseTlvs };

/** Tags of the card's records (card-facts section 5) and of certificates. */
const TAGS = [0x01, 0x30, 0x7f21, 0x7f4e, 0x5f37, 0xdf22, 0xdf51, 0xff20];

const objectsSchema = z.strictObject({
  objects: z.array(z.strictObject({ tag: z.int().positive(), value: z.hex() })),
  mutations: z.array(mutationSchema),
});

const objects = fc.record({
  objects: fc.array(
    fc.record({ tag: fc.constantFrom(...TAGS), value: fc.oneof(hexBytes(8), hexBytes(300)) }),
    { maxLength: 4 },
  ),
  mutations: fc.array(mutation, { maxLength: 2 }),
});

export function tlvProperties(codec: TlvCodec = OURS): FuzzProperty[] {
  const bytesOf = ({ objects: list, mutations }: z.infer<typeof objectsSchema>) => {
    const encoded = list.map(({ tag, value }) => codec.encodeTlv(tag, fromHex(value)));
    return mutate(Uint8Array.from(encoded.flatMap((bytes) => [...bytes])), ...mutations);
  };
  return [
    property({
      name: "tlv-objects",
      title: {
        ja: "TLVは往復で変わらず、壊れたものは位置の分かる拒否になる",
        en: "TLV objects survive a round trip; damaged ones are refused with their place",
      },
      schema: objectsSchema,
      arbitrary: objects,
      show: (input) => [toHex(bytesOf(input))],
      judge: (input) => {
        const bytes = bytesOf(input);
        const whole = input.mutations.length === 0;
        return decoding(bytes, codec.parseTlvs, (found) => [
          ...covering(found, bytes.length),
          ...(whole ? differing(input.objects, found) : []),
        ]);
      },
    }),
  ];
}

/** Objects one after another, without a gap, to the end, each value the end of its object. */
function covering(found: readonly Tlv[], length: number): string[] {
  let end = 0;
  for (const { offset, length: size, value } of found) {
    if (offset !== end) return [`an object at ${offset}, the one before ended at ${end}`];
    if (value.length > size) return [`a value longer than its object at ${offset}`];
    end += size;
  }
  return end === length ? [] : [`the objects end at ${end} of ${length}`];
}

function differing(
  sent: readonly { tag: number; value: string }[],
  found: readonly Tlv[],
): string[] {
  const expected = JSON.stringify(sent.map(({ tag, value }) => [tag, value]));
  const actual = JSON.stringify(found.map(({ tag, value }) => [tag, toHex(value)]));
  return expected === actual ? [] : [`${expected} came back as ${actual}`];
}

export const hexProperty: FuzzProperty = property({
  name: "hex-text",
  title: {
    ja: "任意の文字列は、元に戻せる16進か、位置の分かる拒否になる",
    en: "any text is hexadecimal that prints back, or is refused with its place",
  },
  schema: z.string(),
  arbitrary: fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(..."0123456789aAfF gx\n") })),
  show: (text) => [JSON.stringify(text)],
  judge: (text) =>
    decoding(
      new TextEncoder().encode(text),
      () => fromHex(text),
      (bytes) => {
        const printed = toHex(bytes);
        return printed === text.replace(/\s/g, "").toUpperCase()
          ? []
          : [`printed back as ${printed}`];
      },
    ),
});
