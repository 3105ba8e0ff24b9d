/**
 * The counter of MKPF 類型① in a world: its card reader, and the reading software (利用者クライアントソフト)
 * that the world leaves to whoever opens it.
 */
import type { CounterCardReader } from "../platform/index.ts";
import type { Random } from "../random.ts";
import type { InProcessReader } from "../reader/index.ts";
import type { CvAnchors } from "./issuer.ts";
import { COUNTER_READER, type LabReaders, type LyingCard } from "./readers.ts";

export interface CounterStation {
  readonly slot: InProcessReader;
  /** What lies in the reader now. */
  lying(): LyingCard | undefined;
  /** What a card has to lead to, to be genuine. */
  readonly anchors: CvAnchors;
  readonly random: Random;
}

export type ReadingSoftware = (station: CounterStation) => CounterCardReader;

/** The reading software at the counter; undefined where the world has none. */
export function counterReader(
  software: ReadingSoftware | undefined,
  readers: LabReaders,
  about: Pick<CounterStation, "anchors" | "random">,
): CounterCardReader | undefined {
  const { slot } = readers.find(COUNTER_READER).device;
  if (software === undefined || slot === undefined) return undefined;
  return software({ ...about, slot, lying: () => readers.find(COUNTER_READER).lying });
}
