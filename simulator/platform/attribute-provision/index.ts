/**
 * 最新の利用者情報（4情報）提供サービス: J-LIS tells a verifier a person's current 4情報, if the person has
 * consented (platform-facts 5.6). What it tells comes from the municipal register of this moment, not
 * from any certificate.
 *
 * NON-NORMATIVE / 非規範（実仕様は非公開）: see profile.ts.
 */
import type { FastifyPluginAsync } from "fastify";
import { z } from "zod";
import type { Clock } from "../../clock.ts";
import { SimulatorError } from "../../errors.ts";
import type { Random } from "../../random.ts";
import { PlatformFaults } from "../faults.ts";
import { NOTICE_HEADER, NOTICE_HEADER_VALUE } from "../notice.ts";
import { answerRefusals } from "../refusal.ts";
import { readBody, readCertificateField } from "../request-body.ts";
import { SeenLog } from "../seen.ts";
import { toWire } from "../wire.ts";
import { type ConsentState, Consents, storedConsent } from "./consents.ts";
import { type AttributeProvisionProfile, DEFAULT_ATTRIBUTE_PROVISION_PROFILE } from "./profile.ts";

export interface CurrentAttributes {
  readonly name: string;
  readonly address: string;
  /** YYYYMMDD, Gregorian. */
  readonly birthDate: string;
  /** ISO/IEC 5218. */
  readonly sex: string;
}

/** What the municipal register says of the holder of a certificate. */
export interface RegisterEntry {
  /** Opaque key of the person. */
  readonly person: string;
  readonly status: "registered" | "dead" | "emigrated";
  readonly attributes: CurrentAttributes;
}

/** The register, as the lab provides it. */
export interface PopulationRegister {
  /** @param serial upper-case hexadecimal, of a certificate of either kind, revoked or not */
  entryOf(serial: string): RegisterEntry | undefined;
}

export type ProvisionResult = keyof AttributeProvisionProfile["results"];

/** No attribute is remembered. */
export interface ProvisionSeen {
  readonly at: Date;
  readonly result: ProvisionResult;
}

export interface AttributeProvisionOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly register: PopulationRegister;
  readonly profile?: AttributeProvisionProfile;
  readonly state?: AttributeProvisionState;
  readonly faults?: PlatformFaults;
}

const state = z.strictObject({ version: z.literal(1), consents: z.array(storedConsent) });
export type AttributeProvisionState = z.infer<typeof state>;

export interface AttributeProvision {
  readonly plugin: FastifyPluginAsync;
  readonly profile: AttributeProvisionProfile;
  readonly consents: Consents;
  readonly faults: PlatformFaults;
  readonly seen: SeenLog<ProvisionSeen>;
  state(): AttributeProvisionState;
}

/** Builds the service. Nothing listens yet. @throws SimulatorError STATE_INVALID */
export function createAttributeProvision(options: AttributeProvisionOptions): AttributeProvision {
  const { register, profile = DEFAULT_ATTRIBUTE_PROVISION_PROFILE } = options;
  const stored = parseState(options.state);
  const faults = options.faults ?? new PlatformFaults(options.random.fork("faults"), options.clock);
  const { clock } = faults;
  const consents = new Consents(clock, profile.rules.consentYears, stored.consents);
  const seen = new SeenLog<ProvisionSeen>();

  const provide = (serial: string) => {
    const entry = register.entryOf(serial);
    const result = judge(entry, consents);
    seen.record({ at: clock.now(), result });
    return toWire(profile.answerFields, {
      result: profile.results[result],
      attributes:
        result === "provided" && entry !== undefined
          ? toWire(profile.attributeFields, { ...entry.attributes })
          : undefined,
      notice: profile.notice,
    });
  };

  return {
    plugin: async (app) => {
      app.addHook("onRequest", async (_request, reply) => {
        reply.header(NOTICE_HEADER, NOTICE_HEADER_VALUE);
      });
      faults.guard(app);
      answerRefusals(app, {
        body: ({ meaning, message }) =>
          toWire(profile.answerFields, {
            error: profile.errors[meaning as keyof AttributeProvisionProfile["errors"]],
            errorDescription: message,
            notice: profile.notice,
          }),
        see: () => undefined,
      });
      app.post(profile.path, { bodyLimit: profile.rules.bodyBytesMax }, async ({ body }) => {
        const fields = readBody(profile.requestFields, body, requestBody);
        return provide(readCertificateField(fields.certificate).serial);
      });
    },
    profile,
    consents,
    faults,
    seen,
    state: () => ({ version: 1, consents: [...consents.all()] }),
  };
}

const requestBody = z.strictObject({ certificate: z.string() });

const WITHOUT_CONSENT: Readonly<Record<Exclude<ConsentState, "given">, ProvisionResult>> = {
  none: "noConsent",
  withdrawn: "consentWithdrawn",
  expired: "consentExpired",
};

/** Consent first: without it not even a death is told. */
function judge(entry: RegisterEntry | undefined, consents: Consents): ProvisionResult {
  if (entry === undefined) return "certificateUnknown";
  const consent = consents.stateOf(entry.person);
  if (consent !== "given") return WITHOUT_CONSENT[consent];
  return entry.status === "registered" ? "provided" : "noData";
}

function parseState(value: unknown = { version: 1, consents: [] }): AttributeProvisionState {
  const parsed = state.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SimulatorError(
    "STATE_INVALID",
    `state of the 4情報 provision service: ${z.prettifyError(parsed.error)}`,
  );
}
