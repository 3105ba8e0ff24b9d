/**
 * 署名API of デジタル認証アプリサービス (platform-facts 4.5): what is to be signed is handed in before the
 * person is sent there, and what came of it is fetched afterwards, the certificate sealed for the
 * service alone (RFC 7516).
 */
import { compactDecrypt, importJWK, type JWK } from "jose";
import type { StatusEvidence } from "../../simulator/pki/index.ts";
import type { DigitalAuthProfile } from "../../simulator/platform/digital-auth-app/profile.ts";
import { fromWire, toWire } from "../../simulator/platform/wire.ts";
import { readObject, readRevocationData, readText } from "./answer-fields.ts";
import type { Tokens } from "./authorization-code.ts";
import { fromBase64, toBase64 } from "./base64.ts";
import type { Exchange } from "./exchange.ts";
import { askJson } from "./json-api.ts";
import type { OAuthSession } from "./oauth-session.ts";
import { protocolError } from "./platform-error.ts";

export interface SignedDocument {
  readonly signature: Uint8Array;
  /** 署名用 certificate, DER. */
  readonly certificate: Uint8Array;
  readonly evidence: StatusEvidence;
}

export interface SigningParts {
  readonly origin: string;
  readonly profile: DigitalAuthProfile;
  readonly exchange: Exchange;
  /** Of the service itself. */
  readonly session: OAuthSession;
  /** Opens the JWE certificates come in. */
  readonly sealingKey: JWK | undefined;
}

/** @returns the transaction id for the authorization request */
export async function startSignature(
  { origin, profile, exchange, session }: SigningParts,
  hash: Uint8Array,
  format: "digest" | "digestInfo",
): Promise<string> {
  const { paths, signFields, hashFormats } = profile;
  const answer = await session.withToken((accessToken) =>
    askJson(exchange, {
      url: new URL(paths.signTransactions, origin),
      headers: { authorization: `Bearer ${accessToken}` },
      body: toWire(signFields, { hash: toBase64(hash), hashFormat: hashFormats[format] }),
      errorField: signFields.error,
    }),
  );
  return readText(fromWire(signFields, readObject(answer, "answer")).id, "transaction id");
}

export async function fetchSignature(
  { origin, profile, exchange, sealingKey }: SigningParts,
  transactionId: string,
  { accessToken }: Tokens,
): Promise<SignedDocument> {
  const { paths, signFields } = profile;
  const answer = await askJson(exchange, {
    url: new URL(`${paths.signTransactions}/${transactionId}/result`, origin),
    headers: { authorization: `Bearer ${accessToken}` },
    errorField: signFields.error,
  });
  const fields = fromWire(signFields, readObject(answer, "answer"));
  return {
    signature: fromBase64(readText(fields.signature, "signature")),
    certificate: await unsealed(readText(fields.certificateJwe, "certificate"), sealingKey),
    evidence: readRevocationData(profile, fields.evidence),
  };
}

async function unsealed(jwe: string, key: JWK | undefined): Promise<Uint8Array> {
  if (key === undefined) throw protocolError("there is no key to open the certificate with");
  const alg = key.kty === "RSA" ? "RSA-OAEP-256" : "ECDH-ES";
  try {
    const { plaintext } = await compactDecrypt(jwe, await importJWK(key, alg));
    return plaintext;
  } catch (cause) {
    throw protocolError("the certificate's JWE cannot be opened", cause);
  }
}
