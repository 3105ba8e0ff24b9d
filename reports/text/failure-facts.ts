/** What a report says about an attempt that failed or was cut short, as a list of named facts. */
import type { Bilingual } from "../journal/events.ts";
import { brokenStep, lastApdu } from "../journal/findings.ts";
import type { AttemptSummary, StepSummary } from "../journal/summary.ts";
import { apduLine } from "./exchange-line.ts";
import { same } from "./language.ts";
import { WORDS } from "./words.ts";

export interface Fact {
  readonly label: Bilingual;
  /** May have several lines. */
  readonly value: Bilingual;
}

/** Step, code, message, expected, actual, place and the last APDU, as far as they are known. */
export function failureFacts(attempt: AttemptSummary): Fact[] {
  const { code, message, expected, actual, location } = attempt.failure ?? {};
  const step = brokenStep(attempt);
  const apdu = lastApdu(attempt);
  const facts: [Bilingual, Bilingual | string | undefined][] = [
    [WORDS.step, step && numbered(step)],
    [WORDS.code, code],
    [WORDS.message, message],
    [WORDS.expected, expected],
    [WORDS.actual, actual],
    [WORDS.location, location],
    [WORDS.lastApdu, apdu && apduLine(apdu)],
  ];
  return facts.flatMap(([label, value]) =>
    value === undefined ? [] : { label, value: typeof value === "string" ? same(value) : value },
  );
}

function numbered({ step, title }: StepSummary): Bilingual {
  return { ja: `${step}. ${title.ja}`, en: `${step}. ${title.en}` };
}
