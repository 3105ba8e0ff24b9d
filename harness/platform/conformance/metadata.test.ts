import { describe, expect, it } from "vitest";
import { metadataAddress, metadataBreaches } from "./metadata.ts";

const ISSUER = "https://server.example.com";

/** After the example of OpenID Connect Discovery 1.0 section 4.2. */
const DOCUMENT = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/connect/authorize`,
  token_endpoint: `${ISSUER}/connect/token`,
  token_endpoint_auth_methods_supported: ["client_secret_basic", "private_key_jwt"],
  token_endpoint_auth_signing_alg_values_supported: ["RS256", "ES256"],
  userinfo_endpoint: `${ISSUER}/connect/userinfo`,
  jwks_uri: `${ISSUER}/jwks.json`,
  scopes_supported: ["openid", "profile", "email"],
  response_types_supported: ["code", "code id_token", "id_token", "id_token token"],
  subject_types_supported: ["public", "pairwise"],
  id_token_signing_alg_values_supported: ["RS256", "ES256"],
  claims_parameter_supported: true,
};

describe("a discovery document", () => {
  it("without a fault", () => {
    expect(metadataBreaches(DOCUMENT, ISSUER)).toEqual([]);
  });

  it("stands below the issuer, path included", () => {
    expect(metadataAddress("https://example.com/realms/main").href).toBe(
      "https://example.com/realms/main/.well-known/openid-configuration",
    );
  });

  it.each<[string, object, string]>([
    ["another issuer", { issuer: `${ISSUER}/` }, "issuer is not the one"],
    ["no token endpoint", { token_endpoint: undefined }, "token_endpoint"],
    ["plain HTTP", { jwks_uri: "http://server.example.com/jwks.json" }, "jwks_uri"],
    ["a fragment", { authorization_endpoint: `${ISSUER}/a#b` }, "authorization_endpoint"],
    ["a userinfo endpoint that is no address", { userinfo_endpoint: "/me" }, "userinfo_endpoint"],
    ["an empty list", { response_types_supported: [] }, "response_types_supported"],
    ["a text for a list", { grant_types_supported: "implicit" }, "grant_types_supported"],
    ["no openid", { scopes_supported: ["email"] }, "lacks openid"],
    ["a subject type of its own", { subject_types_supported: ["secret"] }, "subject_types"],
    ["no RS256", { id_token_signing_alg_values_supported: ["ES256"] }, "lacks RS256"],
    [
      "no word on how clients sign",
      { token_endpoint_auth_signing_alg_values_supported: undefined },
      "with clients that sign",
    ],
    [
      "clients that sign with none",
      { token_endpoint_auth_signing_alg_values_supported: ["none"] },
      "has none",
    ],
    ["a flag that is a text", { claims_parameter_supported: "true" }, "neither true nor false"],
    [
      "RFC 9207 as a text",
      { authorization_response_iss_parameter_supported: "yes" },
      "authorization_response_iss",
    ],
  ])("with %s", (_what, change, told) => {
    const breaches = metadataBreaches({ ...DOCUMENT, ...change }, ISSUER);
    expect(breaches.map(({ what }) => what)).toEqual([expect.stringContaining(told)]);
    expect(breaches[0]?.source).toMatch(/^(OpenID Connect Discovery 1\.0|RFC \d+) \d/);
  });

  it("with an issuer that has a query", () => {
    const issuer = `${ISSUER}?a`;
    expect(metadataBreaches({ ...DOCUMENT, issuer }, issuer)).toMatchObject([
      { what: "issuer is not a plain https URL" },
    ]);
  });

  it("that is none", () => {
    for (const document of [undefined, "{}", [], null]) {
      expect(metadataBreaches(document, ISSUER)).toHaveLength(1);
    }
  });
});
