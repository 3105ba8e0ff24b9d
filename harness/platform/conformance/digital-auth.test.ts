/** デジタル認証アプリ of a lab, held against the standards by somebody who knows nothing else of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWK,
  jwtVerify,
  SignJWT,
} from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Lab } from "../../../simulator/lab/index.ts";
import { TEST_KEY_POOL } from "../../../simulator/lab/testing/keys.ts";
import { followRedirects } from "../testing/redirects.ts";
import {
  authorizationAnswerBreaches,
  challengeBreaches,
  type JsonAnswer,
  tokenAnswerBreaches,
  tokenErrorBreaches,
  userinfoBreaches,
} from "./answers.ts";
import { idTokenBreaches } from "./id-token.ts";
import { keySetBreaches } from "./key-set.ts";
import { metadataAddress, metadataBreaches } from "./metadata.ts";

const REDIRECT_URI = "http://127.0.0.1:1/callback";
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/** RFC 7636 appendix B. */
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const STATE = "af0ifjsldkj";
const NONCE = "n-0S6_WzA2Mj";

let state: string;
let lab: Lab;
let issuer: string;
let card: string;
let clients: Readonly<Record<"ES256" | "RS256", string>>;
let clientId: string;
let privateKey: CryptoKey;

type CryptoKey = Awaited<ReturnType<typeof generateKeyPair>>["privateKey"];

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), "jpki-conformance-"));
  await open();
  card = (await lab.issueCard("adult")).id;
  const pair = await generateKeyPair("ES256", { extractable: true });
  privateKey = pair.privateKey;
  const publicJwk = { ...(await exportJWK(pair.publicKey)), alg: "ES256", kid: "rp-1" };
  const registration = { name: "試験サービス", publicJwk, redirectUris: [REDIRECT_URI] };
  const register = (idTokenAlgorithm: "ES256" | "RS256") =>
    lab.digitalAuthApp.registerRelyingParty({
      ...registration,
      signResultJwk: publicJwk,
      idTokenAlgorithm,
    }).clientId;
  clients = { ES256: register("ES256"), RS256: register("RS256") };
});

beforeEach(() => {
  clientId = clients.ES256;
});

afterAll(async () => {
  await lab.close();
  rmSync(state, { recursive: true });
});

async function open(): Promise<void> {
  lab = await Lab.open({ seed: "conformance", keys: TEST_KEY_POOL, state });
  issuer = lab.addresses.digitalAuthApp;
}

async function ask(
  url: string | URL,
  init?: Omit<RequestInit, "headers"> & { headers?: Record<string, string> },
): Promise<JsonAnswer> {
  // No connection outlives a restart of the lab.
  const headers = { ...init?.headers, connection: "close" };
  const response = await fetch(url, { ...init, headers });
  const text = await response.text();
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}

async function metadata(): Promise<Record<string, string> & Record<string, string[]>> {
  return (await ask(metadataAddress(issuer))).body as never;
}

async function keys(): Promise<JWK[]> {
  const { jwks_uri: address } = await metadata();
  return ((await ask(String(address))).body as { keys: JWK[] }).keys;
}

async function authorizationUrl(change: Record<string, string> = {}): Promise<URL> {
  const url = new URL(String((await metadata()).authorization_endpoint));
  const parameters = {
    response_type: "code",
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    scope: "openid name",
    state: STATE,
    nonce: NONCE,
    code_challenge: CHALLENGE,
    code_challenge_method: "S256",
    test_card: card,
    ...change,
  };
  for (const pair of Object.entries(parameters)) url.searchParams.set(...pair);
  return url;
}

/** RFC 7523 section 3. */
async function clientAssertion(): Promise<string> {
  const { token_endpoint: audience } = await metadata();
  return new SignJWT({ iss: clientId, sub: clientId, aud: String(audience) })
    .setProtectedHeader({ alg: "ES256", kid: "rp-1" })
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime("1 minute")
    .sign(privateKey);
}

async function askToken(grant: Record<string, string>): Promise<JsonAnswer> {
  const body = new URLSearchParams({
    ...grant,
    client_id: clientId,
    client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    client_assertion: await clientAssertion(),
  });
  return ask(String((await metadata()).token_endpoint), { method: "POST", body });
}

async function login(change?: Record<string, string>) {
  const answer = await followRedirects(await authorizationUrl(change), REDIRECT_URI);
  const tokens = await askToken({
    grant_type: "authorization_code",
    code: answer.searchParams.get("code") ?? "",
    redirect_uri: REDIRECT_URI,
    code_verifier: VERIFIER,
  });
  return { answer, tokens, fields: tokens.body as Record<string, string> };
}

async function userinfo(accessToken: string | undefined): Promise<JsonAnswer> {
  const headers = { authorization: `Bearer ${accessToken}` };
  return ask(String((await metadata()).userinfo_endpoint), { headers });
}

async function idTokenContext(accessToken: string | undefined) {
  const { id_token_signing_alg_values_supported: algorithms } = await metadata();
  return {
    issuer,
    clientId,
    nonce: NONCE,
    accessToken: String(accessToken),
    keys: await keys(),
    algorithms: algorithms ?? [],
    now: Date.now() / 1000,
  };
}

function subOf(idToken: string | undefined): string {
  const [, claims = ""] = String(idToken).split(".");
  return (JSON.parse(Buffer.from(claims, "base64url").toString()) as { sub: string }).sub;
}

