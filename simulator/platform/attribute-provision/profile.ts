/**
 * Names and codes of the 最新の利用者情報（4情報）提供サービス stand-in. The real specification is handed out
 * under a non-disclosure agreement, so every one of them is our own: replace them with what your copy
 * says.
 *
 * NON-NORMATIVE / 非規範（実仕様は非公開）
 */
import { z } from "zod";
import { NOTICE } from "../notice.ts";
import { parseProfile } from "../parse-profile.ts";
import { wireTable } from "../wire.ts";

const schema = z.strictObject({
  name: z.string().min(1).max(100).default("jpki-bench"),
  notice: z.string().min(1).max(500).default(NOTICE),
  path: z.string().startsWith("/").default("/attributes"),
  requestFields: wireTable({
    /** Base64 DER of a certificate of the person's, of either kind. */
    certificate: "certificate",
  }),
  answerFields: wireTable({
    result: "result",
    attributes: "attributes",
    error: "error",
    errorDescription: "error_description",
    notice: "notice",
  }),
  attributeFields: wireTable({
    name: "name",
    address: "address",
    birthDate: "birth_date",
    sex: "sex",
  }),
  results: wireTable({
    provided: "PROVIDED",
    noConsent: "NO_CONSENT",
    consentWithdrawn: "CONSENT_WITHDRAWN",
    consentExpired: "CONSENT_EXPIRED",
    /** The person has died or moved abroad: the register has nothing current. */
    noData: "NO_DATA",
    certificateUnknown: "CERTIFICATE_UNKNOWN",
  }),
  errors: wireTable({
    invalidRequest: "INVALID_REQUEST",
    certificateMalformed: "CERTIFICATE_MALFORMED",
  }),
  rules: z
    .strictObject({
      consentYears: z.int().min(1).max(50).default(10),
      bodyBytesMax: z.int().min(1024).max(1_048_576).default(32_768),
    })
    .prefault({}),
});

export type AttributeProvisionProfile = z.output<typeof schema>;

/** @throws SimulatorError PLATFORM_PROFILE_INVALID naming each place that does not fit */
export function parseAttributeProvisionProfile(value: unknown): AttributeProvisionProfile {
  return parseProfile(schema, value, "the 4情報 provision service");
}

export const DEFAULT_ATTRIBUTE_PROVISION_PROFILE = parseAttributeProvisionProfile({});
