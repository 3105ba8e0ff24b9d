/**
 * Who may use かざし利用クライアントソフト: what is applied for and what is checked before the software
 * touches a card (platform-facts 1.6 and 3.1, KZ-09 to KZ-11). The extension's user registers the
 * domain of its pages and, for the 検証環境, the global IP address of its system; a native application
 * (DLL, mobile library) is given a password.
 *
 * UNVERIFIED: that the software asks MKPF each time, and how; only what is registered is public.
 */
import { createHash } from "node:crypto";
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import type { Random } from "../../random.ts";
import { invalidRequest, readBody } from "../request-body.ts";
import { meaningOf } from "../wire.ts";
import type { MkpfProfile } from "./profile.ts";
import type { MkpfEnvironment } from "./state.ts";
import { type ClientSoftwareUser, clientSoftwareUser } from "./state-client-software.ts";

/** What a municipality applies for. */
export type ClientSoftwareApplication =
  | {
      readonly edition: "extension";
      readonly name: string;
      /** `https://library.example.jp`, as browsers write an origin. */
      readonly origin: string;
      /** Looked at in the 検証環境 alone. */
      readonly sourceAddresses?: readonly string[];
    }
  | { readonly edition: "dll" | "mobile"; readonly name: string };

export type ClientSoftwareDoubt =
  | "originNotRegistered"
  | "sourceNotRegistered"
  | "passwordMissing"
  | "passwordWrong";

/** Somebody who is about to use the software. */
interface Applicant {
  readonly edition: ClientSoftwareApplication["edition"];
  readonly origin?: string;
  readonly password?: string;
  /** The address the request came from. */
  readonly source: string;
}

export class ClientSoftwareUsers {
  readonly #environment: MkpfEnvironment;
  readonly #random: Random;
  readonly #users: ClientSoftwareUser[];
  readonly #ownOrigin: () => string;

  /** @param ownOrigin MKPF's own pages use the software, too (類型①) */
  constructor(
    environment: MkpfEnvironment,
    random: Random,
    users: readonly ClientSoftwareUser[],
    ownOrigin: () => string,
  ) {
    this.#environment = environment;
    this.#random = random;
    this.#users = [...users];
    this.#ownOrigin = ownOrigin;
  }

  /**
   * @returns the password of a native application, which is not kept
   * @throws SimulatorError PLATFORM_REGISTRATION_INVALID
   */
  register(application: ClientSoftwareApplication): string | undefined {
    if (application.edition === "extension") {
      this.#users.push(parseUser(application));
      return undefined;
    }
    const password = Buffer.from(this.#random.bytes(15)).toString("base64url");
    this.#users.push(parseUser({ ...application, passwordDigest: digest(password) }));
    return password;
  }

  /** @returns why not; undefined when the software may be used */
  doubt(applicant: Applicant): ClientSoftwareDoubt | undefined {
    return applicant.edition === "extension"
      ? this.#doubtSite(applicant)
      : this.#doubtPassword(applicant);
  }

  all(): readonly ClientSoftwareUser[] {
    return this.#users;
  }

  #doubtSite({ origin, source }: Applicant): ClientSoftwareDoubt | undefined {
    if (origin === new URL(this.#ownOrigin()).origin) return undefined;
    const sites = this.#users.filter(
      (user) => user.edition === "extension" && user.origin === origin,
    );
    if (sites.length === 0) return "originNotRegistered";
    if (this.#environment === "production") return undefined;
    const known = sites.some(
      (site) => site.edition === "extension" && site.sourceAddresses.includes(source),
    );
    return known ? undefined : "sourceNotRegistered";
  }

  #doubtPassword({ edition, password }: Applicant): ClientSoftwareDoubt | undefined {
    if (password === undefined || password === "") return "passwordMissing";
    const shown = digest(password);
    const known = this.#users.some(
      (user) =>
        user.edition !== "extension" && user.edition === edition && user.passwordDigest === shown,
    );
    return known ? undefined : "passwordWrong";
  }
}

const admissionBody = z.strictObject({
  edition: z.string(),
  origin: z.string().max(300).optional(),
  password: z.string().max(200).optional(),
});

/** @throws Refusal `invalidRequest` */
export function readApplicant(profile: MkpfProfile, body: unknown, source: string): Applicant {
  const { admissionFields, editions } = profile;
  const { edition: text, origin, password } = readBody(admissionFields, body, admissionBody);
  const edition = meaningOf(editions, text);
  if (edition === undefined) throw invalidRequest("the edition is none of the profile");
  return {
    edition,
    source,
    ...(origin !== undefined && { origin }),
    ...(password !== undefined && { password }),
  };
}

function parseUser(user: unknown): ClientSoftwareUser {
  const parsed = clientSoftwareUser.safeParse(user);
  if (parsed.success) return parsed.data;
  throw new SimulatorError(
    "PLATFORM_REGISTRATION_INVALID",
    `the client software cannot be registered: ${z.prettifyError(parsed.error)}`,
  );
}

function digest(password: string): string {
  return createHash("sha256").update(password).digest("hex");
}
