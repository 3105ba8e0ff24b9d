/** What a test card is to be charged, and what it was: as `plan` and `run` tell it. */
import type { Bilingual } from "../../reports/index.ts";
import { GUARDED_PINS, type Tries, type TryBudget } from "../guard/index.ts";
import type { CardCharge } from "../run/plan.ts";
import type { CardAccount } from "../run/run.ts";

export function plannedLines({ id, planned, budget }: CardCharge): Bilingual[] {
  const tries = fractions(planned, budget);
  return [
    {
      ja: `テスト用カード ${id}\n    消費予定／予算: ${tries}（正しいPINで戻る分を除く）`,
      en: `test card ${id}\n    tries planned/budget: ${tries} (without those the right PIN gives back)`,
    },
  ];
}

export function chargedLines({ id, charged, budget, latched }: CardAccount): Bilingual[] {
  const tries = fractions(charged, budget);
  const spent = {
    ja: `テスト用カード ${id}\n    消費／予算: ${tries}`,
    en: `test card ${id}\n    tries spent/budget: ${tries}`,
  };
  if (latched === undefined) return [spent];
  const stopped = {
    ja: `    以後このカードには何も送っていません: ${latched}`,
    en: `    nothing more was sent to it: ${latched}`,
  };
  return [spent, stopped];
}

function fractions(tries: Tries, budget: TryBudget): string {
  return GUARDED_PINS.map((pin) => `${pin} ${tries[pin]}/${budget[pin]}`).join(", ");
}
