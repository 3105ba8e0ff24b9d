/** A card in a file of its own, for the least process that can hold it. */
import { join } from "node:path";
import { FileCardStore, personalise } from "../../../../simulator/card/index.ts";
import { testSpec } from "../../../../simulator/card/testing/spec.ts";
import type { CardFigures } from "./card-figures.ts";
import { type CardHunt, huntCard } from "./card-hunt.ts";

export interface HolderCardHunt extends Omit<CardHunt, "card" | "victim"> {
  /** Folder for the file. */
  readonly folder: string;
  /** Words for Node.js that start card-holder.ts. */
  readonly holder: readonly string[];
}

/** @throws Violation */
export async function huntHolderCard({
  folder,
  holder,
  ...hunt
}: HolderCardHunt): Promise<CardFigures> {
  const card = join(folder, "card.json");
  new FileCardStore(card).save(personalise(testSpec()));
  return huntCard({ ...hunt, card, victim: (port) => [...holder, card, String(port)] });
}
