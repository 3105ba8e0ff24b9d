/**
 * Fuzzing the clients of the card against a card that lies: typed errors always, no PIN sent again,
 * and an end after a bounded number of exchanges.
 */
import fc from "fast-check";
import { z } from "zod";
import type { CardImage } from "../../../simulator/card/index.ts";
import { BenchError } from "../../errors.ts";
import { specimen } from "../card/specimen.ts";
import { hexBytes, mutation, mutationSchema } from "../mutation.ts";
import { fuzzable } from "../physical.ts";
import { type FuzzProperty, property } from "../property.ts";
import { type FuzzTarget, inMemory } from "../target.ts";
import { HostileReader } from "./hostile-reader.ts";
import { TALKS, type Talk } from "./talks.ts";

const schema = z.strictObject({
  talk: z.string(),
  damage: z.array(z.strictObject({ exchange: z.int().nonnegative(), how: mutationSchema })),
  madeUp: z.strictObject({ from: z.int().nonnegative(), answers: z.array(z.hex()) }),
});

type Input = z.infer<typeof schema>;

/** The first exchanges are those every client has. */
const EXCHANGE = fc.oneof(fc.nat(4), fc.nat(24));

/** Lengths still to come, lengths to ask for again, PIN statuses, objects that announce too much. */
const ANSWERS = [
  "6100",
  "61FF",
  "6C00",
  "6C05",
  "63C0",
  "63C1",
  "63C3",
  "6983",
  "6984",
  "6982",
  "6282",
  "6B00",
  "9000",
  "309000",
  "3082FFFF9000",
  "3083FFFFFF9000",
  "FF2083FFFFFF9000",
  "FF20809000",
  "00",
  "",
] as const;

function inputs(talks: readonly string[]): fc.Arbitrary<Input> {
  const answer = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom<string[]>(...ANSWERS) },
    { weight: 1, arbitrary: hexBytes(300) },
  );
  const same = fc.constantFrom<string[]>(...ANSWERS).map((one) => [one]);
  const answers = fc.oneof(same, fc.array(answer, { maxLength: 3 }));
  return fc.record({
    talk: fc.constantFrom(...talks),
    damage: fc.array(fc.record({ exchange: EXCHANGE, how: mutation }), { maxLength: 3 }),
    madeUp: fc.record({ from: EXCHANGE, answers }),
  });
}

/** @param talks what is under test; a test puts broken clients here */
export function clientProperties(
  image: CardImage,
  talks: Readonly<Record<string, Talk>> = TALKS,
): FuzzProperty[] {
  return [
    property({
      name: "hostile-card",
      title: {
        ja: "どんな応答にも型のあるエラーで終わり、PINを送り直さない",
        en: "whatever the card answers: typed errors, no PIN sent again, and an end",
      },
      schema,
      arbitrary: inputs(Object.keys(talks)),
      show: shown,
      judge: async ({ talk, ...hostility }) => {
        const reader = new HostileReader(image, hostility);
        const steps = talks[talk];
        if (steps === undefined) return [`no talk is named ${talk}`];
        await fuzzable(reader).open();
        const odd: string[] = [];
        for (const step of steps(reader)) {
          await step().catch((error: unknown) => {
            if (!(error instanceof BenchError)) odd.push(`failed with ${String(error)}`);
          });
        }
        return [...odd, ...reader.misdeeds];
      },
    }),
  ];
}

function shown({ talk, damage, madeUp }: Input): string[] {
  const { from, answers } = madeUp;
  return [
    talk,
    ...damage.map(({ exchange, how }) => `exchange ${exchange}: ${JSON.stringify(how)}`),
    ...(answers.length === 0 ? [] : [`from exchange ${from}: < ${answers.join(" < ")}`]),
  ];
}

export const clientTarget: FuzzTarget = {
  title: { ja: "カードのクライアント", en: "clients of the card" },
  open: async () => inMemory(clientProperties(await specimen())),
};
