/**
 * A vendor's system as the bench deals with it: it has the methods it should have, keeps its deadline,
 * and every answer has the form that scenarios rely on. Whatever goes wrong in there names the method.
 */
import { z } from "zod";
import { BenchError, firstLineOf } from "../errors.ts";
import { within } from "../reader/within.ts";
import type { SystemName } from "./driver.ts";
import type {
  CounterUnderTest,
  LibraryUnderTest,
  PortalUnderTest,
  SystemsUnderTest,
} from "./system-under-test.ts";

const notDone = z.object({ done: z.literal(false), reason: z.string(), text: z.string() });

function done<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.discriminatedUnion("done", [z.object({ done: z.literal(true), ...shape }), notDone]);
}

const patron = done({ patron: z.string().min(1) });
const lent = done({ patron: z.string().min(1), mayHaveChanged: z.boolean() });
const returned = done({});
const issued = done({ receipt: z.string() });
const loggedIn = done({ missing: z.array(z.string()) });
const signed = done({ applications: z.int() });
const nothing = z.unknown().transform(() => undefined);

const testData = z.object({
  patrons: z.tuple([z.string()], z.string()),
  books: z.tuple([z.string(), z.string()], z.string()),
});

/** @param deadline milliseconds for one errand */
export function checkedLibrary(library: LibraryUnderTest, deadline: number): LibraryUnderTest {
  requireMethods("library", library, ["linkPatron", "enrolPatron", "lendByTouch", "takeBack"]);
  const ask = errands("library", deadline);
  return {
    testData: fitting("library.testData", testData, library.testData),
    linkPatron: (number, visit) =>
      ask("linkPatron", patron, () => library.linkPatron(number, visit)),
    enrolPatron: (visit) => ask("enrolPatron", patron, () => library.enrolPatron(visit)),
    lendByTouch: (barcode, visit) =>
      ask("lendByTouch", lent, () => library.lendByTouch(barcode, visit)),
    takeBack: (barcode) => ask("takeBack", returned, () => library.takeBack(barcode)),
  };
}

/** @param deadline milliseconds for one errand */
export function checkedCounter(counter: CounterUnderTest, deadline: number): CounterUnderTest {
  requireMethods("counter", counter, ["present", "issueSealCertificate"]);
  const ask = errands("counter", deadline);
  return {
    present: (card) => ask("present", nothing, () => counter.present(card)),
    issueSealCertificate: (by) =>
      ask("issueSealCertificate", issued, () => counter.issueSealCertificate(by)),
  };
}

/** @param deadline milliseconds for one errand */
export function checkedPortal(
  portal: NonNullable<SystemsUnderTest["portal"]>,
  deadline: number,
): () => PortalUnderTest {
  if (typeof portal !== "function")
    throw invalid("portal should be a function that opens a browser");
  const ask = errands("portal", deadline);
  return () => {
    const browser = portal();
    requireMethods("portal", browser, ["logIn", "sign"]);
    return {
      logIn: (visit) => ask("logIn", loggedIn, () => browser.logIn(visit)),
      sign: (text, visit) => ask("sign", signed, () => browser.sign(text, visit)),
    };
  };
}

function requireMethods<System extends object>(
  name: SystemName,
  system: System,
  methods: readonly (keyof System & string)[],
): void {
  const lacking = methods.find((method) => typeof system?.[method] !== "function");
  if (lacking !== undefined) throw invalid(`${name} has no method ${lacking}`);
}

function errands(system: SystemName, deadline: number) {
  return async <Schema extends z.ZodType>(
    method: string,
    answer: Schema,
    run: () => Promise<unknown>,
  ): Promise<z.output<Schema>> => {
    const errand = `${system}.${method}`;
    return fitting(`${errand} answered`, answer, await inTime(errand, deadline, run));
  };
}

/** What the bench itself has thrown, at the card or at a platform's page, is told as it is. */
async function inTime<T>(errand: string, deadline: number, run: () => Promise<T>): Promise<T> {
  const late = () => failed(errand, `no answer within ${deadline} ms`);
  try {
    return await within(Promise.resolve(run()), deadline, late);
  } catch (thrown) {
    throw thrown instanceof BenchError ? thrown : failed(errand, firstLineOf(thrown), thrown);
  }
}

/** The answer may hold what no report should: only the place of what is wrong is told. */
function fitting<Schema extends z.ZodType>(
  what: string,
  schema: Schema,
  value: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path.join(".") || "as a whole";
  throw invalid(`${what}: ${path} is not as it should be`);
}

function failed(errand: string, what: string, cause?: unknown): BenchError {
  return new BenchError("RELYING_PARTY_FAILED", `${errand}: ${what}`, { cause });
}

function invalid(what: string): BenchError {
  return new BenchError("RELYING_PARTY_INVALID", what);
}
