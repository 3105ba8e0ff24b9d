import { createHash, verify, X509Certificate } from "node:crypto";
import { SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LabClock } from "../../simulator/clock.ts";
import { ID_TOKEN_FAULTS } from "../../simulator/platform/digital-auth-app/id-token.ts";
import type { DigitalAuthApp } from "../../simulator/platform/digital-auth-app/index.ts";
import type { DigitalAuthState } from "../../simulator/platform/digital-auth-app/state.ts";
import {
  RENEWED_CERTIFICATE,
  SIGN_CERTIFICATE,
} from "../../simulator/platform/testing/certificates.ts";
import {
  CRL_EVIDENCE,
  NOON,
  OCSP_EVIDENCE,
  type ScriptedChecker,
} from "../../simulator/platform/testing/world.ts";
import type {
  DigitalAuthClient,
  DigitalAuthClientOptions,
  DigitalAuthWish,
} from "./digital-auth-client.ts";
import type { HttpTrace } from "./exchange.ts";
import {
  CALLBACK,
  DigitalAuthWorld,
  HANAKO,
  privateOf,
  publicOf,
  rp,
  TARO,
  TARO_CARD,
} from "./testing/digital-auth-world.ts";

const ALL = ["name", "address", "birthdate", "gender"] as const;

let world: DigitalAuthWorld;
let clock: LabClock;
let checker: ScriptedChecker;
let app: DigitalAuthApp;
let origin: string;
let traces: readonly HttpTrace[];

beforeEach(async () => {
  world = new DigitalAuthWorld();
  await start();
});
afterEach(() => world.close());

async function start(profile: unknown = {}, state?: DigitalAuthState) {
  await world.start(profile, state);
  ({ clock, checker, app, origin, traces } = world);
}

const service = (options?: Partial<DigitalAuthClientOptions>) => world.service(options);
const screen = () => world.screen();
const signIn = (client: DigitalAuthClient, wish?: DigitalAuthWish) => world.signIn(client, wish);

