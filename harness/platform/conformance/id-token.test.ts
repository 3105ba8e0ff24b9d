import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { type IdTokenContext, idTokenBreaches } from "./id-token.ts";

const NOW = 1_700_000_000;
const ISSUER = "https://server.example.com";
/** at_hash of the access token of OpenID Connect Core 1.0 appendix A.3 and A.4. */
const ACCESS_TOKEN = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
const AT_HASH = "77QmUPtjPfzWtF2AnpK9RQ";

const CLAIMS = {
  iss: ISSUER,
  sub: "24400320",
  aud: "s6BhdRkqt3",
  nonce: "n-0S6_WzA2Mj",
  iat: NOW - 1,
  exp: NOW + 300,
  at_hash: AT_HASH,
};

let own: CryptoKeyPair;
let other: CryptoKeyPair;
let known: IdTokenContext;

type CryptoKeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

beforeAll(async () => {
  own = await generateKeyPair("ES256", { extractable: true });
  other = await generateKeyPair("ES256", { extractable: true });
  const published = async (pair: CryptoKeyPair, kid: string) => ({
    ...(await exportJWK(pair.publicKey)),
    kid,
  });
  known = {
    issuer: ISSUER,
    clientId: "s6BhdRkqt3",
    nonce: "n-0S6_WzA2Mj",
    accessToken: ACCESS_TOKEN,
    keys: [await published(own, "1"), await published(other, "2")],
    algorithms: ["ES256"],
    now: NOW,
  };
});

interface Making {
  readonly header?: object;
  readonly claims?: object;
  readonly key?: CryptoKeyPair;
}

async function told({ header, claims, key = own }: Making) {
  const payload: JWTPayload = { ...CLAIMS, ...claims };
  const token = await new SignJWT(payload)
    .setProtectedHeader({ alg: "ES256", kid: "1", ...header })
    .sign(key.privateKey);
  return (await idTokenBreaches(token, known)).map(({ what }) => what);
}

describe("an ID token", () => {
  it("without a fault", async () => {
    expect(await told({})).toEqual([]);
    expect(await told({ claims: { at_hash: undefined } })).toEqual([]);
    expect(await told({ claims: { aud: [CLAIMS.aud, "b"], azp: CLAIMS.aud } })).toEqual([]);
  });

  it.each<[string, Making, string]>([
    ["of another issuer", { claims: { iss: `${ISSUER}/` } }, "iss is not the issuer"],
    ["without sub", { claims: { sub: undefined } }, "sub is not"],
    ["with a sub of 256 letters", { claims: { sub: "s".repeat(256) } }, "sub is not"],
    ["for another client", { claims: { aud: "b" } }, "aud is not the client"],
    ["for two, without azp", { claims: { aud: [CLAIMS.aud, "b"] } }, "azp is not the client"],
    ["for another request", { claims: { nonce: "another" } }, "nonce is not"],
    ["past its time", { claims: { exp: NOW - 61, iat: NOW - 400 } }, "exp is over"],
    ["without exp", { claims: { exp: undefined } }, "exp is over, or no time"],
    ["of the future", { claims: { iat: NOW + 61 } }, "iat is ahead"],
    [
      "that ends before it begins",
      { claims: { iat: NOW + 30, exp: NOW + 20 } },
      "exp is not after",
    ],
    ["not to be used yet", { claims: { nbf: NOW + 90 } }, "nbf is ahead"],
    ["with another access token", { claims: { at_hash: AT_HASH.toLowerCase() } }, "at_hash"],
    ["with auth_time as text", { claims: { auth_time: "now" } }, "auth_time"],
    ["with amr as text", { claims: { amr: "pwd" } }, "amr"],
    ["of a key nobody has", { header: { kid: "3" } }, "kid names no published key"],
    ["without kid among two keys", { header: { kid: undefined } }, "kid is missing"],
  ])("%s", async (_what, making, expected) => {
    expect(await told(making)).toContainEqual(expect.stringContaining(expected));
  });

  it("signed with another key than it names", async () => {
    expect(await told({ key: other })).toEqual(["the signature does not fit"]);
  });

  it("of an algorithm that was not announced, or of none", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const unsigned = `${part({ alg: "none", kid: "1" })}.${part(CLAIMS)}.`;
    const breaches = (await idTokenBreaches(unsigned, known)).map(({ what }) => what);
    expect(breaches).toContain("alg is not announced");
    expect(breaches).toContain("the signature does not fit");
  });

  it("that was changed on the way", async () => {
    const token = await new SignJWT(CLAIMS)
      .setProtectedHeader({ alg: "ES256", kid: "1" })
      .sign(own.privateKey);
    const [header, , signature] = token.split(".");
    const claims = Buffer.from(JSON.stringify({ ...CLAIMS, sub: "1" })).toString("base64url");
    const breaches = await idTokenBreaches(`${header}.${claims}.${signature}`, known);
    expect(breaches.map(({ what }) => what)).toEqual(["the signature does not fit"]);
  });

  it("that is none", async () => {
    expect(await idTokenBreaches("no token", known)).toHaveLength(1);
  });
});
