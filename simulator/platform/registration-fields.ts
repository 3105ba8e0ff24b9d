/** What systems register with a platform: public keys as JWK (RFC 7517), and where answers may go. */
import { createPublicKey, type JsonWebKey } from "node:crypto";
import type { JWK } from "jose";
import { z } from "zod";

/** Only public keys: a private member would mean that someone handed over a secret. */
export const publicJwk = z.custom<JWK>(
  isPublicKey,
  "not a public JWK (a private or symmetric key must not be handed over)",
);

/** Addresses answers may be sent to, all of one registered domain. */
export const redirectUris = z
  .array(z.url())
  .refine((uris) => new Set(uris.map((uri) => new URL(uri).host)).size <= 1, "one domain only");

function isPublicKey(value: unknown): boolean {
  if (typeof value !== "object" || value === null || "d" in value) return false;
  try {
    createPublicKey({ key: value as JsonWebKey, format: "jwk" });
    return true;
  } catch {
    return false;
  }
}
