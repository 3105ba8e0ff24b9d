/**
 * Requests nobody would send, to the paths that are there and beside them: a platform may refuse them
 * as it likes, but not stumble (5xx) and not fall silent. No fault is set while this runs.
 */
import { request } from "node:http";
import fc from "fast-check";
import { z } from "zod";
import { type FuzzProperty, property } from "../property.ts";

/** The front of one platform. */
export interface Door {
  readonly origin: string;
  readonly paths: readonly string[];
  /** What opens it further, such as access information. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names of fields its requests have. */
  readonly fields: readonly string[];
}

const METHODS = ["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS"] as const;
const TYPES = [
  "application/json",
  "application/x-www-form-urlencoded",
  "text/plain",
  "application/json; charset=utf-16",
  "",
] as const;

const schema = z.strictObject({
  door: z.string(),
  method: z.enum(METHODS),
  path: z.string().regex(/^\/[!-~]*$/),
  type: z.string().regex(/^[ -~]*$/),
  /** Whether the door's own headers are sent. */
  known: z.boolean(),
  body: z.string(),
});

type Input = z.infer<typeof schema>;

/** @param doors what is under test, by name; a test puts a broken server here */
export function requestProperty(doors: Readonly<Record<string, Door>>): FuzzProperty {
  return property<Input>({
    name: "requests",
    title: {
      ja: "どんな要求にも5xxにならず、必ず応答する",
      en: "whatever is asked, a platform answers, and never by 5xx",
    },
    schema,
    arbitrary: fc
      .constantFrom(...Object.entries(doors))
      .chain(([name, door]) => inputs(name, door)),
    show: ({ door, method, path, type, known, body }) => [
      `${door}: ${method} ${path}${known ? ", with its access headers" : ""}`,
      `${type}: ${JSON.stringify(body)}`,
    ],
    judge: async (input) => {
      const door = doors[input.door];
      if (door === undefined) return [`there is no platform ${input.door}`];
      const status = await send(door, input);
      return status >= 500 ? [`answered ${status}`] : [];
    },
  });
}

function inputs(name: string, { paths, fields }: Door): fc.Arbitrary<Input> {
  const known = fc.constantFrom(...paths);
  const tail = fc.constantFrom(
    "",
    "/",
    "?",
    "?a=%",
    "?client_id=x&client_id=y",
    "/..",
    "%00",
    "%FF",
  );
  const word = fc.webPath().map((path) => `/${path.replace(/^\//, "")}`);
  const path = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(known, tail).map(([start, end]) => start + end) },
    { weight: 1, arbitrary: word },
  );
  const value = fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 1 }), fc.base64String());
  const record = fc.dictionary(fc.constantFrom(...fields), value);
  const body = fc.oneof(
    record.map((fieldsAndValues) => JSON.stringify(fieldsAndValues)),
    record.map((pairs) => form(pairs)),
    fc.json(),
    fc.string(),
  );
  return fc.record({
    door: fc.constant(name),
    method: fc.oneof(fc.constant("POST" as const), fc.constantFrom(...METHODS)),
    path: path.filter((text) => /^\/[!-~]*$/.test(text)),
    type: fc.constantFrom(...TYPES),
    known: fc.boolean(),
    body,
  });
}

function form(pairs: Readonly<Record<string, unknown>>): string {
  const texts = Object.entries(pairs).map(([name, value]): [string, string] => [
    name,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return new URLSearchParams(texts).toString();
}

/** By node:http, which sends a path as it stands. */
function send(door: Door, { method, path, type, known, body }: Input): Promise<number> {
  const bytes = Buffer.from(body, "utf8");
  const carries = method !== "GET" && method !== "HEAD";
  const headers = {
    ...(known ? door.headers : {}),
    ...(type === "" ? {} : { "content-type": type }),
    ...(carries ? { "content-length": bytes.length } : {}),
  };
  return new Promise((resolve, reject) => {
    const asked = request(door.origin, { method, path, headers }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
      answer.once("error", reject);
    });
    asked.once("error", reject);
    asked.end(carries ? bytes : undefined);
  });
}
