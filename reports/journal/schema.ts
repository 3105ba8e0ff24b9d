/**
 * The strict check of one journal line. Every field of every event has its rule here, and the
 * compiler refuses this file as soon as it and events.ts say different things.
 */
import { z } from "zod";
import type {
  ApduExchanged,
  Bilingual,
  EvidenceNoted,
  Failure,
  HttpExchanged,
  JournalEvent,
  RunEnded,
  RunStarted,
  ScenarioEnded,
  ScenarioStarted,
  StepEnded,
  StepStarted,
} from "./events.ts";

/** One rule a field, optional fields included: a field that events.ts gains is missed here. */
type Shape<E> = { readonly [Field in keyof E]-?: z.ZodType<E[Field]> };

const milliseconds = z.number().nonnegative();
const count = z.int().nonnegative();
const ordinal = z.int().positive();

const bilingual = z.strictObject({
  ja: z.string(),
  en: z.string(),
} satisfies Shape<Bilingual>);

const stamp = {
  at: z.iso.datetime({ precision: 3 }),
  t: milliseconds,
  worker: z.string().min(1),
  run: z.string().min(1),
};

const inScenario = { ...stamp, scenario: z.string().min(1), attempt: ordinal };

const runStarted = z.strictObject({
  ...stamp,
  type: z.literal("run-started"),
  version: z.literal(1),
  project: z.string(),
  seed: z.string(),
  shard: z.strictObject({ index: ordinal, count: ordinal }).exactOptional(),
  environment: z.record(z.string(), z.string()),
  planned: count,
} satisfies Shape<RunStarted>);

const scenarioStarted = z.strictObject({
  ...inScenario,
  type: z.literal("scenario-started"),
  title: bilingual,
  system: z.string(),
  source: z.string(),
  effect: z.enum(["read-only", "spends-tries", "changes-card", "destroys-card"]),
  scenarioVersion: ordinal,
} satisfies Shape<ScenarioStarted>);

const stepStarted = z.strictObject({
  ...inScenario,
  type: z.literal("step-started"),
  step: ordinal,
  parent: ordinal.exactOptional(),
  title: bilingual,
} satisfies Shape<StepStarted>);

const stepEnded = z.strictObject({
  ...inScenario,
  type: z.literal("step-ended"),
  step: ordinal,
  verdict: z.enum(["passed", "failed"]),
  milliseconds,
} satisfies Shape<StepEnded>);

const apdu = z.strictObject({
  ...inScenario,
  type: z.literal("apdu"),
  step: ordinal.exactOptional(),
  reader: z.string(),
  label: bilingual,
  command: z.string(),
  response: z.string(),
  sw: z
    .string()
    .regex(/^[0-9A-Fa-f]{4}$/)
    .exactOptional(),
  meaning: bilingual.exactOptional(),
  error: z.string().exactOptional(),
  milliseconds,
} satisfies Shape<ApduExchanged>);

const body = z.record(z.string(), z.unknown());

const http = z.strictObject({
  ...inScenario,
  type: z.literal("http"),
  step: ordinal.exactOptional(),
  peer: z.string(),
  method: z.string(),
  path: z.string(),
  request: body.exactOptional(),
  status: z.int().exactOptional(),
  response: body.exactOptional(),
  error: z.string().exactOptional(),
  milliseconds,
} satisfies Shape<HttpExchanged>);

const evidence = z.strictObject({
  ...inScenario,
  type: z.literal("evidence"),
  step: ordinal.exactOptional(),
  label: bilingual,
  value: z.string(),
} satisfies Shape<EvidenceNoted>);

const failure = z.strictObject({
  code: z.string().exactOptional(),
  message: z.string(),
  expected: z.string().exactOptional(),
  actual: z.string().exactOptional(),
  location: z.string().exactOptional(),
} satisfies Shape<Failure>);

const scenarioEnded = z.strictObject({
  ...inScenario,
  type: z.literal("scenario-ended"),
  verdict: z.enum(["passed", "failed", "skipped"]),
  milliseconds,
  title: bilingual,
  system: z.string(),
  failure: failure.exactOptional(),
  reason: bilingual.exactOptional(),
} satisfies Shape<ScenarioEnded>);

const runEnded = z.strictObject({
  ...stamp,
  type: z.literal("run-ended"),
  passed: count,
  failed: count,
  skipped: count,
  milliseconds,
  interrupted: z.boolean(),
} satisfies Shape<RunEnded>);

export const journalEvent: z.ZodType<JournalEvent> = z.discriminatedUnion("type", [
  runStarted,
  scenarioStarted,
  stepStarted,
  stepEnded,
  apdu,
  http,
  evidence,
  scenarioEnded,
  runEnded,
]);
