// What 認証API demands of requests, of who asks for tokens, and what its ID tokens are.
import { createHash } from "node:crypto";
import { SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ID_TOKEN_FAULTS } from "../../simulator/platform/digital-auth-app/id-token.ts";
import { CALLBACK, DigitalAuthWorld, rp } from "./testing/digital-auth-world.ts";

let world: DigitalAuthWorld;

beforeEach(async () => {
  world = new DigitalAuthWorld();
  await world.start();
});
afterEach(() => world.close());

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
    const pending = await (await world.service()).begin({ testResponse: { card: "card-1" } });
    spoil(pending.url.searchParams);
    const step = await world.screen().open(pending.url);
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
    expect(
      (await world.signIn(await world.service({ spoilAssertion: livingADay }))).sub,
    ).toBeTruthy();
    await world.close();
    await world.start({ rules: { clientAssertions: "strict" } });
    expect((await world.signIn(await world.service())).sub).toBeTruthy();
    await expect(
      world.signIn(await world.service({ spoilAssertion: livingADay })),
    ).rejects.toMatchObject({
      refusal: "invalid_client",
    });
  });

  it("refuses an assertion for somebody else", async () => {
    const client = await world.service({
      spoilAssertion: (_header, claims) => {
        claims.aud = "https://auth-and-sign.go.jp/realms/main/";
      },
    });
    await expect(world.signIn(client)).rejects.toMatchObject({
      refusal: "invalid_client",
      status: 401,
    });
  });
});

describe("認証API: ID tokens", () => {
  it("are ES256 with kid, at_hash and nonce (platform-facts 4.4)", async () => {
    const client = await world.service();
    const pending = await client.begin({ testResponse: { card: "card-1" } });
    const step = await world.screen().open(pending.url);
    const tokens = await exchangeByHand(step.step === "back" ? step.url : pending.url, pending);
    const [header = "", claims = ""] = tokens.id_token.split(".");
    const decode = (part: string) => JSON.parse(Buffer.from(part, "base64url").toString());
    expect(decode(header)).toMatchObject({ alg: "ES256", kid: expect.stringMatching(/./) });
    const hash = createHash("sha256").update(tokens.access_token).digest();
    expect(decode(claims)).toMatchObject({
      iss: `${world.origin}/api/realms/main`,
      nonce: pending.nonce,
      at_hash: hash.subarray(0, 16).toString("base64url"),
    });
  });

  it.each(ID_TOKEN_FAULTS)(
    "are rejected by the client when they have the fault %s (DA-05)",
    async (fault) => {
      const client = await world.service();
      world.app.setIdTokenFault(fault);
      await expect(world.signIn(client)).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
      expect(world.traces.findLast(({ path }) => path.endsWith("/token"))?.status).toBe(200);
      world.app.setIdTokenFault(undefined);
      expect((await world.signIn(client)).sub).toBeTruthy();
    },
  );

  it("are understood after the keys have been rotated (DA-06)", async () => {
    const client = await world.service();
    const before = await world.signIn(client);
    world.app.rotateKeys();
    expect((await world.signIn(client)).sub).toBe(before.sub);
    world.app.rotateKeys({ forget: true });
    expect((await world.signIn(client)).sub).toBe(before.sub);
  });
});

/** The token request as RFC 6749 section 4.1.3 and RFC 7523 write it, without our client. */
async function exchangeByHand(
  back: URL,
  { url, codeVerifier }: { url: URL; codeVerifier: string },
) {
  const clientId = url.searchParams.get("client_id") ?? "";
  const endpoint = `${world.origin}/api/realms/main/protocol/openid-connect/token`;
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
