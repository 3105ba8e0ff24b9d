/** The keys an authorization server signs with, as JWK (RFC 7517, RFC 7518 sections 3.3, 3.4 and 6). */
import { createHash, generateKeyPairSync, type JsonWebKey } from "node:crypto";
import { z } from "zod";

/** A private key, with the kid and the algorithm it is for. */
export const signingKey = z.looseObject({
  kty: z.enum(["EC", "RSA"]),
  kid: z.string().min(1),
  alg: z.enum(["ES256", "RS256"]),
  d: z.string().min(1),
});

export type SigningKey = z.output<typeof signingKey>;
export type SigningAlgorithm = SigningKey["alg"];

export function newSigningKey(alg: SigningAlgorithm): SigningKey {
  const { privateKey } =
    alg === "ES256"
      ? generateKeyPairSync("ec", { namedCurve: "P-256" })
      : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = privateKey.export({ format: "jwk" });
  return { ...jwk, kid: kidOf(jwk), use: "sig", alg } as SigningKey;
}

function kidOf({ x, y, n }: JsonWebKey): string {
  const own = [x, y, n].filter((part) => part !== undefined).join(".");
  return createHash("sha256").update(own).digest("base64url").slice(0, 16);
}
