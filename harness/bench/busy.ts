/** A word of warning for whoever measures on a machine that has something else to do. */
import type { Bilingual } from "../../reports/index.ts";

const BUSY: Bilingual = {
  ja: "この機械では他の処理が動いています。複数コアを使う比較は当てになりません。",
  en: "This machine is busy: comparisons that take several cores are not to be trusted.",
};

/**
 * @param load average number of processes that want a core, over the last minute
 * @param cores how many there are
 */
export function busyWarning(load: number, cores: number): Bilingual | undefined {
  return load > cores / 2 ? BUSY : undefined;
}
