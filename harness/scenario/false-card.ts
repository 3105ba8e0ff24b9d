/** Cards of the simulated world that a counter must not accept, made from ones that it should. */
import { withForeignKey, withLastDay } from "../../simulator/card/index.ts";
import type { LabCard } from "../../simulator/lab/index.ts";
import { KeyPool } from "../../simulator/pki/index.ts";
import { cacheFolder } from "../config/folders.ts";

/** A key nothing else in a world has drawn. */
const FAR_KEY = 60;

/** Makes the card one that has run out, with certificates that have not. @param day YYYYMMDD */
export function endValidity({ card }: LabCard, day: string): void {
  card.alter((image) => withLastDay(image, day));
}

/** Makes the card a copy of itself, on which the key of the visual application is not the true one. */
export async function counterfeit({ card }: LabCard): Promise<void> {
  const key = await new KeyPool(cacheFolder("keys")).source(FAR_KEY).next();
  card.alter((image) => withForeignKey(image, key));
}
