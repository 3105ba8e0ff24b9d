/** Turns Vitest's results into the journal's verdicts, in the process that drives the run. */
import { relative } from "node:path";
import type { Reporter, TestCase } from "vitest/node";
import type { Failure, Unstamped } from "../../reports/index.ts";
import type { CatalogueEntry } from "./catalogue.ts";

type TestError = NonNullable<ReturnType<TestCase["result"]>["errors"]>[number];

/**
 * The verdict is written here and not in the worker, so that a scenario whose worker dies or whose
 * time runs out still gets one.
 */
export class VerdictReporter implements Reporter {
  passed = 0;
  failed = 0;
  skipped = 0;
  readonly #chosen: ReadonlyMap<string, CatalogueEntry>;
  readonly #write: (event: Unstamped) => void;

  constructor(chosen: ReadonlyMap<string, CatalogueEntry>, write: (event: Unstamped) => void) {
    this.#chosen = chosen;
    this.#write = write;
  }

  onTestCaseResult(test: TestCase): void {
    const entry = this.#chosen.get(test.meta().scenario?.id ?? "");
    // Scenarios of the same file that nobody chose come by as skipped.
    if (entry === undefined) return;
    const { state, errors = [] } = test.result();
    if (state === "pending") return;
    this[state] += 1;
    const note = state === "skipped" ? (test.result() as { note?: string }).note : undefined;
    const failure = errors.at(-1);
    this.#write({
      type: "scenario-ended",
      scenario: entry.id,
      attempt: (test.diagnostic()?.retryCount ?? 0) + 1,
      verdict: state,
      milliseconds: Math.round(test.diagnostic()?.duration ?? 0),
      title: entry.title,
      system: entry.system,
      ...(state === "failed" && failure !== undefined ? { failure: describe(failure) } : {}),
      ...(state === "skipped" ? { reason: reasonOf(note) } : {}),
    });
  }
}

function describe(error: TestError): Failure {
  const { code } = error as { code?: unknown };
  const frame = error.stacks?.[0];
  return {
    ...(typeof code === "string" ? { code } : {}),
    message: error.message,
    ...(error.expected === undefined ? {} : { expected: String(error.expected) }),
    ...(error.actual === undefined ? {} : { actual: String(error.actual) }),
    ...(frame === undefined
      ? {}
      : { location: `${relative(process.cwd(), frame.file)}:${frame.line}` }),
  };
}

/** Scenarios skip with a bilingual reason, which Vitest carries as one string. */
function reasonOf(note: string | undefined): { ja: string; en: string } {
  const [ja = "", en = ja] = (note ?? "中断 / interrupted").split(" / ");
  return { ja, en };
}
