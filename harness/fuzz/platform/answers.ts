/**
 * Answers that were damaged on their way to a municipal system: a typed error or a verdict, and
 * "valid" only where the whole of it is there: the code, the evidence it rests on, and a success.
 */
import fc from "fast-check";
import { z } from "zod";
import { BenchError } from "../../errors.ts";
import { mutate, mutation, mutationSchema } from "../mutation.ts";
import { type FuzzProperty, property } from "../property.ts";
import type { MadeUpAnswer } from "./answering-server.ts";
import type { Ask } from "./certificates.ts";

/** A client and what the emulated platform answers it. */
export interface Listener {
  readonly ask: Ask;
  /** A genuine answer, JSON. */
  readonly genuine: string;
  /** Puts the next answer in place. */
  readonly put: (answer: MadeUpAnswer) => void;
}

const STATUSES = [200, 201, 202, 204, 302, 400, 401, 403, 404, 418, 500, 503] as const;
const TYPES = ["application/json", "text/html", "application/octet-stream"] as const;

const schema = z.strictObject({
  listener: z.string(),
  status: z.int().min(200).max(599),
  type: z.enum(TYPES),
  damage: z.array(mutationSchema),
  /** Members put in place of the genuine ones, as JSON. */
  members: z.record(z.string(), z.json()),
});

type Input = z.infer<typeof schema>;

/** @param listeners what is under test, by name; a test puts broken clients here */
export function answerProperty(listeners: Readonly<Record<string, Listener>>): FuzzProperty {
  const bodyOf = ({ listener, members, damage }: Input) => {
    const genuine = JSON.parse(listeners[listener]?.genuine ?? "{}") as object;
    const text = JSON.stringify({ ...genuine, ...members });
    return Buffer.from(mutate(new TextEncoder().encode(text), ...damage)).toString("utf8");
  };
  return property<Input>({
    name: "answers",
    title: {
      ja: "どんな応答にも型のあるエラーか判定で終わり、根拠のない「有効」はない",
      en: "whatever a platform answers: a typed error or a verdict, and no valid without evidence",
    },
    schema,
    arbitrary: fc
      .constantFrom(...Object.entries(listeners))
      .chain(([name, { genuine }]) => inputs(name, Object.keys(JSON.parse(genuine) as object))),
    show: (input) => [
      `${input.listener} hears ${input.status} ${input.type}`,
      JSON.stringify(bodyOf(input)),
    ],
    judge: async (input) => {
      const { put, ask } = listeners[input.listener] ?? {};
      if (put === undefined || ask === undefined) return [`nobody is named ${input.listener}`];
      const body = bodyOf(input);
      put({ status: input.status, type: input.type, body });
      return ask(Uint8Array.of(0x30, 0x00)).then((answer) => judged(answer, input.status), typed);
    },
  });
}

function inputs(listener: string, members: readonly string[]): fc.Arbitrary<Input> {
  const value = fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<z.infer<typeof jsonSchema>>;
  return fc.record({
    listener: fc.constant(listener),
    status: fc.oneof(fc.constant(200), fc.constantFrom(...STATUSES)),
    type: fc.constantFrom(...TYPES),
    damage: fc.array(mutation, { maxLength: 2 }),
    members: fc.dictionary(fc.constantFrom(...members), value, { maxKeys: 2 }),
  });
}

const jsonSchema = z.json();

function judged(answer: { readonly result: string; readonly evidence?: unknown }, status: number) {
  if (answer.result !== "valid") return [];
  return [
    ...(status === 200 || status === 201 ? [] : [`valid, by an answer with status ${status}`]),
    ...(answer.evidence === undefined ? ["valid without evidence"] : []),
  ];
}

function typed(error: unknown): string[] {
  return error instanceof BenchError ? [] : [`failed with ${String(error)}`];
}