describe("by the standards", () => {
  it("the discovery document is one", async () => {
    const answer = await ask(metadataAddress(issuer));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(metadataBreaches(answer.body, issuer)).toEqual([]);
  });

  it("the key set is one", async () => {
    const { jwks_uri: address } = await metadata();
    const answer = await ask(String(address));
    expect(answer.headers.get("content-type")).toMatch(/^application\/(jwk-set\+)?json/);
    expect(keySetBreaches(answer.body)).toEqual([]);
  });

  it.each(["ES256", "RS256"] as const)(
    "a login's answers and tokens are right: %s",
    async (alg) => {
      clientId = clients[alg];
      const { answer, tokens, fields } = await login();
      expect(decodeProtectedHeader(String(fields.id_token)).alg).toBe(alg);
      const sent = { redirectUri: REDIRECT_URI, state: STATE, issuer };
      expect(authorizationAnswerBreaches(answer, sent)).toEqual([]);
      expect(tokenAnswerBreaches(tokens, "person")).toEqual([]);
      const context = await idTokenContext(fields.access_token);
      expect(await idTokenBreaches(String(fields.id_token), context)).toEqual([]);
      const claims = await userinfo(fields.access_token);
      expect(userinfoBreaches(claims, subOf(fields.id_token))).toEqual([]);
    },
  );

  /** What is known of the real service's answers is an address in one text (UNVERIFIED). */
  it("4情報 depart from them in the address alone", async () => {
    const { fields } = await login({ scope: "openid name address birthdate gender" });
    const claims = await userinfo(fields.access_token);
    expect(Object.keys(Object(claims.body)).sort()).toEqual(
      ["sub", "name", "address", "birthdate", "gender"].sort(),
    );
    expect(userinfoBreaches(claims, subOf(fields.id_token))).toEqual([
      { what: "address is no JSON object", source: "OpenID Connect Core 1.0 5.1.1" },
    ]);
  });

  it("a token for the service itself is right", async () => {
    const tokens = await askToken({ grant_type: "client_credentials", scope: "sign" });
    expect(tokenAnswerBreaches(tokens, "client")).toEqual([]);
  });

  it("what is refused is refused in the right words", async () => {
    const sent = { redirectUri: REDIRECT_URI, state: STATE, issuer };
    for (const outcome of ["cancelled", "certificateRevoked", "maintenance", "unmetAcr"]) {
      const answer = await followRedirects(await authorizationUrl({ outcome }), REDIRECT_URI);
      expect(authorizationAnswerBreaches(answer, sent)).toEqual([]);
      expect(answer.searchParams.get("error")).toBeTruthy();
    }
    const grants = [
      { grant_type: "authorization_code", code: "nobody's", redirect_uri: REDIRECT_URI },
      { grant_type: "refresh_token", refresh_token: "nobody's" },
      { grant_type: "password", username: "a", password: "b" },
    ];
    for (const grant of grants) {
      const answer = await askToken(grant);
      expect(answer.status).toBe(400);
      expect(tokenErrorBreaches(answer)).toEqual([]);
    }
    expect(challengeBreaches(await userinfo("nobody's"))).toEqual([]);
  });

  it("all kinds of bad ID tokens are seen for what they are", async () => {
    const seen = async (outcome: string) => {
      const { fields } = await login({ outcome: `idToken.${outcome}` });
      const context = await idTokenContext(fields.access_token);
      const breaches = await idTokenBreaches(String(fields.id_token), context);
      return breaches.map(({ what }) => what);
    };
    expect(await seen("wrongIssuer")).toEqual(["iss is not the issuer"]);
    expect(await seen("wrongAudience")).toEqual(["aud is not the client"]);
    expect(await seen("wrongNonce")).toEqual(["nonce is not the one that was sent"]);
    expect(await seen("wrongAccessTokenHash")).toEqual(["at_hash is that of another access token"]);
    expect(await seen("expired")).toEqual(["exp is over, or no time"]);
    expect(await seen("issuedInFuture")).toContain("iat is ahead, or no time");
    expect(await seen("algorithmNone")).toContain("alg is not announced");
    expect(await seen("algorithmHs256")).toContain("alg is not announced");
    expect(await seen("wrongKey")).toEqual(["the signature does not fit"]);
    expect(await seen("unknownKey")).toContain("kid names no published key");
  });
});

describe("after a restart on the same state directory", () => {
  it("the issuer, its keys, what was signed and what was handed out are as before", async () => {
    const before = { issuer, keys: await keys() };
    const { fields } = await login();
    const sub = subOf(fields.id_token);
    await lab.close();
    await open();

    expect({ issuer, keys: await keys() }).toEqual(before);
    const verify = createLocalJWKSet({ keys: await keys() });
    const { payload } = await jwtVerify(String(fields.id_token), verify, { issuer });
    expect(payload.sub).toBe(sub);
    expect((await userinfo(fields.access_token)).body).toMatchObject({ sub });
    const refresh = { grant_type: "refresh_token", refresh_token: String(fields.refresh_token) };
    const refreshed = await askToken(refresh);
    expect(tokenAnswerBreaches(refreshed, "person")).toEqual([]);
    expect((await askToken(refresh)).body).toMatchObject({ error: "invalid_grant" });
    expect(subOf((await login()).fields.id_token)).toBe(sub);
  });

  it("consent that was withdrawn stays withdrawn", async () => {
    const { fields } = await login();
    await lab.digitalAuthApp.withdrawConsent(clientId, subOf(fields.id_token));
    await lab.close();
    await open();
    expect((await userinfo(fields.access_token)).status).toBe(401);
  });
});
