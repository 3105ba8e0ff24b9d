/** The card of a project, simulated or physical, in its reader and for one session. */
import { randomUUID } from "node:crypto";
import type { Effect } from "../../reports/index.ts";
import type { CardImage } from "../../simulator/card/index.ts";
import { Secret } from "../card/index.ts";
import type { ProjectConfig } from "../config/config.ts";
import { guarded } from "../guard/index.ts";
import type { Reader } from "../reader/index.ts";
import { lockProject } from "../run/lock-project.ts";
import { Workbench } from "../scenario/workbench.ts";
import type { KnownPins } from "./holes.ts";

export interface BenchCard {
  /** Neither traced nor guarded. */
  readonly bare: Reader;
  /** Puts the project's guard around a reader. */
  readonly guard: (reader: Reader) => Reader;
  readonly pins: KnownPins;
}

export interface BenchCardOptions {
  readonly project: ProjectConfig;
  /** Of the simulated card's holder. */
  readonly seed: string;
  /** What may happen to a declared test card. */
  readonly effect: Effect;
  /** Changes the simulated card before it goes into the reader; not called for a physical one. */
  readonly alter?: (image: CardImage) => CardImage;
}

/**
 * Gives `work` the card and keeps other runs from its reader; puts everything away afterwards.
 *
 * @throws BenchError READER_LOCKED and what the reader throws
 */
export async function withBenchCard<T>(
  options: BenchCardOptions,
  work: (card: BenchCard) => Promise<T>,
): Promise<T> {
  const lock = await lockProject(options.project, "record");
  try {
    return await atWorkbench(options, work);
  } finally {
    await lock?.release();
  }
}

async function atWorkbench<T>(
  { project, seed, effect, alter }: BenchCardOptions,
  work: (card: BenchCard) => Promise<T>,
): Promise<T> {
  const workbench = new Workbench({ run: randomUUID(), seed, project });
  try {
    const lab = await workbench.openLab("record");
    try {
      const issued = await lab?.issueCard("adult");
      if (alter !== undefined) issued?.card.alter(alter);
      const bare = await workbench.station.insert(issued);
      const guard = (reader: Reader) =>
        guarded(reader, workbench.guardPolicy(effect), workbench.ledger);
      const known = issued?.pins ?? project.testCard?.pins ?? {};
      const entries = Object.entries(known).map(([name, pin]) => [name, new Secret(String(pin))]);
      return await work({ bare, guard, pins: Object.fromEntries(entries) as KnownPins });
    } finally {
      await lab?.close();
    }
  } finally {
    await workbench.close();
  }
}
