/**
 * 利用団体: who may load applications, and which. The system is one for the whole country and keeps its
 * tenants apart: nobody sees, or touches, what another has on a card (card-facts section 6.4).
 *
 * A municipality needs an ordinance (条例) and loads into 地域住民向け領域 for its own residents; everybody
 * else needs an approval (総務大臣の定め) and loads into 拡張利用領域.
 *
 * UNVERIFIED: that the two grounds and the two areas go together one to one.
 */
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import { fromHex } from "../../iso7816/index.ts";
import type { Random } from "../../random.ts";
import { isSecretOf, newSecret, secretDigest } from "../access-secret.ts";
import { Refusal } from "../refusal.ts";

const name = z.string().min(1).max(200);

export const operatorRegistration = z.discriminatedUnion("ground", [
  z.strictObject({
    name,
    ground: z.literal("ordinance"),
    /** Five digits: whose residents may have its applications. */
    municipalityCode: z.string().regex(/^\d{5}$/),
  }),
  z.strictObject({ name, ground: z.literal("approval") }),
]);

const hex = z.string().regex(/^([0-9A-F]{2})+$/, "not upper-case hexadecimal");

export const applicationRegistration = z.strictObject({
  /** For people: `図書館利用カード`. */
  name,
  /** DF name, 5 to 16 bytes, hexadecimal. UNVERIFIED: real ones are not public. */
  aid: hex.min(10).max(32),
  /** Content of each file and who may read it. */
  files: z
    .array(
      z.strictObject({
        id: z.int().min(1).max(15),
        read: z.enum(["free", "pin"]),
        content: hex,
      }),
    )
    .min(1),
  /** A PIN of its own, four digits. */
  pin: z
    .string()
    .regex(/^\d{4}$/)
    .optional(),
  /** Where it may be loaded. */
  channels: z.array(z.enum(["counter", "kiosk"])).default(["counter"]),
});

const storedApplication = applicationRegistration;
export const storedOperator = z.strictObject({
  id: z.string().min(1),
  secretDigest,
  stopped: z.boolean(),
  registration: operatorRegistration,
  applications: z.array(storedApplication),
});

export type OperatorRegistration = z.input<typeof operatorRegistration>;
export type ApplicationRegistration = z.input<typeof applicationRegistration>;
export type Application = z.output<typeof storedApplication>;
export type StoredOperator = z.output<typeof storedOperator>;
export type Channel = Application["channels"][number];

/** What an operator is given; the secret is shown once. */
export interface OperatorAccess {
  readonly id: string;
  readonly secret: string;
}

export class Operators {
  readonly #random: Random;
  readonly #operators: Map<string, StoredOperator>;

  constructor(random: Random, operators: readonly StoredOperator[]) {
    this.#random = random;
    this.#operators = new Map(operators.map((operator) => [operator.id, operator]));
  }

  /** @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
  register(registration: OperatorRegistration): OperatorAccess {
    const parsed = operatorRegistration.safeParse(registration);
    if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
    const id = this.#newId();
    const { secret, digest } = newSecret(this.#random);
    this.#operators.set(id, {
      id,
      secretDigest: digest,
      stopped: false,
      registration: parsed.data,
      applications: [],
    });
    return { id, secret };
  }

  /** @throws SimulatorError PLATFORM_REGISTRATION_INVALID, also for a DF name that is taken */
  addApplication(operatorId: string, registration: ApplicationRegistration): void {
    const parsed = applicationRegistration.safeParse(registration);
    if (!parsed.success) throw invalid(z.prettifyError(parsed.error));
    const { aid } = parsed.data;
    if (this.all().some(({ applications }) => applications.some((one) => one.aid === aid))) {
      throw invalid(`the DF name ${aid} is taken`);
    }
    const operator = this.#get(operatorId);
    const applications = [...operator.applications, parsed.data];
    this.#operators.set(operatorId, { ...operator, applications });
  }

  /** @throws SimulatorError PLATFORM_REGISTRATION_INVALID for an id nobody was given */
  stop(operatorId: string): void {
    this.#operators.set(operatorId, { ...this.#get(operatorId), stopped: true });
  }

  /** @throws Refusal with a key of the profile's error table */
  authenticate(id: unknown, secret: unknown): StoredOperator {
    const operator = typeof id === "string" ? this.#operators.get(id) : undefined;
    if (operator === undefined || !isSecretOf(operator.secretDigest, secret)) {
      throw new Refusal(401, "accessUnknown", "the access information is wrong");
    }
    if (!operator.stopped) return operator;
    throw new Refusal(403, "accessStopped", "the access information has been stopped");
  }

  all(): readonly StoredOperator[] {
    return [...this.#operators.values()];
  }

  #get(id: string): StoredOperator {
    const operator = this.#operators.get(id);
    if (operator !== undefined) return operator;
    throw invalid(`no operator ${id}`);
  }

  #newId(): string {
    for (;;) {
      const id = `CAP-${this.#random.digits(8)}`;
      if (!this.#operators.has(id)) return id;
    }
  }
}

/** Bytes the application takes on a card. */
export function sizeOf({ files }: Application, overhead: number): number {
  return files.reduce((sum, { content }) => sum + fromHex(content).length, overhead);
}

function invalid(message: string): SimulatorError {
  return new SimulatorError("PLATFORM_REGISTRATION_INVALID", message.replace(/\n/g, " "));
}
