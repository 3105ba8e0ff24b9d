/** The card of a lab, `jpki-bench lab --vpcd`, as it lies in its state directory. */
import { join } from "node:path";
import type { CardFigures } from "./card-figures.ts";
import { type CardHunt, huntCard } from "./card-hunt.ts";
import { Victim } from "./victim.ts";

export interface LabCardHunt
  extends Pick<CardHunt, "kills" | "seed" | "aim" | "onProgress" | "env"> {
  /** State directory of the lab, which is founded here. */
  readonly folder: string;
  /** Words for Node.js that start a lab. */
  readonly lab: readonly string[];
}

/** @throws Violation */
export async function huntLabCard({ folder, lab, ...hunt }: LabCardHunt): Promise<CardFigures> {
  const words = [...lab, "--state", folder, "--seed", hunt.seed];
  const founded = Victim.start(words);
  await founded.firstLine();
  await founded.kill();
  return huntCard({
    ...hunt,
    card: join(folder, "cards", "R0001-1.json"),
    victim: (port) => [...words, "--vpcd", `127.0.0.1:${port}`],
  });
}
