import { randomUUID } from "node:crypto";
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { LabClock } from "../../clock.ts";
import { Random } from "../../random.ts";
import { NOON, ScriptedChecker, ScriptedDirectory, Services } from "../testing/world.ts";
import { createMkpf, type Mkpf } from "./index.ts";
import type { MkpfEnvironment } from "./state.ts";

// The client's side of RFC 6749 section 4.4 and RFC 7523, written out by hand: nothing here uses the
// client of the bench.

const services = new Services();
const clock = LabClock.stopped(NOON);
const printed = [
  vi.spyOn(console, "warn"),
  vi.spyOn(console, "info"),
  vi.spyOn(console, "log"),
  vi.spyOn(console, "error"),
];

let keys: { publicKey: CryptoKey; privateKey: CryptoKey };
let verification: { mkpf: Mkpf; issuer: string; clientId: string };
let production: typeof verification;

beforeAll(async () => {
  keys = await generateKeyPair("ES256");
  verification = await start("verification");
  production = await start("production");
});

afterAll(() => services.close());

async function start(environment: MkpfEnvironment) {
  let issuer = "";
  const mkpf = createMkpf({
    environment,
    issuer: () => issuer,
    clock,
    random: new Random(`token-endpoint/${environment}`),
    checker: new ScriptedChecker(),
    people: new ScriptedDirectory(),
  });
  issuer = await services.listen(mkpf.plugin);
  const { clientId } = mkpf.registerSystem({
    name: "試験市 図書館システム",
    type: "mkpf-2",
    publicJwk: await exportJWK(keys.publicKey),
  });
  return { mkpf, issuer, clientId };
}

interface Assertion {
  readonly claims?: Record<string, unknown>;
  readonly key?: CryptoKey;
}

const seconds = () => Math.floor(Date.now() / 1000);

function claimsFor({ issuer, clientId }: typeof verification): JWTPayload {
  return {
    iss: clientId,
    sub: clientId,
    aud: `${issuer}/oauth/token`,
    jti: randomUUID(),
    iat: seconds(),
    exp: seconds() + 60,
  };
}

function sign(claims: JWTPayload, key = keys.privateKey): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ alg: "ES256" }).sign(key);
}

async function askWith(issuer: string, fields: Record<string, string>) {
  const response = await fetch(`${issuer}/oauth/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      scope: "validity",
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      ...fields,
    }),
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

async function ask(target: typeof verification, { claims, key }: Assertion = {}) {
  const assertion = await sign({ ...claimsFor(target), ...claims }, key);
  return askWith(target.issuer, { client_assertion: assertion });
}

describe("MKPF token endpoint", () => {
  it("answers client credentials as RFC 6749 section 4.4.3 and 5.1 say", async () => {
    const { status, body, headers } = await ask(verification);
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^application\/json/);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toEqual({
      access_token: expect.stringMatching(/^[\w-]{20,}$/),
      token_type: "Bearer",
      expires_in: 300,
      scope: "validity",
    });
  });

  it("marks every answer as non-normative, the error ones and discovery too", async () => {
    const { headers } = await askWith(verification.issuer, {});
    expect(headers.get("x-jpki-bench-notice")).toMatch(/NON-NORMATIVE/);
    const discovery = await fetch(`${verification.issuer}/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({
      issuer: verification.issuer,
      token_endpoint: `${verification.issuer}/oauth/token`,
      notice: expect.stringContaining("非規範（実仕様は非公開）"),
    });
  });

  const refused: Record<string, () => Promise<{ status: number; body: unknown }>> = {
    "an audience that is another server": () =>
      ask(verification, { claims: { aud: "https://elsewhere.example/oauth/token" } }),
    "an assertion that has expired": () =>
      ask(verification, { claims: { exp: seconds() - 120, iat: seconds() - 180 } }),
    "an assertion without exp": () => ask(verification, { claims: { exp: undefined } }),
    "an assertion without jti": () => ask(verification, { claims: { jti: undefined } }),
    "an issuer that is not the client": () => ask(verification, { claims: { iss: "someone" } }),
    "a client nobody registered": () =>
      ask(verification, { claims: { iss: "MKPF-V-00000000", sub: "MKPF-V-00000000" } }),
    "another key": async () =>
      ask(verification, { key: (await generateKeyPair("ES256")).privateKey }),
  };
  for (const [what, attempt] of Object.entries(refused)) {
    it(`refuses ${what} with invalid_client`, async () => {
      const { status, body } = await attempt();
      expect(status).toBe(401);
      expect(body).toMatchObject({ error: "invalid_client" });
    });
  }

  it("refuses the same assertion twice (RFC 7523 section 3, jti)", async () => {
    const assertion = await sign(claimsFor(verification));
    const first = await askWith(verification.issuer, { client_assertion: assertion });
    const second = await askWith(verification.issuer, { client_assertion: assertion });
    expect(first.status).toBe(200);
    expect(second).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  });

  it("refuses an unsigned assertion (alg none)", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const assertion = `${part({ alg: "none" })}.${part(claimsFor(verification))}.`;
    const { status, body } = await askWith(verification.issuer, { client_assertion: assertion });
    expect(status).toBe(401);
    expect(body).toMatchObject({ error: "invalid_client" });
  });

  it("grants nothing for a scope that does not exist, and the API refuses that token", async () => {
    const assertion = await sign(claimsFor(verification));
    const { body } = await askWith(verification.issuer, {
      client_assertion: assertion,
      scope: "everything",
    });
    expect(body).not.toHaveProperty("scope");
    const answer = await fetch(`${verification.issuer}/api/v1/validity`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${(body as { access_token: string }).access_token}`,
        "content-type": "application/json",
      },
      body: "{}",
    });
    expect(answer.status).toBe(403);
    expect(answer.headers.get("www-authenticate")).toBe('Bearer error="insufficient_scope"');
  });

  it("refuses verification credentials in production, and the other way round (MK-15)", async () => {
    const inProduction = await ask({ ...production, clientId: verification.clientId });
    const inVerification = await ask({ ...verification, clientId: production.clientId });
    expect(inProduction).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    expect(inVerification).toMatchObject({ status: 401, body: { error: "invalid_client" } });
    expect(production.mkpf.seen.last()).toEqual({
      at: NOON,
      request: "token",
      outcome: "invalid_client",
    });
  });

  it("never writes to the console", () => {
    for (const spy of printed) expect(spy).not.toHaveBeenCalled();
  });
});
