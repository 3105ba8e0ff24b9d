/** A service's standing: registration, assertions, consent, memory, and a clock that is wrong. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DigitalAuthWorld, TARO } from "./testing/digital-auth-world.ts";

let world: DigitalAuthWorld;

beforeEach(async () => {
  world = new DigitalAuthWorld();
  await world.start();
});
afterEach(() => world.close());

/** As a state directory does it. */
async function restart(): Promise<void> {
  const saved = JSON.parse(JSON.stringify(world.app.state()));
  await world.close();
  await world.start({}, saved);
}

describe("a registration", () => {
  it.each([
    ["an address of 256 characters", { redirectUris: [`https://a.example/${"p".repeat(238)}`] }],
    ["no address", { redirectUris: [] }],
    ["another algorithm", { idTokenAlgorithm: "HS256" as never }],
    ["a way of testing nobody knows", { testMethod: "both" as never }],
  ])("is refused with %s", (_what, registration) => {
    expect(() => world.service({}, registration)).toThrow(
      expect.objectContaining({ code: "PLATFORM_REGISTRATION_INVALID" }),
    );
  });

  it("is taken with an address of 255 characters", async () => {
    const redirectUri = `https://a.example/${"p".repeat(237)}`;
    expect(redirectUri).toHaveLength(255);
    const client = await world.service({ redirectUri }, { redirectUris: [redirectUri] });
    expect((await world.signIn(client)).sub).toBeTruthy();
  });
});

describe("client assertions in strict mode", () => {
  it("are for the token endpoint alone", async () => {
    await world.close();
    await world.start({ rules: { clientAssertions: "strict" } });
    const forIssuer = (_header: unknown, claims: Record<string, unknown>) => {
      claims.aud = `${world.origin}/api/realms/main`;
    };
    expect((await world.signIn(await world.service())).sub).toBeTruthy();
    const client = await world.service({ spoilAssertion: forIssuer });
    await expect(world.signIn(client)).rejects.toMatchObject({ refusal: "invalid_client" });
  });

  it("may be for the issuer where it is lenient", async () => {
    const forIssuer = (_header: unknown, claims: Record<string, unknown>) => {
      claims.aud = `${world.origin}/api/realms/main`;
    };
    const client = await world.service({ spoilAssertion: forIssuer });
    expect((await world.signIn(client)).sub).toBeTruthy();
  });
});

describe("what was agreed to", () => {
  it("is over when it is withdrawn, for this service and this person alone", async () => {
    const [client, other] = [await world.service(), await world.service()];
    const testResponse = { card: "card-2" };
    const [taro, hanako] = [
      await world.signIn(client),
      await world.signIn(client, { testResponse }),
    ];
    const elsewhere = await world.signIn(other);
    const [clientId = ""] = world.app.state().relyingParties.map((party) => party.clientId);

    await world.app.withdrawConsent(clientId, taro.sub);

    await expect(client.userinfo(taro)).rejects.toMatchObject({ status: 401 });
    await expect(client.refresh(taro)).rejects.toMatchObject({ refusal: "invalid_grant" });
    expect((await client.refresh(hanako)).sub).toBe(hanako.sub);
    expect((await other.refresh(elsewhere)).sub).toBe(elsewhere.sub);
    expect(world.app.seen.all()).toContainEqual(
      expect.objectContaining({ request: "withdrawal", client: clientId, grants: 1 }),
    );
  });
});

describe("memory", () => {
  it("keeps tokens good over a restart, and holds neither them nor 4情報", async () => {
    const client = await world.service();
    const { origin } = world;
    const user = await world.signIn(client, { attributes: ["name"] });
    const written = JSON.stringify(world.app.state());
    for (const secret of [user.tokens.accessToken, user.tokens.refreshToken ?? "", TARO.name]) {
      expect(secret).not.toBe("");
      expect(written).not.toContain(secret);
    }
    await restart();
    const userinfo = await fetch(
      `${world.origin}/api/realms/main/protocol/openid-connect/userinfo`,
      {
        headers: { authorization: `Bearer ${user.tokens.accessToken}` },
      },
    );
    expect(world.origin).not.toBe(origin);
    expect(await userinfo.json()).toEqual({ sub: user.sub, name: TARO.name });
  });

  it("forgets what is past its time", async () => {
    await world.signIn(await world.service());
    expect(world.app.state().accounts).toHaveLength(1);
    world.clock.advance(3600_000);
    const { accounts, server } = world.app.state();
    expect(accounts).toEqual([]);
    // Marks against replay live by the machine's time, as the assertions do.
    const kinds = server?.records.map(({ kind }) => kind);
    expect(kinds?.filter((kind) => kind !== "ReplayDetection")).toEqual([]);
  });

  it("of an earlier edition is still read", async () => {
    const { relyingParties } = world.app.state();
    await world.close();
    await world.start({}, { version: 1, relyingParties });
    expect((await world.signIn(await world.service())).sub).toBeTruthy();
  });

  it("that is damaged is refused", async () => {
    const state = world.app.state();
    const damaged = { ...state, server: { keys: [], records: [] } };
    await expect(world.start({}, damaged)).rejects.toMatchObject({ code: "STATE_INVALID" });
  });
});

describe("a platform whose clock is wrong", () => {
  it("issues ID tokens of its own time, and refuses assertions of the right time", async () => {
    const client = await world.service();
    const end = world.app.faults.inject({ kind: "clockSkew", milliseconds: 3600_000 });
    await expect(world.signIn(client)).rejects.toMatchObject({ refusal: "invalid_client" });
    end();
    world.app.faults.inject({ kind: "clockSkew", milliseconds: 74_000 });
    await expect(world.signIn(client)).rejects.toMatchObject({
      code: "PLATFORM_PROTOCOL",
      message: expect.stringContaining("iat"),
    });
  });
});
