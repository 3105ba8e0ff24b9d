/** Secrets that let somebody use a platform: shown once, and kept as a digest only. */
import { createHash, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { toHex } from "../iso7816/index.ts";
import type { Random } from "../random.ts";

/** SHA-256, hexadecimal. */
export const secretDigest = z.string().regex(/^[0-9A-F]{64}$/);

/** @returns 192 bits as base64url, and what to keep of it */
export function newSecret(random: Random): { readonly secret: string; readonly digest: string } {
  const secret = Buffer.from(random.bytes(24)).toString("base64url");
  return { secret, digest: toHex(sha256(secret)) };
}

/** Takes as long for a wrong secret as for the right one. */
export function isSecretOf(digest: string, secret: unknown): boolean {
  if (typeof secret !== "string") return false;
  return timingSafeEqual(Buffer.from(digest, "hex"), sha256(secret));
}

function sha256(secret: string): Uint8Array {
  return new Uint8Array(createHash("sha256").update(secret, "utf8").digest());
}
