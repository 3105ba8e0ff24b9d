import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  RENEWED_CERTIFICATE,
  SIGN_CERTIFICATE,
} from "../../simulator/platform/testing/certificates.ts";
import { CRL_EVIDENCE, NOON, OCSP_EVIDENCE } from "../../simulator/platform/testing/world.ts";
import {
  CALLBACK,
  DigitalAuthWorld,
  HANAKO,
  publicOf,
  rp,
  TARO,
  TARO_CARD,
} from "./testing/digital-auth-world.ts";

const ALL = ["name", "address", "birthdate", "gender"] as const;

let world: DigitalAuthWorld;

beforeEach(async () => {
  world = new DigitalAuthWorld();
  await world.start();
});
afterEach(() => world.close());

describe("認証API", () => {
  it("stands at the published addresses (platform-facts 4.2)", async () => {
    const issuer = `${world.origin}/api/realms/main`;
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
    const client = await world.service();
    for (const [card, { name }] of [["card-1", TARO] as const, ["card-2", HANAKO] as const]) {
      const testResponse = { card };
      const user = await world.signIn(client, { attributes: ["name"], testResponse });
      expect(user.claims).toEqual({ sub: user.sub, name });
    }
    const anonymous = await world.signIn(client);
    expect(anonymous.claims).toEqual({ sub: anonymous.sub });
  });

  it("offers the screen with cards, outcomes and consent, in both languages (4.7)", async () => {
    const client = await world.service();
    const pending = await client.begin({ attributes: ALL });
    const tester = world.screen();
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
    const pending = await (await world.service()).begin();
    const tester = world.screen();
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
    await world.start({ claims });
    const user = await world.signIn(await world.service(), { attributes: ALL });
    expect(user.claims).toEqual({ sub: user.sub, name: TARO.name, ...expected });
  });

  it("keeps sub over a renewal, and gives each service another (DA-16, DA-17)", async () => {
    const [one, other] = [await world.service(), await world.service()];
    const before = await world.signIn(one);
    world.cards = [{ ...TARO_CARD, authCertificate: RENEWED_CERTIFICATE }];
    expect((await world.signIn(one)).sub).toBe(before.sub);
    expect((await world.signIn(other)).sub).not.toBe(before.sub);
  });

  it("asks OCSP, or the list where acr_values say so", async () => {
    const client = await world.service();
    await world.signIn(client);
    await world.signIn(client, { acrValues: "aal3 crl" });
    expect(world.checker.requests.map(({ method }) => method)).toEqual(["ocsp", "crl"]);
    const evidence = world.app.seen
      .all()
      .flatMap((seen) => ("evidence" in seen ? [seen.evidence] : []));
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
    await expect(world.signIn(await world.service(), { testResponse })).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      refusal,
      detail,
    });
  });

  it("gives no code for a certificate that is bad or could not be checked (DA-10, DA-11)", async () => {
    const client = await world.service();
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
      world.checker.answer = () => verdict;
      await expect(world.signIn(client)).rejects.toMatchObject({ refusal, detail });
    }
    expect(world.app.seen.all().some(({ request }) => request === "token")).toBe(false);
  });

  it("survives a restart: same services, same sub", async () => {
    const { clientId } = world.app.registerRelyingParty({
      name: "試験サービス",
      publicJwk: publicOf(rp),
      redirectUris: [CALLBACK],
    });
    const before = await world.signIn(await world.service({ clientId }));
    const saved = JSON.parse(JSON.stringify(world.app.state()));
    await world.close();
    await world.start({}, saved);
    expect((await world.signIn(await world.service({ clientId }))).sub).toBe(before.sub);
  });
});

describe("デジタル認証アプリ: traces and memory", () => {
  it("hold no 4情報, certificate, signature, hash or token", async () => {
    const client = await world.service();
    const id = await client.startSignature(new Uint8Array(32));
    const user = await world.signIn(client, { attributes: ALL, signTransactionId: id });
    const result = await client.signResult(id, user);
    const shown = JSON.stringify([world.traces, world.app.seen.all(), world.app.state()]);
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
    expect(world.traces.find(({ path }) => path.endsWith("/result"))?.response).toMatchObject({
      signature: "‹signature›",
      sign_certificate_jwe: "‹certificate JWE›",
      evidence: { method: "ocsp" },
    });
  });
});
