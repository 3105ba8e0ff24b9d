/** How many scenarios of each system came to which verdict, as rows of a sheet. */
import type { CellObject } from "write-excel-file/node";
import type { Counts, RunSummary } from "../../journal/summary.ts";
import { type Language, speaker } from "../../text/language.ts";
import { systemName } from "../../text/systems.ts";
import { OUTCOME_ORDER, OUTCOMES, WORDS } from "../../text/words.ts";
import { type Look, number, seconds, text } from "./cells.ts";
import { BODY, HEAD, SUM, verdictLook } from "./look.ts";

export function countRows({ systems, counts }: RunSummary, lang: Language): CellObject[][] {
  const say = speaker(lang);
  const heads = [
    WORDS.system,
    ...OUTCOME_ORDER.map((outcome) => OUTCOMES[outcome]),
    WORDS.total,
    { ja: "所要時間(秒)", en: "Time (s)" },
  ];
  const time = systems.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [
    heads.map((head, i) => text(say(head), i === 0 ? HEAD : { ...HEAD, align: "right" })),
    ...systems.map(({ system, counts: own, milliseconds }) => [
      text(say(systemName(system)), BODY),
      ...figures(own, BODY),
      seconds(milliseconds, BODY),
    ]),
    [text(say(WORDS.total), SUM), ...figures(counts, SUM), seconds(time, SUM)],
  ];
}

/** A figure other than zero has the colour of its verdict, which stands above it in words. */
function figures(counts: Counts, look: Look): CellObject[] {
  const cells = OUTCOME_ORDER.map((outcome) =>
    number(counts[outcome], "0", counts[outcome] === 0 ? look : verdictLook(outcome)),
  );
  return [...cells, number(counts.total, "0", look)];
}
