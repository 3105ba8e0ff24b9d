/**
 * Access information (アクセス情報): what lets a window of a municipality use 地方認証PF. It is issued
 * after application, works only once it is activated, and can be stopped (platform-facts section 2).
 * Trouble with it is an authentication error and says nothing about anybody's certificate (LA-06).
 */
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import type { Random } from "../../random.ts";
import { isSecretOf, newSecret, secretDigest } from "../access-secret.ts";
import { Refusal } from "../refusal.ts";
import type { LocalAuthPfProfile } from "./profile.ts";

export const accessApplication = z.strictObject({
  /** Municipality and window, for people: `試験市 図書館`. */
  name: z.string().min(1).max(200),
  /** OCSP方式 and CRL方式 are applied for separately. */
  method: z.enum(["ocsp", "crl"]),
  /** Kinds of certificate this window may ask about. */
  kinds: z.array(z.enum(["auth", "sign"])).min(1),
  /** Whether smartphone certificates are enabled. */
  smartphone: z.boolean().default(false),
});

export const accessState = z.enum(["pending", "active", "stopped"]);

export const storedAccess = accessApplication.extend({
  id: z.string().min(1),
  secretDigest,
  state: accessState,
});

export type AccessApplication = z.input<typeof accessApplication>;
export type AccessState = z.output<typeof accessState>;
export type StoredAccess = z.output<typeof storedAccess>;

/** What the municipality is given; the secret is shown once. */
export interface AccessInformation {
  readonly id: string;
  readonly secret: string;
}

export class AccessRegistry {
  readonly #random: Random;
  readonly #accesses: Map<string, StoredAccess>;

  constructor(random: Random, accesses: readonly StoredAccess[]) {
    this.#random = random;
    this.#accesses = new Map(accesses.map((access) => [access.id, access]));
  }

  /** Issues access information that waits for its activation. @throws SimulatorError PLATFORM_REGISTRATION_INVALID */
  issue(application: AccessApplication): AccessInformation {
    const parsed = accessApplication.safeParse(application);
    if (!parsed.success) {
      throw new SimulatorError(
        "PLATFORM_REGISTRATION_INVALID",
        `access information cannot be issued: ${z.prettifyError(parsed.error)}`,
      );
    }
    const id = this.#newId();
    const { secret, digest } = newSecret(this.#random);
    this.#accesses.set(id, { ...parsed.data, id, secretDigest: digest, state: "pending" });
    return { id, secret };
  }

  /** @throws SimulatorError PLATFORM_REGISTRATION_INVALID for an id nobody was given */
  setState(id: string, state: AccessState): void {
    const access = this.#accesses.get(id);
    if (access === undefined) {
      throw new SimulatorError("PLATFORM_REGISTRATION_INVALID", `no access information ${id}`);
    }
    this.#accesses.set(id, { ...access, state });
  }

  /**
   * Whoever does not know the secret learns nothing about the state of the access.
   *
   * @throws Refusal with a key of the profile's error table
   */
  authenticate(method: "ocsp" | "crl", id: unknown, secret: unknown): StoredAccess {
    const access = typeof id === "string" ? this.#accesses.get(id) : undefined;
    if (access?.method !== method || !isSecretOf(access.secretDigest, secret)) {
      throw refuse(401, "accessUnknown", "the access information is wrong");
    }
    if (access.state === "pending") {
      throw refuse(403, "accessNotActive", "the access information is not activated yet");
    }
    if (access.state === "stopped") {
      throw refuse(403, "accessStopped", "the access information has been stopped");
    }
    return access;
  }

  all(): readonly StoredAccess[] {
    return [...this.#accesses.values()];
  }

  #newId(): string {
    for (;;) {
      const id = `LAPF-${this.#random.digits(8)}`;
      if (!this.#accesses.has(id)) return id;
    }
  }
}

function refuse(status: number, meaning: keyof LocalAuthPfProfile["errors"], message: string) {
  return new Refusal(status, meaning, message);
}
