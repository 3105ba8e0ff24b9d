/** Control API: cards, as the counter and the laboratory handle them. */
import { z } from "zod";
import {
  exportCard,
  QUIRKS,
  serialiseCard,
  withAnswerToReset,
  withQuirks,
  withTriesLeft,
} from "../../card/index.ts";
import { findCard, importCard } from "../card-desk.ts";
import { allCards, cardRow } from "../control-rows.ts";
import { holderPin, QUIRK_NAMES, cardRow as row } from "../rows.ts";
import type { ControlledLab } from "./controlled-lab.ts";
import { named } from "./named.ts";
import { operation } from "./operation.ts";
import { atr } from "./residents.ts";

const id = z.string().describe("R0001-1, or R0001-S1 for a smartphone");

const quirk = named(
  "Quirk",
  z.strictObject({
    name: z.enum(QUIRK_NAMES),
    effect: z.string(),
    source: z.string(),
    unverified: z.boolean().describe("whether the default behaviour is a guess"),
  }),
);

export const cardOperations = {
  listCards: operation(
    {
      room: "cards",
      method: "GET",
      path: "/cards",
      ja: "カードとスマートフォンの一覧",
      en: "Every present card and smartphone",
      answer: z.array(row),
    },
    (lab) => allCards(lab).map((card) => cardRow(lab, card)),
  ),
  getCard: operation(
    {
      room: "cards",
      method: "GET",
      path: "/cards/:id",
      ja: "カードを見る（暗証番号と残り回数を含む）",
      en: "One card, with its PINs and their counters",
      fields: { id },
      answer: row,
    },
    (lab, asked) => cardRow(lab, findCard(lab, asked.id)),
  ),
  unblockPin: operation(
    {
      room: "cards",
      method: "POST",
      path: "/cards/:id/unblock",
      ja: "窓口で暗証番号を初期化する",
      en: "Restore the tries of a PIN at the counter, and set it anew when a value is given",
      fields: { id, pin: holderPin, value: z.string().optional() },
      answer: row,
    },
    (lab, { id: card, pin, value }) =>
      handled(lab, card, async () => lab.counter.unblock(findCard(lab, card), pin, value)),
  ),
  setTriesLeft: operation(
    {
      room: "cards",
      method: "PUT",
      path: "/cards/:id/tries-left",
      ja: "暗証番号の残り回数を設定する（0は閉塞）",
      en: "Set the tries left of a PIN, as if wrong ones had been presented; 0 blocks it",
      fields: { id, pin: holderPin, left: z.int().nonnegative() },
      answer: row,
    },
    (lab, { id: card, pin, left }) =>
      altered(lab, card, (image) => withTriesLeft(image, pin, left)),
  ),
  setQuirks: operation(
    {
      room: "cards",
      method: "PUT",
      path: "/cards/:id/quirks",
      ja: "カードの個体差を設定する（挙げないものは既定に戻る）",
      en: "Give a card peculiarities; those not named are off",
      fields: { id, quirks: z.array(z.enum(QUIRK_NAMES)) },
      answer: row,
    },
    (lab, { id: card, quirks }) =>
      altered(lab, card, (image) =>
        withQuirks(image, Object.fromEntries(quirks.map((name) => [name, true]))),
      ),
  ),
  setAnswerToReset: operation(
    {
      room: "cards",
      method: "PUT",
      path: "/cards/:id/answer-to-reset",
      ja: "カードのATRを変える",
      en: "Let a card answer reset otherwise",
      fields: { id, atr },
      answer: row,
    },
    (lab, { id: card, atr: name }) => altered(lab, card, (image) => withAnswerToReset(image, name)),
  ),
  listQuirks: operation(
    {
      room: "cards",
      method: "GET",
      path: "/quirks",
      ja: "カードの個体差の一覧",
      en: "Peculiarities a card can have, and who doubts what",
      answer: z.array(quirk),
    },
    () => QUIRK_NAMES.map((name) => ({ name, ...QUIRKS[name] })),
  ),
  exportCard: operation(
    {
      room: "cards",
      method: "GET",
      path: "/cards/:id/export",
      ja: "カードを書き出す（秘密は要約値）",
      en: "A card as text, one fact a line, secrets and personal data as digests",
      fields: { id },
      answer: z.string(),
      type: "text/plain; charset=utf-8",
    },
    (lab, asked) => exportCard(findCard(lab, asked.id).card.image),
  ),
  getCardImage: operation(
    {
      room: "cards",
      method: "GET",
      path: "/cards/:id/image",
      ja: "カードの全体（鍵と暗証番号を含む）",
      en: "All of a card, keys and PINs included: what importCard takes",
      fields: { id },
      answer: z.string(),
      type: "text/plain; charset=utf-8",
    },
    (lab, asked) => serialiseCard(findCard(lab, asked.id).card.image),
  ),
  importCard: operation(
    {
      room: "cards",
      method: "POST",
      path: "/cards/import",
      ja: "書き出したときの状態にカードを戻す（台帳と認証局は変わらない）",
      en: "Put a card back into the state it was taken in; register and CAs stay as they are",
      fields: { image: z.string().describe("what getCardImage gave") },
      answer: row,
    },
    async (lab, { image }) => {
      const id = await lab.readers.around(async () => importCard(lab, image));
      return cardRow(lab, findCard(lab, id));
    },
  ),
};

async function handled(lab: ControlledLab, id: string, act: () => Promise<void>) {
  await lab.readers.around(act);
  return cardRow(lab, findCard(lab, id));
}

function altered(
  lab: ControlledLab,
  id: string,
  change: Parameters<ReturnType<typeof findCard>["card"]["alter"]>[0],
) {
  return handled(lab, id, async () => findCard(lab, id).card.alter(change));
}
