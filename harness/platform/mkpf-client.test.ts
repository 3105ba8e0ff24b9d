import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { FIRST_CERTIFICATE } from "../../simulator/platform/testing/certificates.ts";
import { PlatformError } from "./platform-error.ts";
import { MkpfWorld, signByCard } from "./testing/mkpf.ts";

let world: MkpfWorld;

beforeEach(async () => {
  world = await MkpfWorld.open();
});
afterEach(() => world.close());

const question = { certificate: FIRST_CERTIFICATE };

describe("MKPF client: errors", () => {
  it("tells a refused client from everything else (MK-15)", async () => {
    const stranger = await world.client("図書館", { clientId: "MKPF-V-00000000" });
    await expect(stranger.validity(question)).rejects.toMatchObject({
      constructor: PlatformError,
      code: "PLATFORM_REFUSED",
      refusal: "invalid_client",
      status: 401,
    });
    expect(world.checker.requests).toEqual([]);
  });

  it("can spoil its assertion on purpose", async () => {
    const spoilt = await world.client("図書館", {
      spoilAssertion: (_header, claims) => {
        claims.aud = "https://elsewhere.example";
      },
    });
    await expect(spoilt.validity(question)).rejects.toMatchObject({ refusal: "invalid_client" });
  });

  it("gets a new token when the old one has become too old at the platform (MK-18)", async () => {
    const library = await world.client();
    await library.validity(question);
    world.clock.advance(10 * 60_000);
    expect(await library.validity(question)).toMatchObject({ result: "valid" });
    const tokens = world.mkpf.seen.all().filter(({ request }) => request === "token");
    expect(tokens).toHaveLength(2);
  });

  it("says how long to wait when the platform says not now (MK-19)", async () => {
    world.mkpf.faults.inject(
      { kind: "refuse", retryAfterSeconds: 120 },
      { path: "/api", times: 1 },
    );
    const library = await world.client();
    await expect(library.validity(question)).rejects.toMatchObject({
      code: "PLATFORM_UNREACHABLE",
      status: 503,
      retryAfterSeconds: 120,
    });
    expect(await library.validity(question)).toMatchObject({ registration: "new" });
  });

  it("is unreachable when the line is cut, while getting the token too", async () => {
    world.mkpf.faults.inject({ kind: "drop" });
    await expect((await world.client()).validity(question)).rejects.toMatchObject({
      code: "PLATFORM_UNREACHABLE",
      status: undefined,
    });
  });

  it("is unreachable when the answer takes longer than the deadline", async () => {
    world.mkpf.faults.inject({ kind: "latency", milliseconds: 500 }, { path: "/oauth" });
    const impatient = await world.client("図書館", { deadline: 20 });
    await expect(impatient.validity(question)).rejects.toMatchObject({
      code: "PLATFORM_UNREACHABLE",
    });
  });

  const lies: Record<string, object> = {
    "an unknown result": { result: "OK" },
    "valid without a PPID": { result: "VALID", registration: "NEW" },
    "valid on a certificate's dates alone": {
      result: "VALID",
      registration: "NEW",
      ppid: "p",
      evidence: {
        method: "certificate",
        not_before: "2031-01-01T00:00:00Z",
        not_after: "2036-01-01T00:00:00Z",
      },
    },
    "invalid with a PPID": { result: "INVALID", reason: "EXPIRED", ppid: "p" },
    "unconfirmed for no known reason": { result: "UNCONFIRMED", reason: "TIRED" },
    "no object": [],
  };
  for (const [what, body] of Object.entries(lies)) {
    it(`does not believe ${what}`, async () => {
      const platform = await world.services.listen(async (app) => {
        app.removeAllContentTypeParsers();
        app.addContentTypeParser("*", (_request, _payload, done) => done(null));
        app.post("/oauth/token", () => ({ access_token: "t", token_type: "Bearer" }));
        app.post("/api/v1/validity", () =>
          Array.isArray(body) ? body : { proof: "MISSING", ...body },
        );
      });
      const library = await world.client("図書館", { issuer: platform });
      await expect(library.validity(question)).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
    });
  }

  it("speaks plain HTTP to this machine only", async () => {
    await expect(world.client("図書館", { issuer: "http://mkpf.example" })).rejects.toMatchObject({
      code: "CONFIG_INVALID",
    });
  });
});

describe("MKPF client: traces", () => {
  it("records each exchange once, token request included, without secrets", async () => {
    const challenge = new Uint8Array(Buffer.from("nonce-1"));
    await (await world.client("図書館", { peer: "MKPF 検証" })).validity({
      ...question,
      proof: { challenge, signature: signByCard(challenge) },
    });
    expect(world.traces).toEqual([
      {
        peer: "MKPF 検証",
        method: "POST",
        path: "/oauth/token",
        request: {
          grant_type: "client_credentials",
          scope: "validity sign-certificate-status unlink",
          client_id: expect.stringMatching(/^MKPF-V-\d{8}$/),
          client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
          client_assertion: "‹client assertion›",
        },
        status: 200,
        response: {
          access_token: "‹access token›",
          expires_in: 300,
          token_type: "Bearer",
          scope: "validity sign-certificate-status unlink",
        },
        milliseconds: expect.any(Number),
      },
      {
        peer: "MKPF 検証",
        method: "POST",
        path: "/api/v1/validity",
        request: {
          certificate: "‹certificate›",
          challenge: "‹challenge›",
          signature: "‹signature›",
        },
        status: 200,
        response: {
          result: "VALID",
          ppid: expect.stringMatching(/^[\w-]{43}$/),
          registration: "NEW",
          proof: "VERIFIED",
          evidence: {
            method: "ocsp",
            produced_at: "2031-04-01T02:50:00.000Z",
            this_update: "2031-04-01T02:45:00.000Z",
          },
          notice: "‹notice›",
        },
        milliseconds: expect.any(Number),
      },
    ]);
  });

  it("records an exchange that got no answer", async () => {
    world.mkpf.faults.inject({ kind: "drop" });
    await expect((await world.client()).validity(question)).rejects.toThrow();
    expect(world.traces).toMatchObject([{ path: "/oauth/token", error: "PLATFORM_UNREACHABLE" }]);
  });
});
