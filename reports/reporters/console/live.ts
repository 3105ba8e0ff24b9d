/**
 * The run on a terminal while it goes on: a function from events to lines. Whoever owns the terminal
 * writes them there.
 */
import type {
  JournalEvent,
  RunStarted,
  ScenarioEnded,
  ScenarioEvent,
} from "../../journal/events.ts";
import { AttemptFold } from "../../journal/fold-attempt.ts";
import type { AttemptSummary } from "../../journal/summary.ts";
import { failureFacts } from "../../text/failure-facts.ts";
import { duration } from "../../text/format.ts";
import { type Language, speaker } from "../../text/language.ts";
import { visible, visibleLine } from "../../text/visible.ts";
import { columns, padEnd, padStart } from "../../text/width.ts";
import { OUTCOMES, WORDS } from "../../text/words.ts";
import { type Brush, brush, outcomeColor } from "./brush.ts";

export interface ConsoleOptions {
  readonly lang: Language;
  /** Whether lines carry colour. Default false. */
  readonly color?: boolean;
}

/**
 * A function that takes the events of a run one by one and gives the lines each is worth.
 *
 * @example ✓ CR-01 利用者証明用PINの誤り (12 ms)
 */
export function liveConsole(options: ConsoleOptions): (event: JournalEvent) => string[] {
  const paint = brush(options.color ?? false);
  const attempts = new Map<string, AttemptFold>();
  const done = new Set<string>();
  let planned = 0;

  const remember = (event: ScenarioEvent): AttemptFold => {
    const key = JSON.stringify([event.run, event.scenario, event.attempt]);
    const attempt = attempts.get(key) ?? new AttemptFold(event);
    if (event.type === "scenario-ended") attempts.delete(key);
    else attempts.set(key, attempt);
    attempt.add(event);
    return attempt;
  };

  return (event) => {
    if (event.type === "run-started") {
      planned += event.planned;
      return [opening(event, options.lang, paint)];
    }
    if (!("scenario" in event)) return [];
    const attempt = remember(event);
    if (event.type !== "scenario-ended") return [];
    done.add(JSON.stringify([event.run, event.scenario]));
    const progress = paint("dim", `${padStart(String(done.size), `${planned}`.length)}/${planned}`);
    return [
      `${progress} ${verdictLine(event, options.lang, paint)}`,
      ...details(attempt.summary(), options.lang, paint),
    ];
  };
}

function opening({ project, seed, planned, shard }: RunStarted, lang: Language, paint: Brush) {
  const say = speaker(lang);
  const part = shard === undefined ? "" : ` (${shard.index}/${shard.count})`;
  const total = say({ ja: `試験 ${planned}件`, en: `${planned} scenarios` });
  const name = paint("bold", `jpki-bench  ${visibleLine(project)}${part}`);
  return `${name}  ${total}  ${say(WORDS.seed)}: ${visibleLine(seed)}`;
}

function verdictLine(event: ScenarioEnded, lang: Language, paint: Brush): string {
  const say = speaker(lang);
  const mark = paint(outcomeColor(event.verdict), OUTCOMES[event.verdict].mark);
  const name = `${visibleLine(event.scenario)} ${visibleLine(say(event.title))}`;
  return `${mark} ${name}${paint("dim", aside(event, lang))}`;
}

/** How long it took and at which attempt, or why it was skipped. */
function aside({ verdict, milliseconds, attempt, reason }: ScenarioEnded, lang: Language): string {
  const say = speaker(lang);
  if (verdict === "skipped") return reason === undefined ? "" : ` — ${visibleLine(say(reason))}`;
  const again = attempt > 1 ? `, ${say(WORDS.attempt)} ${attempt}` : "";
  return ` (${duration(milliseconds)}${again})`;
}

/** The failure of an attempt, a fact a line, values of several lines indented under the first. */
function details(attempt: AttemptSummary, lang: Language, paint: Brush): string[] {
  if (attempt.outcome !== "failed") return [];
  const found = failureFacts(attempt).map(({ label, value }) => ({
    label: label[lang],
    lines: visible(value[lang]).split("\n"),
  }));
  const width = Math.max(0, ...found.map(({ label }) => columns(label)));
  return found.flatMap(({ label, lines }) =>
    lines.map((line, i) => {
      const head = padEnd(i === 0 ? label : "", width);
      return `      ${paint("dim", head)}  ${line.replaceAll("\t", "  ")}`;
    }),
  );
}