describe("認証API", () => {
  it("stands at the published addresses (platform-facts 4.2)", async () => {
    const issuer = `${origin}/api/realms/main`;
    const response = await fetch(`${issuer}/.well-known/openid-configuration`);
    expect(await response.json()).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}/protocol/openid-connect/auth`,
      token_endpoint: `${issuer}/protocol/openid-connect/token`,
      userinfo_endpoint: `${issuer}/protocol/openid-connect/userinfo`,
      jwks_uri: `${issuer}/protocol/openid-connect/certs`,
      token_endpoint_auth_methods_supported: ["private_key_jwt"],
      code_challenge_methods_supported: ["S256"],
      id_token_signing_alg_values_supported: ["ES256", "RS256"],
    });
    expect(response.headers.get("x-jpki-bench-notice")).toMatch(/NON-NORMATIVE/);
  });

  it("returns the granted claims of the card that was picked, and only those (DA-01)", async () => {
    const client = await service();
    for (const [card, { name }] of [["card-1", TARO] as const, ["card-2", HANAKO] as const]) {
      const testResponse = { card };
      const user = await signIn(client, { attributes: ["name"], testResponse });
      expect(user.claims).toEqual({ sub: user.sub, name });
    }
    const anonymous = await signIn(client);
    expect(anonymous.claims).toEqual({ sub: anonymous.sub });
  });

  it("offers the screen with cards, outcomes and consent, in both languages (4.7)", async () => {
    const client = await service();
    const pending = await client.begin({ attributes: ALL });
    const tester = screen();
    expect(await tester.open(pending.url)).toEqual({ step: "screen" });
    expect(tester.html).toContain("テストレスポンス設定画面");
    expect(tester.html).toContain("試験 花子");
    expect(tester.html).toContain("非規範（実仕様は非公開）");
    expect(tester.html).not.toContain("DigestInfo");
    const back = await tester.respond({ card: "card-2", consent: ["name", "gender"] });
    if (back.step !== "back") throw new Error(back.step);
    const user = await client.finish(back.url, pending);
    // DA-09: consent given for fewer attributes than were asked for.
    expect(user.claims).toEqual({ sub: user.sub, name: HANAKO.name, gender: "female" });
  });

  it("shows the screen again for a card that is not there", async () => {
    const pending = await (await service()).begin();
    const tester = screen();
    await tester.open(pending.url);
    expect(await tester.respond({ card: "nobody", consent: [] })).toEqual({ step: "screen" });
    expect(tester.html).toContain("カードを選んでください");
  });

  it.each([
    [{}, { address: TARO.address, birthdate: "1990-01-02", gender: "male" }],
    [
      { address: "object", birthdate: "YYYYMMDD", gender: "digit" },
      { address: { formatted: TARO.address }, birthdate: "19900102", gender: "1" },
    ],
  ])("gives 4情報 in the formats of the profile (DA-18) %#", async (claims, expected) => {
    await world.close();
    await start({ claims });
    const user = await signIn(await service(), { attributes: ALL });
    expect(user.claims).toEqual({ sub: user.sub, name: TARO.name, ...expected });
  });

  it("keeps sub over a renewal, and gives each service another (DA-16, DA-17)", async () => {
    const [one, other] = [await service(), await service()];
    const before = await signIn(one);
    world.cards = [{ ...TARO_CARD, authCertificate: RENEWED_CERTIFICATE }];
    expect((await signIn(one)).sub).toBe(before.sub);
    expect((await signIn(other)).sub).not.toBe(before.sub);
  });

  it("asks OCSP, or the list where acr_values say so", async () => {
    const client = await service();
    await signIn(client);
    await signIn(client, { acrValues: "aal3 crl" });
    expect(checker.requests.map(({ method }) => method)).toEqual(["ocsp", "crl"]);
    const evidence = app.seen.all().flatMap((seen) => ("evidence" in seen ? [seen.evidence] : []));
    expect(evidence).toEqual([OCSP_EVIDENCE, CRL_EVIDENCE]);
  });

  it.each([
    ["cancelled", "access_denied", "CANCELLED"],
    ["consentDeclined", "access_denied", "CONSENT_DECLINED"],
    ["pinLocked", "access_denied", "PIN_LOCKED"],
    ["unmetAcr", "unmet_authentication_requirements", "UNMET_ACR"],
    ["maintenance", "temporarily_unavailable", "MAINTENANCE"],
    ["serverError", "server_error", "SERVER_ERROR"],
  ])("answers %s with %s (DA-07)", async (outcome, refusal, detail) => {
    const testResponse = { card: "card-1", outcome };
    await expect(signIn(await service(), { testResponse })).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      refusal,
      detail,
    });
  });

  it("gives no code for a certificate that is bad or could not be checked (DA-10, DA-11)", async () => {
    const client = await service();
    const verdicts = [
      [{ verdict: "expired", notAfter: NOON }, "access_denied", "CERTIFICATE_EXPIRED"],
      [
        { verdict: "revoked", reason: "certificateHold", revokedAt: NOON, evidence: OCSP_EVIDENCE },
        "access_denied",
        "CERTIFICATE_REVOKED",
      ],
      [{ verdict: "wrongKind" }, "access_denied", "CERTIFICATE_REJECTED"],
      [undefined, "temporarily_unavailable", "MAINTENANCE"],
      [{ verdict: "valid" }, "temporarily_unavailable", "MAINTENANCE"],
    ] as const;
    for (const [verdict, refusal, detail] of verdicts) {
      checker.answer = () => verdict;
      await expect(signIn(client)).rejects.toMatchObject({ refusal, detail });
    }
    expect(app.seen.all().some(({ request }) => request === "token")).toBe(false);
  });

  it("survives a restart: same services, same sub", async () => {
    const { clientId } = app.registerRelyingParty({
      name: "試験サービス",
      publicJwk: publicOf(rp),
      redirectUris: [CALLBACK],
    });
    const before = await signIn(await service({ clientId }));
    const saved = JSON.parse(JSON.stringify(app.state()));
    await world.close();
    await start({}, saved);
    expect((await signIn(await service({ clientId }))).sub).toBe(before.sub);
  });
});

describe("認証API: request rules (DA-02)", () => {
  const spoils: Record<string, (parameters: URLSearchParams) => void> = {
    "no nonce": (parameters) => parameters.delete("nonce"),
    "an empty nonce": (parameters) => parameters.set("nonce", ""),
    "a nonce of 256 characters": (parameters) => parameters.set("nonce", "n".repeat(256)),
    "no state": (parameters) => parameters.delete("state"),
    "a state with U+3042": (parameters) => parameters.set("state", "あ"),
    "no PKCE": (parameters) => {
      parameters.delete("code_challenge");
      parameters.delete("code_challenge_method");
    },
    "the method plain": (parameters) => parameters.set("code_challenge_method", "plain"),
    "a challenge of 129 characters": (parameters) =>
      parameters.set("code_challenge", "c".repeat(129)),
    "a challenge with a dot": (parameters) =>
      parameters.set("code_challenge", `${"c".repeat(42)}.`),
    "the scope sign without a transaction": (parameters) => parameters.set("scope", "openid sign"),
    "a transaction without the scope sign": (parameters) =>
      parameters.set("sign_transaction_id", "00000000-0000-4000-8000-000000000000"),
    "an unknown transaction": (parameters) => {
      parameters.set("scope", "openid sign");
      parameters.set("sign_transaction_id", "00000000-0000-4000-8000-000000000000");
    },
  };
  it.each(Object.entries(spoils))("refuses %s with invalid_request", async (_what, spoil) => {
    const pending = await (await service()).begin({ testResponse: { card: "card-1" } });
    spoil(pending.url.searchParams);
    const step = await screen().open(pending.url);
    expect(step.step).toBe("back");
    expect(step.step === "back" && step.url.searchParams.get("error")).toBe("invalid_request");
    expect(step.step === "back" && step.url.searchParams.get("code")).toBeNull();
  });
});

describe("認証API: client authentication (DA-04)", () => {
  const DAY = 86_400;
  const livingADay = (_header: unknown, claims: Record<string, unknown>) => {
    claims.exp = Number(claims.iat) + DAY;
  };

  it("takes an assertion of a day as the sandbox does, and refuses it where strict", async () => {
    expect((await signIn(await service({ spoilAssertion: livingADay }))).sub).toBeTruthy();
    await world.close();
    await start({ rules: { clientAssertions: "strict" } });
    expect((await signIn(await service())).sub).toBeTruthy();
    await expect(signIn(await service({ spoilAssertion: livingADay }))).rejects.toMatchObject({
      refusal: "invalid_client",
    });
  });

  it("refuses an assertion for somebody else", async () => {
    const client = await service({
      spoilAssertion: (_header, claims) => {
        claims.aud = "https://auth-and-sign.go.jp/realms/main/";
      },
    });
    await expect(signIn(client)).rejects.toMatchObject({ refusal: "invalid_client", status: 401 });
  });
});

describe("認証API: ID tokens", () => {
  it("are ES256 with kid, at_hash and nonce (platform-facts 4.4)", async () => {
    const client = await service();
    const pending = await client.begin({ testResponse: { card: "card-1" } });
    const step = await screen().open(pending.url);
    const tokens = await exchangeByHand(step.step === "back" ? step.url : pending.url, pending);
    const [header = "", claims = ""] = tokens.id_token.split(".");
    const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
    expect(decode(header)).toMatchObject({ alg: "ES256", kid: expect.stringMatching(/./) });
    const hash = createHash("sha256").update(tokens.access_token).digest();
    expect(decode(claims)).toMatchObject({
      iss: `${origin}/api/realms/main`,
      nonce: pending.nonce,
      at_hash: hash.subarray(0, 16).toString("base64url"),
    });
  });

  it.each(ID_TOKEN_FAULTS)(
    "are rejected by the client when they have the fault %s (DA-05)",
    async (fault) => {
      const client = await service();
      app.setIdTokenFault(fault);
      await expect(signIn(client)).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
      expect(traces.findLast(({ path }) => path.endsWith("/token"))?.status).toBe(200);
      app.setIdTokenFault(undefined);
      expect((await signIn(client)).sub).toBeTruthy();
    },
  );

  it("are understood after the keys have been rotated (DA-06)", async () => {
    const client = await service();
    const before = await signIn(client);
    app.rotateKeys();
    expect((await signIn(client)).sub).toBe(before.sub);
    app.rotateKeys({ forget: true });
    expect((await signIn(client)).sub).toBe(before.sub);
  });
});

/** The token request as RFC 6749 section 4.1.3 and RFC 7523 write it, without our client. */
async function exchangeByHand(
  back: URL,
  { url, codeVerifier }: { url: URL; codeVerifier: string },
) {
  const clientId = url.searchParams.get("client_id") ?? "";
  const endpoint = `${origin}/api/realms/main/protocol/openid-connect/token`;
  const assertion = await new SignJWT({ iss: clientId, sub: clientId, aud: endpoint })
    .setProtectedHeader({ alg: "ES256" })
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime("5 minutes")
    .sign(rp.privateKey);
  const response = await fetch(endpoint, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "authorization_code",
      code: back.searchParams.get("code") ?? "",
      redirect_uri: CALLBACK,
      code_verifier: codeVerifier,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: assertion,
    }),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { id_token: string; access_token: string };
}

describe("署名API", () => {
  const document = new Uint8Array(Buffer.from("申請書"));
  const digest = new Uint8Array(createHash("sha256").update(document).digest());

  const fits = ({ certificate, signature }: { certificate: Uint8Array; signature: Uint8Array }) =>
    verify("sha256", document, new X509Certificate(certificate).publicKey, signature);

  async function signed(client: DigitalAuthClient, outcome = "normal") {
    const id = await client.startSignature(digest);
    const testResponse = { card: "card-1", outcome };
    const user = await signIn(client, { signTransactionId: id, testResponse });
    return { id, user };
  }

  it("returns a signature that fits the document, and the sealed certificate", async () => {
    const client = await service();
    const { id, user } = await signed(client);
    const result = await client.signResult(id, user);
    expect(result.certificate).toEqual(SIGN_CERTIFICATE);
    expect(result.evidence).toEqual(OCSP_EVIDENCE);
    expect(fits(result)).toBe(true);
    expect(checker.requests.map(({ kind }) => kind)).toEqual(["auth", "sign"]);
  });

  it("takes a DigestInfo that names its algorithm already", async () => {
    const client = await service();
    const prefix = Buffer.from("3031300d060960864801650304020105000420", "hex");
    const id = await client.startSignature(Buffer.concat([prefix, digest]), "digestInfo");
    const user = await signIn(client, { signTransactionId: id });
    expect(fits(await client.signResult(id, user))).toBe(true);
  });

  it("refuses a hash that is not of the announced format", async () => {
    const client = await service();
    const misfits = [
      [digest.subarray(1), "digest"],
      [digest, "digestInfo"],
      [new Uint8Array(51), "digestInfo"],
    ] as const;
    for (const [hash, format] of misfits) {
      await expect(client.startSignature(hash, format)).rejects.toMatchObject({
        refusal: "invalid_request",
      });
    }
  });

  it("says not finished, unknown, over; and the same result twice (DA-12)", async () => {
    const client = await service();
    const id = await client.startSignature(digest);
    const { id: finished, user } = await signed(client);
    await expect(client.signResult(id, user)).rejects.toMatchObject({ status: 409 });
    await expect(client.signResult(crypto.randomUUID(), user)).rejects.toMatchObject({
      status: 404,
      refusal: "not_found",
    });
    const first = await client.signResult(finished, user);
    expect((await client.signResult(finished, user)).signature).toEqual(first.signature);
    clock.advance(700_000);
    const later = await client.refresh(user);
    await expect(client.signResult(finished, later)).rejects.toMatchObject({
      status: 410,
      refusal: "expired",
    });
  });

  it("gives a transaction to its own service only, and once (DA-03)", async () => {
    const [client, other] = [await service(), await service()];
    const { id, user } = await signed(client);
    const reuse = { signTransactionId: id };
    await expect(signIn(client, reuse)).rejects.toMatchObject({ refusal: "invalid_request" });
    const fresh = { signTransactionId: await client.startSignature(digest) };
    await expect(signIn(other, fresh)).rejects.toMatchObject({ refusal: "invalid_request" });
    const { user: stranger } = await signed(other);
    await expect(other.signResult(id, stranger)).rejects.toMatchObject({ status: 404 });
    expect(fits(await client.signResult(id, user))).toBe(true);
  });

  it("gives the result to the authorization of the person who signed", async () => {
    const client = await service();
    const [one, other] = [await signed(client), await signed(client)];
    await expect(client.signResult(one.id, other.user)).rejects.toMatchObject({ status: 403 });
  });

  it.each(["otherDocument", "digestInfoMissing", "digestInfoTwice"])(
    "lets the service notice a signature that does not fit: %s (DA-13)",
    async (outcome) => {
      const client = await service();
      const { id, user } = await signed(client, outcome);
      expect(fits(await client.signResult(id, user))).toBe(false);
    },
  );

  it("lets the service notice a JWE that was tampered with, or sealed for another (DA-14)", async () => {
    const client = await service();
    const tampered = await signed(client, "jweTampered");
    await expect(client.signResult(tampered.id, tampered.user)).rejects.toMatchObject({
      code: "PLATFORM_PROTOCOL",
    });
    const stranger = await service({ signResultKey: privateOf(rp) });
    const { id, user } = await signed(stranger);
    await expect(stranger.signResult(id, user)).rejects.toMatchObject({
      code: "PLATFORM_PROTOCOL",
    });
  });

  it("refuses a card without a 署名用 certificate, and one whose is revoked", async () => {
    const client = await service();
    const signTransactionId = await client.startSignature(digest);
    const testResponse = { card: "card-2" };
    await expect(signIn(client, { signTransactionId, testResponse })).rejects.toMatchObject({
      detail: "SIGN_CERTIFICATE_MISSING",
    });
    checker.answer = ({ kind }) =>
      kind === "auth"
        ? { verdict: "valid", evidence: OCSP_EVIDENCE }
        : { verdict: "revoked", reason: "superseded", revokedAt: NOON, evidence: OCSP_EVIDENCE };
    await expect(signIn(client, { signTransactionId })).rejects.toMatchObject({
      detail: "CERTIFICATE_REVOKED",
    });
  });

  it("is closed to a service that registered for 認証API alone", async () => {
    const { clientId } = app.registerRelyingParty({
      name: "認証のみ",
      publicJwk: publicOf(rp),
      redirectUris: [CALLBACK],
    });
    const client = await service({ clientId });
    await expect(client.startSignature(digest)).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      status: 400,
    });
  });
});

describe("デジタル認証アプリ: traces and memory", () => {
  it("hold no 4情報, certificate, signature, hash or token", async () => {
    const client = await service();
    const id = await client.startSignature(new Uint8Array(32));
    const user = await signIn(client, { attributes: ALL, signTransactionId: id });
    const result = await client.signResult(id, user);
    const shown = JSON.stringify([traces, app.seen.all(), app.state()]);
    const secrets = [
      TARO.name,
      TARO.address,
      "1990-01-02",
      user.tokens.accessToken,
      user.tokens.refreshToken ?? "none",
      Buffer.from(result.signature).toString("base64"),
      Buffer.from(SIGN_CERTIFICATE).toString("base64"),
      Buffer.from(new Uint8Array(32)).toString("base64"),
    ];
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(traces.find(({ path }) => path.endsWith("/result"))?.response).toMatchObject({
      signature: "‹signature›",
      sign_certificate_jwe: "‹certificate JWE›",
      evidence: { method: "ocsp" },
    });
  });
});
