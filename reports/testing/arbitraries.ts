/** Journals nobody would write, for properties: hostile texts, few keys, any order. */
import fc from "fast-check";
import type { Bilingual, JournalEvent, ScenarioEvent, Unstamped } from "../journal/events.ts";
import { stamped } from "./stamped.ts";

const PAYLOADS = [
  "</script><script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "\" onmouseover='alert(1)'",
  "]]><![CDATA[",
  "<!-- -- ]]> &lt; &#0; &bogus;",
  "\u0000\u0001\u001b[31m\u007f\u0085\ufffe\uffff",
  "\ud800 lone \udfff",
  "\u202eevil\u2066",
  "| a | `b` **c** [d](javascript:e)",
  "line\r\nline\ttab\u2028\u2029",
  "__proto__",
  "",
];

export const hostileText = fc.oneof(
  fc.constantFrom(...PAYLOADS),
  fc.string({ unit: "binary", maxLength: 20 }),
);

const hostileName = hostileText.map((text) => text || "x");
const bilingual: fc.Arbitrary<Bilingual> = fc.record({ ja: hostileText, en: hostileText });
const step = fc.integer({ min: 1, max: 5 });
const milliseconds = fc.double({ min: 0, max: 1e7, noNaN: true });

const keys = {
  scenario: fc.oneof(fc.constantFrom("CR-01", "CR-02"), hostileName),
  attempt: fc.integer({ min: 1, max: 2 }),
};

const failure = fc.record(
  {
    code: hostileText,
    message: hostileText,
    expected: hostileText,
    actual: hostileText,
    location: hostileText,
  },
  { requiredKeys: ["message"] },
);

type Body<Type extends ScenarioEvent["type"]> = Extract<Unstamped, { type: Type }>;

const scenarioStarted: fc.Arbitrary<Body<"scenario-started">> = fc.record({
  type: fc.constant("scenario-started"),
  ...keys,
  title: bilingual,
  system: hostileText,
  source: hostileText,
  effect: fc.constantFrom("read-only", "spends-tries", "changes-card", "destroys-card"),
  scenarioVersion: step,
});

const stepStarted: fc.Arbitrary<Body<"step-started">> = fc.record(
  { type: fc.constant("step-started"), ...keys, step, parent: step, title: bilingual },
  { requiredKeys: ["type", "scenario", "attempt", "step", "title"] },
);

const stepEnded: fc.Arbitrary<Body<"step-ended">> = fc.record({
  type: fc.constant("step-ended"),
  ...keys,
  step,
  verdict: fc.constantFrom("passed", "failed"),
  milliseconds,
});

const apdu: fc.Arbitrary<Body<"apdu">> = fc.record({
  type: fc.constant("apdu"),
  ...keys,
  reader: hostileText,
  label: bilingual,
  command: hostileText,
  response: hostileText,
  sw: fc.constantFrom("9000", "63C2"),
  meaning: bilingual,
  milliseconds,
});

const http: fc.Arbitrary<Body<"http">> = fc.record({
  type: fc.constant("http"),
  ...keys,
  peer: hostileText,
  method: hostileText,
  path: hostileText,
  request: fc.dictionary(hostileName, hostileText, { maxKeys: 3 }),
  error: hostileText,
  milliseconds,
});

const evidence: fc.Arbitrary<Body<"evidence">> = fc.record({
  type: fc.constant("evidence"),
  ...keys,
  step,
  label: bilingual,
  value: hostileText,
});

const scenarioEnded: fc.Arbitrary<Body<"scenario-ended">> = fc.record(
  {
    type: fc.constant("scenario-ended"),
    ...keys,
    verdict: fc.constantFrom("passed", "failed", "skipped"),
    milliseconds,
    title: bilingual,
    system: hostileText,
    failure,
    reason: bilingual,
  },
  { requiredKeys: ["type", "scenario", "attempt", "verdict", "milliseconds", "title", "system"] },
);

const runStarted: fc.Arbitrary<Extract<Unstamped, { type: "run-started" }>> = fc.record({
  type: fc.constant("run-started"),
  version: fc.constant(1),
  project: hostileText,
  seed: hostileText,
  environment: fc.dictionary(hostileText, hostileText, { maxKeys: 3 }),
  planned: fc.nat({ max: 20 }),
});

const runEnded: fc.Arbitrary<Extract<Unstamped, { type: "run-ended" }>> = fc.record({
  type: fc.constant("run-ended"),
  passed: fc.nat(),
  failed: fc.nat(),
  skipped: fc.nat(),
  milliseconds,
  interrupted: fc.boolean(),
});

/** Any event, as some worker of some run may have written it. */
const anyEvent: fc.Arbitrary<JournalEvent> = fc
  .record({
    t: fc.nat({ max: 100_000 }),
    run: fc.constantFrom("run-1", "run-2"),
    worker: fc.constantFrom("main", "1", "2"),
    event: fc.oneof(
      runStarted,
      scenarioStarted,
      stepStarted,
      stepEnded,
      apdu,
      http,
      evidence,
      { arbitrary: scenarioEnded, weight: 2 },
      runEnded,
    ),
  })
  .map(({ t, run, worker, event }) => stamped(t, event, { run, worker }));

export const anyJournal = fc.array(anyEvent, { maxLength: 25 });
