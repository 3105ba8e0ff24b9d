/** Key pairs that systems sign their client assertions with (RFC 7523): ES256, as JWK (RFC 7517). */
import { exportJWK, generateKeyPair, type JWK } from "jose";
import type { SystemRegistration } from "../../../simulator/platform/index.ts";

export interface ClientKey {
  /** To be registered with a platform. */
  readonly publicJwk: SystemRegistration["publicJwk"];
  readonly privateKey: JWK;
}

export async function newClientKey(): Promise<ClientKey> {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const named = async (key: typeof publicKey) => ({ ...(await exportJWK(key)), alg: "ES256" });
  return { publicJwk: await named(publicKey), privateKey: await named(privateKey) };
}
