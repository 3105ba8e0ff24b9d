/**
 * Answers of the authorization, token and userinfo endpoints: RFC 6749 sections 4.1.2, 5.1 and 5.2,
 * RFC 9207 section 2, RFC 6750 section 3, OpenID Connect Core 1.0 sections 3.1.2, 3.1.3.3, 5.1 and 5.3.2.
 */
import {
  type Breach,
  type Demand,
  isJsonType,
  isObject,
  isText,
  type JsonObject,
  unmet,
} from "./breach.ts";

const CORE = "OpenID Connect Core 1.0";

/** RFC 6749 section 4.1.2.1; OpenID Connect Core section 3.1.2.6 and its later additions. */
const AUTHORIZATION_ERRORS = new Set([
  "invalid_request",
  "unauthorized_client",
  "access_denied",
  "unsupported_response_type",
  "invalid_scope",
  "server_error",
  "temporarily_unavailable",
  "interaction_required",
  "login_required",
  "account_selection_required",
  "consent_required",
  "invalid_request_uri",
  "invalid_request_object",
  "request_not_supported",
  "request_uri_not_supported",
  "registration_not_supported",
  "unmet_authentication_requirements",
]);

/** RFC 6749 section 5.2. */
const TOKEN_ERRORS = new Set([
  "invalid_request",
  "invalid_client",
  "invalid_grant",
  "unauthorized_client",
  "unsupported_grant_type",
  "invalid_scope",
]);

/** RFC 6749 sections 4.1.2.1 and 5.2: printable ASCII but quotation mark and backslash. */
const DESCRIPTION = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** An answer with a JSON body. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** @param answer the address the browser was sent to */
export function authorizationAnswerBreaches(
  answer: URL,
  { redirectUri, state, issuer }: Readonly<Record<"redirectUri" | "state" | "issuer", string>>,
): Breach[] {
  const { searchParams: given } = answer;
  const [code, error, description] = ["code", "error", "error_description"].map((name) =>
    given.get(name),
  );
  const names = [...given.keys()];
  return unmet([
    [answer.href.startsWith(redirectUri), "it went to another address", "RFC 6749 4.1.2"],
    [given.get("state") === state, "state is not the one that was sent", "RFC 6749 4.1.2"],
    [isText(code) !== isText(error), "there is not either a code or an error", "RFC 6749 4.1.2"],
    [new Set(names).size === names.length, "a parameter comes twice", "RFC 6749 3.1"],
    [given.get("iss") === null || given.get("iss") === issuer, "iss is another", "RFC 9207 2.4"],
    [!isText(error) || AUTHORIZATION_ERRORS.has(error), "error is unknown", "RFC 6749 4.1.2.1"],
    [DESCRIPTION.test(description ?? ""), "error_description has other signs", "RFC 6749 4.1.2.1"],
  ]);
}

/** @param grant whether a person stands behind it, so that an ID token has to be there */
export function tokenAnswerBreaches(answer: JsonAnswer, grant: "person" | "client"): Breach[] {
  const { status, headers, body } = answer;
  const fields = isObject(body) ? body : {};
  const { access_token: token, token_type: type, expires_in: seconds, id_token: idToken } = fields;
  return unmet([
    ...jsonDemands(answer, "RFC 6749 5.1"),
    [status === 200, `the status is ${status}`, "RFC 6749 5.1"],
    [isText(token), "there is no access token", "RFC 6749 5.1"],
    [isText(type) && /^bearer$/i.test(type), "token_type is not Bearer", `${CORE} 3.1.3.3`],
    [
      seconds === undefined || (Number.isInteger(seconds) && Number(seconds) > 0),
      "expires_in is no number of seconds",
      "RFC 6749 5.1",
    ],
    [isNotStored(headers), "it may be stored (Cache-Control)", "RFC 6749 5.1"],
    [grant === "client" || isText(idToken), "there is no ID token", `${CORE} 3.1.3.3`],
  ]);
}

export function tokenErrorBreaches(answer: JsonAnswer): Breach[] {
  const { status, headers, body } = answer;
  const { error, error_description: description = "" } = isObject(body) ? body : {};
  const expected = error === "invalid_client" ? [400, 401] : [400];
  return unmet([
    ...jsonDemands(answer, "RFC 6749 5.2"),
    [expected.includes(status), `the status is ${status}`, "RFC 6749 5.2"],
    [isText(error) && TOKEN_ERRORS.has(error), "error is unknown", "RFC 6749 5.2"],
    [DESCRIPTION.test(String(description)), "error_description has other signs", "RFC 6749 5.2"],
    [isNotStored(headers), "it may be stored (Cache-Control)", "RFC 6749 5.1"],
  ]);
}

/** @param sub of the ID token */
export function userinfoBreaches(answer: JsonAnswer, sub: string): Breach[] {
  const claims: JsonObject = isObject(answer.body) ? answer.body : {};
  const { name, address, birthdate, gender } = claims;
  const isDay = isText(birthdate) && /^(\d{4}|\d{4}-\d\d-\d\d|0000-\d\d-\d\d)$/.test(birthdate);
  return unmet([
    ...jsonDemands(answer, `${CORE} 5.3.2`),
    [answer.status === 200, `the status is ${answer.status}`, `${CORE} 5.3.2`],
    [claims.sub === sub, "sub is not that of the ID token", `${CORE} 5.3.2`],
    [name === undefined || isText(name), "name is no text", `${CORE} 5.1`],
    [gender === undefined || isText(gender), "gender is no text", `${CORE} 5.1`],
    [birthdate === undefined || isDay, "birthdate is not YYYY-MM-DD", `${CORE} 5.1`],
    [address === undefined || isObject(address), "address is no JSON object", `${CORE} 5.1.1`],
  ]);
}

/** An answer to a request whose access token is missing or no good. */
export function challengeBreaches({ status, headers }: Pick<JsonAnswer, "status" | "headers">) {
  const challenge = headers.get("www-authenticate") ?? "";
  return unmet([
    [status === 401, `the status is ${status}`, "RFC 6750 3.1"],
    [/^Bearer( |$)/i.test(challenge), "WWW-Authenticate does not ask for Bearer", "RFC 6750 3"],
  ]);
}

function jsonDemands({ headers, body }: JsonAnswer, source: string): Demand[] {
  return [
    [isJsonType(headers.get("content-type")), "it is not application/json", source],
    [isObject(body), "the body is not a JSON object", source],
  ];
}

function isNotStored(headers: Headers): boolean {
  return /(^|[\s,])no-store([\s,]|$)/i.test(headers.get("cache-control") ?? "");
}
