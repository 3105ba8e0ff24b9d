import { describe, expect, it } from "vitest";
import {
  authorizationAnswerBreaches,
  challengeBreaches,
  type JsonAnswer,
  tokenAnswerBreaches,
  tokenErrorBreaches,
  userinfoBreaches,
} from "./answers.ts";
import type { Breach } from "./breach.ts";

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const UNSTORED = { ...JSON_TYPE, "cache-control": "no-cache, no-store" };

const answer = (
  status: number,
  body: unknown,
  headers: Record<string, string> = UNSTORED,
): JsonAnswer => ({ status, headers: new Headers(headers), body });

const told = (breaches: readonly Breach[]) => breaches.map(({ what }) => what);

describe("an authorization answer", () => {
  const sent = {
    redirectUri: "https://client.example.org/cb",
    state: "af0ifjsldkj",
    issuer: "https://server.example.com",
  };
  const good = `${sent.redirectUri}?code=SplxlOBeZQQYbYS6WxSbIA&state=af0ifjsldkj`;

  it("without a fault", () => {
    const refused = `${sent.redirectUri}?error=access_denied&error_description=no%20way&state=af0ifjsldkj`;
    for (const url of [good, `${good}&session_state=a`, `${good}&iss=${sent.issuer}`, refused]) {
      expect(authorizationAnswerBreaches(new URL(url), sent)).toEqual([]);
    }
  });

  it.each([
    [good.replace("client.", "evil."), "it went to another address"],
    [good.replace("af0ifjsldkj", "forged"), "state is not the one that was sent"],
    [good.replace(/&state=.*/, ""), "state is not the one that was sent"],
    [good.replace(/code=[^&]*/, ""), "there is not either a code or an error"],
    [`${good}&error=server_error`, "there is not either a code or an error"],
    [`${good}&code=another`, "a parameter comes twice"],
    [`${good}&iss=https://evil.example.com`, "iss is another"],
    [good.replace(/code=[^&]*/, "error=no_way"), "error is unknown"],
    [
      good.replace(/code=[^&]*/, "error=server_error&error_description=%E3%81%82"),
      "error_description has other signs",
    ],
  ])("%s", (url, expected) => {
    expect(told(authorizationAnswerBreaches(new URL(url), sent))).toEqual([expected]);
  });
});

describe("an answer of the token endpoint", () => {
  /** RFC 6749 section 5.1, OpenID Connect Core 1.0 section 3.1.3.3. */
  const body = {
    access_token: "SlAV32hkKG",
    token_type: "bearer",
    expires_in: 3600,
    id_token: "a.b.c",
  };

  it("without a fault", () => {
    expect(tokenAnswerBreaches(answer(200, body), "person")).toEqual([]);
    const { id_token: _, ...ofClient } = body;
    expect(tokenAnswerBreaches(answer(200, ofClient), "client")).toEqual([]);
  });

  it.each<[string, JsonAnswer, string]>([
    ["with another status", answer(201, body), "the status is 201"],
    ["without a token", answer(200, { ...body, access_token: "" }), "no access token"],
    ["of another type", answer(200, { ...body, token_type: "mac" }), "token_type"],
    ["for no number of seconds", answer(200, { ...body, expires_in: "3600" }), "expires_in"],
    ["without an ID token", answer(200, { ...body, id_token: undefined }), "no ID token"],
    ["that may be stored", answer(200, body, JSON_TYPE), "may be stored"],
    [
      "that is a form",
      answer(200, body, { ...UNSTORED, "content-type": "text/plain" }),
      "application/json",
    ],
  ])("%s", (_what, given, expected) => {
    expect(told(tokenAnswerBreaches(given, "person"))).toEqual([expect.stringContaining(expected)]);
  });

  it("that is no JSON", () => {
    const [first] = told(tokenAnswerBreaches(answer(200, "a page"), "person"));
    expect(first).toBe("the body is not a JSON object");
  });

  it("that says no", () => {
    expect(tokenErrorBreaches(answer(400, { error: "invalid_grant" }))).toEqual([]);
    expect(tokenErrorBreaches(answer(401, { error: "invalid_client" }))).toEqual([]);
    expect(told(tokenErrorBreaches(answer(401, { error: "invalid_grant" })))).toEqual([
      "the status is 401",
    ]);
    expect(told(tokenErrorBreaches(answer(400, { error: "no_way" })))).toEqual([
      "error is unknown",
    ]);
    const quoted = { error: "invalid_grant", error_description: 'a "word"' };
    expect(told(tokenErrorBreaches(answer(400, quoted)))).toEqual([
      "error_description has other signs",
    ]);
  });
});

describe("a userinfo answer", () => {
  const claims = {
    sub: "248289761001",
    name: "試験　花子",
    birthdate: "1990-01-02",
    gender: "female",
    address: { formatted: "東京都試験区１" },
  };

  it("without a fault", () => {
    expect(userinfoBreaches(answer(200, claims), claims.sub)).toEqual([]);
    expect(userinfoBreaches(answer(200, { sub: claims.sub }), claims.sub)).toEqual([]);
  });

  it.each<[object, string]>([
    [{ sub: "another" }, "sub is not that of the ID token"],
    [{ name: "" }, "name is no text"],
    [{ gender: 2 }, "gender is no text"],
    [{ birthdate: "19900102" }, "birthdate is not YYYY-MM-DD"],
    [{ address: "東京都試験区１" }, "address is no JSON object"],
  ])("with %j", (change, expected) => {
    const given = answer(200, { ...claims, ...change });
    expect(told(userinfoBreaches(given, claims.sub))).toEqual([expected]);
  });

  it("for nobody asks for a token", () => {
    const challenge = { "www-authenticate": 'Bearer realm="a", error="invalid_token"' };
    expect(challengeBreaches(answer(401, {}, challenge))).toEqual([]);
    expect(told(challengeBreaches(answer(401, {}, {})))).toEqual([
      "WWW-Authenticate does not ask for Bearer",
    ]);
    expect(told(challengeBreaches(answer(200, {}, challenge)))).toEqual(["the status is 200"]);
  });
});
