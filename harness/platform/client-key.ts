/**
 * Key pairs that systems register with a platform, as JWK (RFC 7517): to sign client assertions with
 * (RFC 7523, ES256), and to have certificates sealed for (RFC 7516, ECDH-ES).
 */
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { SystemRegistration } from "../../simulator/platform/index.ts";

export interface ClientKey {
  /** To be registered with a platform. */
  readonly publicJwk: SystemRegistration["publicJwk"];
  readonly privateKey: JWK & { readonly kty: string };
}

export function newClientKey(): Promise<ClientKey> {
  return newKey("ES256");
}

export function newSealingKey(): Promise<ClientKey> {
  return newKey("ECDH-ES");
}

async function newKey(alg: "ES256" | "ECDH-ES"): Promise<ClientKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const named = async (key: typeof publicKey) => {
    return { ...(await exportJWK(key)), kty: "EC", alg, kid: "key-1" };
  };
  return { publicJwk: await named(publicKey), privateKey: await named(privateKey) };
}
