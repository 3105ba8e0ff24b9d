/**
 * `bench.config.ts`: which readers, cards and platforms a bench has. `defineConfig` gives the editor
 * something to complete; `parseConfig` is what is believed.
 */
import { z } from "zod";
import { actuatorSpec } from "../actuator/spec.ts";
import { BenchError } from "../errors.ts";
import { LARGEST_BUDGET } from "../guard/budget.ts";
import { platformTarget, relyingParty } from "./platform-target.ts";
import { bridgedReader, pn53xReader, twn4Reader } from "./serial-reader.ts";

const hostAndPort = z.string().regex(/^[^\s:]+:\d{1,5}$/, "should look like 127.0.0.1:35963");

const simulatedReader = z.strictObject({ driver: z.literal("simulated") });

const pcscReader = z.strictObject({
  driver: z.literal("pcsc"),
  /** Part of the reader's name; names end in serials and slot numbers that change. */
  name: z.string().min(1),
  /** Address of a vpcd into which the bench puts its simulated card. */
  vpcd: hostAndPort.optional(),
  /** The package to call PC/SC by. Default `auto`: pcsclite where it could be built, or koffi. */
  binding: z.enum(["auto", "pcsclite", "koffi"]).optional(),
});

const fourDigits = z.string().regex(/^\d{4}$/, "should be four digits");
const password = z.string().regex(/^[0-9A-Za-z]{6,16}$/, "should be 6 to 16 letters and digits");

const pins = z.strictObject({
  auth: fourDigits.optional(),
  sign: password.optional(),
  text: fourDigits.optional(),
});

const tries = (most: number) => z.int().min(0).max(most).optional();

/** Of a full card the last try is never spent: 3, 5 and 3 tries (card-facts section 3). */
const budget = z.strictObject({
  auth: tries(LARGEST_BUDGET.auth),
  sign: tries(LARGEST_BUDGET.sign),
  text: tries(LARGEST_BUDGET.text),
});

const testCard = z.strictObject({
  /** As `jpki-bench readers` prints it: the SHA-256 of the card's 利用者証明用 certificate. */
  id: z.string().regex(/^sha256:[0-9a-f]{64}$/, "should be sha256: and 64 hexadecimal digits"),
  pins: pins.optional(),
  /** Tries of each PIN that a run may have spent and not yet got back. Default 2, 4 and 2. */
  budget: budget.optional(),
});

const project = z.strictObject({
  reader: z.discriminatedUnion("driver", [
    simulatedReader,
    pcscReader,
    pn53xReader,
    twn4Reader,
    bridgedReader,
  ]),
  /** Declares the physical card in this reader to be a test card, on which tries may be spent. */
  testCard: testCard.optional(),
  /** What puts the card on this reader, takes it away and cuts the reader's power. */
  actuator: actuatorSpec.optional(),
  /** `simulator` (default), or a staging environment. */
  platform: platformTarget.optional(),
  /** The municipal systems under test: `built-in` (default), or yours with what drives them. */
  relyingParty: relyingParty.optional(),
});

const schema = z.strictObject({
  /** Glob patterns of your own scenario files, from the folder of the configuration. */
  scenarios: z.array(z.string().min(1)).optional(),
  projects: z.record(z.string().regex(/^[\w-]+$/), project).optional(),
});

export type BenchConfig = z.infer<typeof schema>;
export type ProjectConfig = z.infer<typeof project>;

/** The project that needs nothing but this package. */
export const SIMULATOR_PROJECT = "simulator";

const DEFAULT_SCENARIOS = ["scenarios/**/*.scenario.{ts,mts,js,mjs}"];

export interface ResolvedConfig {
  readonly scenarios: readonly string[];
  readonly projects: Readonly<Record<string, ProjectConfig>>;
}

/** @example export default defineConfig({ projects: { desk: { reader: { driver: "pcsc", name: "SONY" } } } }) */
export function defineConfig(config: BenchConfig): BenchConfig {
  return config;
}

/** @throws BenchError CONFIG_INVALID, naming the first setting that is wrong */
export function parseConfig(value: unknown, origin: string): ResolvedConfig {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const { path, message } = firstProblem(parsed.error.issues);
    const where = path.length === 0 ? "the whole" : path.join(".");
    throw new BenchError("CONFIG_INVALID", `${origin}: ${where}: ${message}`);
  }
  return {
    scenarios: parsed.data.scenarios ?? DEFAULT_SCENARIOS,
    projects: { [SIMULATOR_PROJECT]: { reader: { driver: "simulated" } }, ...parsed.data.projects },
  };
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Of a choice between a word and an object, what is wrong with the object says more. */
function firstProblem(issues: readonly z.core.$ZodIssue[]): Problem {
  const [issue] = issues;
  if (issue === undefined) return { path: [], message: "not valid" };
  if (issue.code !== "invalid_union") return issue;
  const inner = firstProblem(issue.errors.at(-1) ?? []);
  return { path: [...issue.path, ...inner.path], message: inner.message };
}

/** @throws BenchError PROJECT_UNKNOWN, listing those there are */
export function projectNamed(config: ResolvedConfig, name: string): ProjectConfig {
  const found = config.projects[name];
  if (found !== undefined) return found;
  const known = Object.keys(config.projects).join(", ");
  throw new BenchError("PROJECT_UNKNOWN", `no project "${name}"; there are: ${known}`);
}

/** Whether the bench itself makes the card that this project's reader holds. */
export function isSimulated(project: ProjectConfig): boolean {
  const { reader } = project;
  switch (reader.driver) {
    case "simulated":
      return true;
    case "pcsc":
      return reader.vpcd !== undefined;
    case "mcp2221a":
      return false;
    default:
      return reader.emulator !== undefined;
  }
}
