/**
 * `openid-client` (v6) as a relying party of its own, against the emulated デジタル認証アプリ of a lab over
 * HTTP: it finds everything by discovery, and knows nothing of this bench but the sign API's fields.
 */
import { createHash, verify, X509Certificate } from "node:crypto";
import { compactDecrypt, exportJWK, generateKeyPair, importJWK, type JWK } from "jose";
import * as client from "openid-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Lab, type LabCard } from "../../simulator/lab/index.ts";
import { TEST_KEY_POOL } from "../../simulator/lab/testing/keys.ts";
import { followRedirects } from "./testing/redirects.ts";

const REDIRECT_URI = "http://127.0.0.1:1/callback";

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

let lab: Lab;
let card: LabCard;
let sealing: KeyPair;
let config: client.Configuration;

beforeAll(async () => {
  lab = await Lab.open({ seed: "openid-client", keys: TEST_KEY_POOL });
  card = await lab.issueCard("adult");
  const signing = await generateKeyPair("ES256");
  sealing = await generateKeyPair("ECDH-ES", { extractable: true });
  const { clientId } = lab.digitalAuthApp.registerRelyingParty({
    name: "試験サービス",
    publicJwk: { ...(await exportJWK(signing.publicKey)), kid: "rp-1" },
    redirectUris: [REDIRECT_URI],
    signResultJwk: await exportJWK(sealing.publicKey),
  });
  config = await client.discovery(
    new URL(lab.addresses.digitalAuthApp),
    clientId,
    { id_token_signed_response_alg: "ES256" },
    client.PrivateKeyJwt({ key: signing.privateKey, kid: "rp-1" }),
    { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
  );
});

afterAll(() => lab.close());

interface Begun {
  readonly url: URL;
  readonly checks: client.AuthorizationCodeGrantChecks;
}

async function begin(scope: string, more: Record<string, string> = {}): Promise<Begun> {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const expectedNonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: REDIRECT_URI,
    scope,
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: "S256",
    test_card: card.id,
    ...more,
  });
  return { url, checks: { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true } };
}

async function login(scope: string, more?: Record<string, string>) {
  const { url, checks } = await begin(scope, more);
  const tokens = await client.authorizationCodeGrant(
    config,
    await followRedirects(url, REDIRECT_URI),
    checks,
  );
  const claims = tokens.claims();
  expect.assert(claims !== undefined);
  return { tokens, claims };
}

describe("openid-client", () => {
  it("discovers the service at its published addresses", () => {
    const issuer = lab.addresses.digitalAuthApp;
    expect(config.serverMetadata()).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/protocol/openid-connect/token`,
    });
    expect(config.serverMetadata().supportsPKCE()).toBe(true);
  });

  it("logs somebody in, checks the ID token by the published keys, and reads userinfo", async () => {
    const { tokens, claims } = await login("openid name birthdate");
    expect(claims).toMatchObject({
      iss: lab.addresses.digitalAuthApp,
      aud: config.clientMetadata().client_id,
    });
    const userinfo = await client.fetchUserInfo(config, tokens.access_token, claims.sub);
    expect(Object.keys(userinfo).sort()).toEqual(["birthdate", "name", "sub"]);
    expect(userinfo.name === card.resident.name).toBe(true);
  });

  it("refreshes, and finds that a used refresh token is good for nothing", async () => {
    const { tokens, claims } = await login("openid");
    const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    expect(refreshed.claims()?.sub).toBe(claims.sub);
    const again = client.refreshTokenGrant(config, tokens.refresh_token ?? "");
    await expect(again).rejects.toMatchObject({ error: "invalid_grant" });
  });

  it("is told when the person cancels", async () => {
    const { url, checks } = await begin("openid", { outcome: "cancelled" });
    const finished = client.authorizationCodeGrant(
      config,
      await followRedirects(url, REDIRECT_URI),
      checks,
    );
    await expect(finished).rejects.toMatchObject({
      error: "access_denied",
      error_description: "CANCELLED",
    });
  });

  it.each([
    "idToken.wrongIssuer",
    "idToken.wrongAudience",
    "idToken.wrongNonce",
    "idToken.expired",
    "idToken.algorithmNone",
    "idToken.algorithmHs256",
    "idToken.wrongKey",
  ])("rejects %s", async (outcome) => {
    await expect(login("openid", { outcome })).rejects.toMatchObject({
      code: expect.stringMatching(/^OAUTH_/),
    });
  });

  it("has a document signed: transaction, person, result, certificate", async () => {
    const document = Buffer.from("補助金交付申請書");
    const service = await client.clientCredentialsGrant(config, { scope: "sign" });
    const started = await api("POST", "/api/sign-transactions", service.access_token, {
      hash: createHash("sha256").update(document).digest("base64"),
    });
    const id = String(started.sign_transaction_id);
    const { tokens } = await login("openid sign", { sign_transaction_id: id });
    const path = `/api/sign-transactions/${id}/result`;
    const result = await api("GET", path, tokens.access_token);

    const key = await importJWK((await exportJWK(sealing.privateKey)) as JWK, "ECDH-ES");
    const { plaintext } = await compactDecrypt(String(result.sign_certificate_jwe), key);
    const { publicKey } = new X509Certificate(plaintext);
    const signature = Buffer.from(String(result.signature), "base64");
    expect(verify("sha256", document, publicKey, signature)).toBe(true);
  });
});

async function api(
  method: "GET" | "POST",
  path: string,
  accessToken: string,
  body?: object,
): Promise<Record<string, unknown>> {
  const url = new URL(path, lab.addresses.digitalAuthApp);
  const text = body === undefined ? undefined : JSON.stringify(body);
  const headers = new Headers(text === undefined ? {} : { "content-type": "application/json" });
  const answer = await client.fetchProtectedResource(
    config,
    accessToken,
    url,
    method,
    text,
    headers,
  );
  expect(answer.ok).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
}
