/** デジタル認証アプリ of a lab, held against the standards by somebody who knows nothing else of it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createLocalJWKSet,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  jwtVerify,
} from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Lab } from "../../../simulator/lab/index.ts";
import { TEST_KEY_POOL } from "../../../simulator/lab/testing/keys.ts";
import {
  authorizationAnswerBreaches,
  challengeBreaches,
  tokenAnswerBreaches,
  tokenErrorBreaches,
  userinfoBreaches,
} from "./answers.ts";
import { idTokenBreaches } from "./id-token.ts";
import { keySetBreaches } from "./key-set.ts";
import { metadataAddress, metadataBreaches } from "./metadata.ts";
import { ask, KEY_ID, PlainService, REDIRECT_URI, STATE, subOf } from "./testing/plain-service.ts";

let state: string;
let lab: Lab;
let issuer: string;
let services: Readonly<Record<"ES256" | "RS256", PlainService>>;
let service: PlainService;

beforeAll(async () => {
  state = mkdtempSync(join(tmpdir(), "jpki-conformance-"));
  await open();
  const card = (await lab.issueCard("adult")).id;
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const publicJwk = { ...(await exportJWK(publicKey)), alg: "ES256", kid: KEY_ID };
  const serviceWith = (idTokenAlgorithm: "ES256" | "RS256") => {
    const { clientId } = lab.digitalAuthApp.registerRelyingParty({
      name: "試験サービス",
      publicJwk,
      redirectUris: [REDIRECT_URI],
      signResultJwk: publicJwk,
      idTokenAlgorithm,
    });
    return new PlainService({ issuer, clientId, privateKey, card });
  };
  services = { ES256: serviceWith("ES256"), RS256: serviceWith("RS256") };
  service = services.ES256;
});

afterAll(async () => {
  await lab.close();
  rmSync(state, { recursive: true });
});

async function open(): Promise<void> {
  lab = await Lab.open({ seed: "conformance", keys: TEST_KEY_POOL, state });
  issuer = lab.addresses.digitalAuthApp;
}

describe("by the standards", () => {
  it("the discovery document is one", async () => {
    const answer = await ask(metadataAddress(issuer));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^application\/json/);
    expect(metadataBreaches(answer.body, issuer)).toEqual([]);
  });

  it("the key set is one", async () => {
    const { jwks_uri: address } = await service.metadata();
    const answer = await ask(String(address));
    expect(answer.headers.get("content-type")).toMatch(/^application\/(jwk-set\+)?json/);
    expect(keySetBreaches(answer.body)).toEqual([]);
  });

  it.each(["ES256", "RS256"] as const)(
    "a login's answers and tokens are right: %s",
    async (alg) => {
      const service = services[alg];
      const { answer, tokens, fields } = await service.login();
      expect(decodeProtectedHeader(String(fields.id_token)).alg).toBe(alg);
      const sent = { redirectUri: REDIRECT_URI, state: STATE, issuer };
      expect(authorizationAnswerBreaches(answer, sent)).toEqual([]);
      expect(tokenAnswerBreaches(tokens, "person")).toEqual([]);
      const context = await service.idTokenContext(fields.access_token);
      expect(await idTokenBreaches(String(fields.id_token), context)).toEqual([]);
      const claims = await service.userinfo(fields.access_token);
      expect(userinfoBreaches(claims, subOf(fields.id_token))).toEqual([]);
    },
  );

  /** What is known of the real service's answers is an address in one text (UNVERIFIED). */
  it("4情報 depart from them in the address alone", async () => {
    const { fields } = await service.login({ scope: "openid name address birthdate gender" });
    const claims = await service.userinfo(fields.access_token);
    expect(Object.keys(Object(claims.body)).sort()).toEqual(
      ["sub", "name", "address", "birthdate", "gender"].sort(),
    );
    expect(userinfoBreaches(claims, subOf(fields.id_token))).toEqual([
      { what: "address is no JSON object", source: "OpenID Connect Core 1.0 5.1.1" },
    ]);
  });

  it("a token for the service itself is right", async () => {
    const tokens = await service.askToken({ grant_type: "client_credentials", scope: "sign" });
    expect(tokenAnswerBreaches(tokens, "client")).toEqual([]);
  });

  it("what is refused is refused in the right words", async () => {
    const sent = { redirectUri: REDIRECT_URI, state: STATE, issuer };
    for (const outcome of ["cancelled", "certificateRevoked", "maintenance", "unmetAcr"]) {
      const answer = await service.authorize({ outcome });
      expect(authorizationAnswerBreaches(answer, sent)).toEqual([]);
      expect(answer.searchParams.get("error")).toBeTruthy();
    }
    const grants = [
      { grant_type: "authorization_code", code: "nobody's", redirect_uri: REDIRECT_URI },
      { grant_type: "refresh_token", refresh_token: "nobody's" },
      { grant_type: "password", username: "a", password: "b" },
    ];
    for (const grant of grants) {
      const answer = await service.askToken(grant);
      expect(answer.status).toBe(400);
      expect(tokenErrorBreaches(answer)).toEqual([]);
    }
    expect(challengeBreaches(await service.userinfo("nobody's"))).toEqual([]);
  });

  it("all kinds of bad ID tokens are seen for what they are", async () => {
    const seen = async (outcome: string) => {
      const { fields } = await service.login({ outcome: `idToken.${outcome}` });
      const context = await service.idTokenContext(fields.access_token);
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
    const before = { issuer, keys: await service.keys() };
    const { fields } = await service.login();
    const sub = subOf(fields.id_token);
    await lab.close();
    await open();

    expect({ issuer, keys: await service.keys() }).toEqual(before);
    const verify = createLocalJWKSet({ keys: await service.keys() });
    const { payload } = await jwtVerify(String(fields.id_token), verify, { issuer });
    expect(payload.sub).toBe(sub);
    expect((await service.userinfo(fields.access_token)).body).toMatchObject({ sub });
    const refresh = { grant_type: "refresh_token", refresh_token: String(fields.refresh_token) };
    const refreshed = await service.askToken(refresh);
    expect(tokenAnswerBreaches(refreshed, "person")).toEqual([]);
    expect((await service.askToken(refresh)).body).toMatchObject({ error: "invalid_grant" });
    expect(subOf((await service.login()).fields.id_token)).toBe(sub);
  });

  it("consent that was withdrawn stays withdrawn", async () => {
    const { fields } = await service.login();
    await lab.digitalAuthApp.withdrawConsent(service.clientId, subOf(fields.id_token));
    await lab.close();
    await open();
    expect((await service.userinfo(fields.access_token)).status).toBe(401);
  });
});
