/**
 * What holds for every decoder of a byte stream: however the line cuts it, the same frames come out;
 * frames alone come out as they went in; noise is refused with a code or passed over, and once it has
 * ended the next frame is heard.
 */
import fc from "fast-check";
import { z } from "zod";
import type { Bilingual } from "../../../reports/index.ts";
import { SimulatorError } from "../../../simulator/errors.ts";
import { concat, fromHex, toHex } from "../../../simulator/iso7816/index.ts";
import { hexBytes } from "../mutation.ts";
import { type FuzzProperty, property } from "../property.ts";

/** One kind of framing; a test puts broken ones here. */
export interface Framing {
  readonly name: string;
  readonly title: Bilingual;
  readonly payloadMax: number;
  readonly encode: (payload: Uint8Array) => Uint8Array;
  /** A decoder with nothing in it; gives frames as text that can be compared. */
  readonly decoder: () => (bytes: Uint8Array) => readonly string[];
  /** A frame with this payload, as the decoder tells it. */
  readonly told: (payload: Uint8Array) => string;
  /** What ends any noise; absent where a stream that lost its place never finds it again. */
  readonly silence?: Uint8Array;
  /** Noise that looks like the beginning of something. */
  readonly tempting: readonly string[];
}

const partSchema = z.strictObject({ is: z.enum(["frame", "noise"]), bytes: z.hex() });
const schema = z.strictObject({
  parts: z.array(partSchema),
  /** Lengths of the pieces the line delivers, over and over. */
  pieces: z.array(z.int().positive()).min(1),
});

type Input = z.infer<typeof schema>;

function inputs({ payloadMax, tempting }: Framing): fc.Arbitrary<Input> {
  const payload = fc.oneof(hexBytes(8, 1), hexBytes(payloadMax, 1));
  const noise = fc.oneof(fc.constantFrom(...tempting), hexBytes(20));
  const part = fc.oneof(
    { weight: 2, arbitrary: fc.record({ is: fc.constant("frame" as const), bytes: payload }) },
    { weight: 1, arbitrary: fc.record({ is: fc.constant("noise" as const), bytes: noise }) },
  );
  return fc.record({
    parts: fc.array(part, { maxLength: 6 }),
    pieces: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
  });
}

export function streamProperty(framing: Framing): FuzzProperty {
  const bytesOf = ({ is, bytes }: Input["parts"][number]) =>
    is === "frame" ? framing.encode(fromHex(bytes)) : fromHex(bytes);
  return property<Input>({
    name: framing.name,
    title: framing.title,
    schema,
    arbitrary: inputs(framing),
    show: ({ parts, pieces }) => [
      ...parts.map((part) => `${part.is} ${toHex(bytesOf(part))}`),
      `in pieces of ${pieces.join(", ")}`,
    ],
    judge: ({ parts, pieces }) => {
      const stream = concat(...parts.map(bytesOf));
      const whole = decoded(framing, [stream]);
      const cut = decoded(framing, inPieces(stream, pieces));
      const sent = parts.map(({ bytes }) => framing.told(fromHex(bytes)));
      const clean = parts.every(({ is }) => is === "frame");
      return [
        ...differing("in pieces", whole, cut),
        ...(clean ? differing("of those sent", { frames: sent }, whole) : []),
        ...deafness(framing, stream),
      ];
    },
  });
}

interface Decoded {
  readonly frames: readonly string[];
  /** The code it gave up with. What it had heard before is of no use then. */
  readonly refused?: string;
}

function decoded(framing: Framing, pieces: readonly Uint8Array[]): Decoded {
  const push = framing.decoder();
  try {
    return { frames: pieces.flatMap((piece) => push(piece)) };
  } catch (error) {
    if (error instanceof SimulatorError) return { frames: [], refused: error.code };
    throw error;
  }
}

/** Whether a frame that comes after everything has fallen silent goes unheard. */
function deafness(framing: Framing, stream: Uint8Array): string[] {
  const { silence } = framing;
  if (silence === undefined) return [];
  const last = Uint8Array.of(0x4d);
  const { frames } = decoded(framing, [stream, silence, framing.encode(last)]);
  return frames.at(-1) === framing.told(last) ? [] : ["the frame after the noise went unheard"];
}

function inPieces(stream: Uint8Array, lengths: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, turn = 0; at < stream.length; turn += 1) {
    const length = lengths[turn % lengths.length] ?? 1;
    pieces.push(stream.slice(at, at + length));
    at += length;
  }
  return pieces;
}

function differing(what: string, expected: Decoded, actual: Decoded): string[] {
  const [one, other] = [JSON.stringify(expected), JSON.stringify(actual)];
  return one === other ? [] : [`${what}: ${other} instead of ${one}`];
}
