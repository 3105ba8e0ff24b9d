/**
 * Fuzzing the simulated card: histories with power cuts against its model, and any bytes against what
 * holds for every card.
 */
import type { CardImage } from "../../../simulator/card/index.ts";
import { history } from "../../../simulator/card/model/arbitraries.ts";
import { describeEvent, History } from "../../../simulator/card/model/event.ts";
import { differences } from "../../../simulator/card/model/run.ts";
import { type FuzzProperty, property } from "../property.ts";
import { Tally } from "../tally.ts";
import { type FuzzTarget, inMemory } from "../target.ts";
import { anyBytes } from "./any-bytes.ts";
import { historySchema } from "./history-input.ts";
import { REPERTOIRE } from "./repertoire.ts";
import { specimen } from "./specimen.ts";

/** @param image of the card under test; a test puts a broken one here */
export function cardHistories(image: CardImage): FuzzProperty {
  const tally = new Tally(REPERTOIRE);
  const onAnswer = (sw: number) => tally.count(sw);
  return property({
    name: "histories",
    title: {
      ja: "どんな手順と電源断でも模型のとおりに答え、数え、許す",
      en: "through any history with power cuts the card answers, counts and opens like its model",
    },
    schema: historySchema,
    arbitrary: history.map(({ events }) => events),
    show: (events) => events.map(describeEvent),
    judge: (events) => differences(image, new History(events), { onAnswer }),
    tally,
  });
}

export const cardTarget: FuzzTarget = {
  title: { ja: "模擬カード", en: "the simulated card" },
  open: async () => {
    const image = await specimen();
    return inMemory([cardHistories(image), anyBytes(image)]);
  },
};
