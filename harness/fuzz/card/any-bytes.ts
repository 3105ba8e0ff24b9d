/**
 * Commands no model knows: damaged ones and plain noise, in the middle of a conversation. Whatever
 * comes, the card answers with a status of its own (card-facts section 4), tells no private key, and
 * no counter rises but by the right PIN.
 */
import fc from "fast-check";
import { z } from "zod";
import { type CardImage, MemoryCardStore, SimulatedCard } from "../../../simulator/card/index.ts";
import { LEGAL_STATUSES } from "../../../simulator/card/model/statuses.ts";
import { privateParts, triesOf } from "../../../simulator/card/model/watch.ts";
import { fromHex, parseResponse, toHex } from "../../../simulator/iso7816/index.ts";
import { Random } from "../../../simulator/random.ts";
import { hexBytes, mutate, mutation, mutationSchema } from "../mutation.ts";
import { type FuzzProperty, property } from "../property.ts";
import { Tally } from "../tally.ts";
import { REPERTOIRE } from "./repertoire.ts";

const stepSchema = z.strictObject({ apdu: z.hex(), damage: z.array(mutationSchema) });
type Step = z.infer<typeof stepSchema>;

/** Each application, each kind of command, the right PINs among them. */
const SEEDS = [
  "00A4040C0AD392F000260100000001",
  "00A4040C0AD3921000310001010408",
  "00A4040C0AD3921000310001010402",
  "00A4040C0AD3921000310001010401",
  "00A4040C0AD3921000310001010100",
  "00A4020C020018",
  "00A4020C020011",
  "00A4020C02000A",
  "00B0000000",
  "00B00000000000",
  "00B2010C00",
  "00CB3FFF055C03DF210000",
  "0020008004",
  "002000800431323334",
  "002000800439393939",
  "00240180043536373800",
  "802A0080200000000000000000000000000000000000000000000000000000000000000000",
  "00880099081122334455667788",
  "0084000010",
  "0022C1A40680010A840117",
  "0CB000000D9701008E0800000000000000000000",
] as const;

const whole = (...apdus: readonly string[]): Step[] => apdus.map((apdu) => ({ apdu, damage: [] }));

/** Ways into the card, so that there are losses to come back and rights to be had. */
const WAYS = [
  whole(SEEDS[0], "00A4020C020018", "002000800439393939"),
  whole(SEEDS[0], "00A4020C020018", "002000800431323334", "00A4020C020017"),
  whole(SEEDS[1], "00A4020C020011", "002000800431323334"),
  whole(SEEDS[2], "00A4020C020011", "0020008006303230313031"),
] as const;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      apdu: fc.constantFrom<string[]>(...SEEDS),
      damage: fc.array(mutation, { maxLength: 2 }),
    }),
  },
  { weight: 1, arbitrary: hexBytes(40).map((apdu) => ({ apdu, damage: [] })) },
);

const steps: fc.Arbitrary<Step[]> = fc
  .array(
    fc.oneof(
      { weight: 6, arbitrary: step.map((one) => [one]) },
      { weight: 1, arbitrary: fc.constantFrom(...WAYS) },
    ),
    { minLength: 1, maxLength: 20, size: "max" },
  )
  .map((blocks) => blocks.flat());

/** What is under test; a test puts a broken one here. */
export interface FuzzedCard {
  readonly image: CardImage;
  transmit(command: Uint8Array): Uint8Array;
}

/** @param insert the card, powered, as new */
export function anyBytes(
  image: CardImage,
  insert: () => FuzzedCard = () => powered(image),
): FuzzProperty {
  const forbidden = privateParts(image);
  const tally = new Tally(REPERTOIRE);
  return property<readonly Step[]>({
    name: "any-bytes",
    title: {
      ja: "どんなバイト列にも定められた状態語で答え、秘密鍵を出さず、残り回数を増やさない",
      en: "any bytes get a legal status, no private key and no tries back",
    },
    schema: z.array(stepSchema),
    arbitrary: steps,
    show: (list) => list.map((step) => `> ${toHex(bytesOf(step))}`),
    judge: (list) => {
      const card = insert();
      return list.flatMap((step) => answered(card, bytesOf(step), { forbidden, tally }));
    },
    tally,
  });
}

function powered(image: CardImage): SimulatedCard {
  const options = { store: new MemoryCardStore(), random: new Random("any bytes") };
  const card = new SimulatedCard(image, options);
  card.powerOn();
  return card;
}

function bytesOf({ apdu, damage }: Step): Uint8Array {
  return mutate(fromHex(apdu), ...damage);
}

interface Watch {
  readonly forbidden: readonly string[];
  readonly tally: Tally;
}

function answered(card: FuzzedCard, command: Uint8Array, { forbidden, tally }: Watch): string[] {
  const before = triesOf(card.image);
  const answer = toHex(card.transmit(command));
  const { sw } = parseResponse(fromHex(answer));
  tally.count(sw);
  const after = triesOf(card.image);
  const rose = Object.keys(after).filter((pin) => (after[pin] ?? 0) > (before[pin] ?? 0));
  const to = `> ${toHex(command)}`;
  return [
    ...(LEGAL_STATUSES.has(sw)
      ? []
      : [`${to} answered ${sw.toString(16)}, no status of this card`]),
    ...(sw === 0x9000 ? [] : rose.map((pin) => `${to} gave tries of ${pin} back`)),
    ...(forbidden.some((part) => answer.includes(part)) ? [`${to} told a private key`] : []),
  ];
}
