/** What came of a benchmark, and how it is written down. */
import type { Bilingual } from "../../reports/index.ts";
import type { Benchmark } from "./benchmark.ts";

/** What can be told of a benchmark without running it. */
export type Description = Pick<Benchmark, "name" | "title" | "peer" | "unit" | "target">;

export interface BenchmarkResult extends Description {
  /** In the unit; null when it could not be measured. */
  readonly value: number | null;
  /** The same of the peer; null when there was none to measure. */
  readonly reference: number | null;
  /** Speed relative to the reference: 1 is as fast, 0.5 half as fast, whatever the unit. */
  readonly ratio: number | null;
  /** Null where there is nothing to be met, or nothing to tell it by. */
  readonly met: boolean | null;
  /** Why there is no answer, or why it is no. */
  readonly why?: Bilingual;
}

/** One entry of results.json. */
export interface ResultRecord {
  readonly name: string;
  readonly value: number | null;
  readonly unit: string;
  readonly reference: number | null;
  readonly ratio: number | null;
  readonly target: number | null;
  readonly met: boolean | null;
  /** Both languages, Japanese first. */
  readonly why?: string;
}

const FOR_INFORMATION: Bilingual = { ja: "参考値（目標なし）", en: "for information, no target" };

/** Two figures of one round, compared. */
export function comparison(
  description: Description,
  value: number,
  reference: number,
): BenchmarkResult {
  const ratio = speedRatio(description.unit, value, reference);
  const compared = { ...facts(description), value, reference, ratio };
  if (description.target === null) return { ...compared, met: null, why: FOR_INFORMATION };
  return { ...compared, met: ratio >= description.target };
}

/** A figure with nothing beside it. */
export function withoutReference(
  description: Description,
  value: number,
  missing: string,
): BenchmarkResult {
  const why = {
    ja: `${missing} が見つからないため比較していません`,
    en: `${missing} is not installed, so there is nothing to compare with`,
  };
  return { ...facts(description), value, reference: null, ratio: null, met: null, why };
}

/** No figure at all, for want of what both sides stand on. */
export function unmeasured(description: Description, missing: readonly string[]): BenchmarkResult {
  const names = missing.join(", ");
  const why = {
    ja: `${names} が見つからないため測定していません`,
    en: `not measured, because this machine lacks ${names}`,
  };
  return { ...facts(description), value: null, reference: null, ratio: null, met: null, why };
}

/** A benchmark that broke: what cannot be measured is not met. */
export function failure(description: Description, message: string): BenchmarkResult {
  const why = { ja: `測定に失敗: ${message}`, en: `could not be measured: ${message}` };
  return {
    ...facts(description),
    value: null,
    reference: null,
    ratio: null,
    met: false,
    why,
  };
}

/** Rates compare as they are, durations the other way round. */
export function speedRatio(unit: string, value: number, reference: number): number {
  return unit === "ms" ? reference / value : value / reference;
}

export function toRecord(result: BenchmarkResult): ResultRecord {
  const { name, value, unit, reference, ratio, target, met, why } = result;
  return {
    name,
    value: rounded(value),
    unit,
    reference: rounded(reference),
    ratio: rounded(ratio),
    target,
    met,
    ...(why === undefined ? {} : { why: `${why.ja} / ${why.en}` }),
  };
}

/** What is sent from process to process holds no functions. */
function facts({ name, title, peer, unit, target }: Description): Description {
  return { name, title, peer, unit, target };
}

/** Four figures: more would claim what no benchmark knows. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(4));
}
