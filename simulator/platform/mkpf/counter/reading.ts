/**
 * What the card-reading software of MKPF hands in at a counter of 類型① (platform-facts 1.3): with PIN
 * at a registration, without PIN at later use (かざし利用).
 */
import { z } from "zod";
import type { Attributes } from "../../attributes.ts";
import { decodeBase64, type ReadCertificate } from "../../certificate.ts";
import { orRefuse, readBody, readCertificateField } from "../../request-body.ts";
import type { MkpfProfile } from "../profile.ts";

export interface RegistrationReading {
  readonly certificate: ReadCertificate;
  /** 電子利用者証明: RSASSA-PKCS1-v1_5 SHA-256 over the visit's challenge. */
  readonly signature: Uint8Array;
  readonly attributes: Attributes;
}

export interface TouchReading {
  readonly certificate: ReadCertificate;
  /**
   * Whether the internal authentication of 券面事項確認AP succeeded.
   *
   * UNVERIFIED: that the software reports a result and MKPF believes it; only the purpose is public
   * (platform-facts 3.2).
   */
  readonly genuine: boolean;
}

const registration = z.strictObject({
  certificate: z.string(),
  signature: z.string(),
  name: z.string().min(1).max(200),
  address: z.string().min(1).max(400),
  birthDate: z.string().regex(/^\d{8}$/),
  sex: z.enum(["0", "1", "2", "9"]),
});

const touch = z.strictObject({ certificate: z.string(), authenticity: z.string() });

const certificateOnly = z.strictObject({ certificate: z.string() });

/** @throws Refusal */
export function readRegistration(profile: MkpfProfile, form: unknown): RegistrationReading {
  const fields = readBody(names(profile), form, registration);
  const { certificate, signature, ...attributes } = fields;
  return {
    certificate: readCertificateField(certificate),
    signature: orRefuse("invalidRequest", () => decodeBase64(signature)),
    attributes,
  };
}

/** @throws Refusal */
export function readTouch(profile: MkpfProfile, form: unknown): TouchReading {
  const fields = readBody(names(profile), form, touch);
  return {
    certificate: readCertificateField(fields.certificate),
    genuine: fields.authenticity === GENUINE,
  };
}

/** @throws Refusal */
export function readCertificateOnly(profile: MkpfProfile, form: unknown): ReadCertificate {
  return readCertificateField(readBody(names(profile), form, certificateOnly).certificate);
}

/** What the software reports after a successful internal authentication. */
export const GENUINE = "genuine";

function names({ requestFields, readingFields }: MkpfProfile) {
  const { certificate, signature } = requestFields;
  return { certificate, signature, ...readingFields };
}
