/**
 * What the portal keeps: who has an account, under the `sub` of デジタル認証アプリ, and the applications they
 * signed. The 署名用 certificate is looked at and not kept.
 */
import { z } from "zod";

const jwk = z.looseObject({ kty: z.string() });

const application = z.strictObject({
  receipt: z.string(),
  sub: z.string(),
  at: z.iso.datetime(),
  text: z.string(),
  /** SHA-256 of the text, hexadecimal. */
  sha256: z.string(),
  /** Base64. */
  signature: z.string(),
  /** What the validity of the certificate rested on, for people. */
  evidence: z.string(),
});

export const portalRecords = z.strictObject({
  standing: z
    .strictObject({ clientId: z.string(), privateKey: jwk, sealingKey: jwk, port: z.int() })
    .exactOptional(),
  applications: z.array(application),
});

export type SignedApplication = z.infer<typeof application>;
export type PortalRecords = z.infer<typeof portalRecords>;

export const NEW_PORTAL: PortalRecords = { applications: [] };
