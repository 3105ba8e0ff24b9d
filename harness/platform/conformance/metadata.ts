/**
 * The discovery document: OpenID Connect Discovery 1.0 sections 3 and 4, RFC 8414 sections 2 and 3,
 * RFC 9207 section 3.
 */
import {
  type Breach,
  type Demand,
  isObject,
  isText,
  isTextList,
  type JsonObject,
  unmet,
} from "./breach.ts";

const DISCOVERY = "OpenID Connect Discovery 1.0";

const LISTS = [
  "response_types_supported",
  "subject_types_supported",
  "id_token_signing_alg_values_supported",
] as const;

const OPTIONAL_LISTS = [
  "scopes_supported",
  "response_modes_supported",
  "grant_types_supported",
  "acr_values_supported",
  "claims_supported",
  "claim_types_supported",
  "token_endpoint_auth_methods_supported",
  "token_endpoint_auth_signing_alg_values_supported",
  "code_challenge_methods_supported",
] as const;

const FLAGS = [
  "claims_parameter_supported",
  "request_parameter_supported",
  "request_uri_parameter_supported",
  "require_request_uri_registration",
  "authorization_response_iss_parameter_supported",
] as const;

const KEY_METHODS = ["private_key_jwt", "client_secret_jwt"];

/**
 * @param document the parsed JSON
 * @param issuer what the relying party was told the issuer is, under which the document was found
 */
export function metadataBreaches(document: unknown, issuer: string): Breach[] {
  if (!isObject(document)) {
    return [{ what: "the document is not a JSON object", source: `${DISCOVERY} 4.2` }];
  }
  return unmet([
    [document.issuer === issuer, "issuer is not the one it was found under", `${DISCOVERY} 4.3`],
    [isIssuer(document.issuer), "issuer is not a plain https URL", "RFC 8414 2"],
    ...endpoints(document),
    ...lists(document),
    ...clientAuthentication(document),
  ]);
}

/** Where the document of an issuer stands. */
export function metadataAddress(issuer: string): URL {
  return new URL(`${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`);
}

function endpoints(document: JsonObject): Demand[] {
  const required = ["authorization_endpoint", "token_endpoint", "jwks_uri"];
  const optional = ["userinfo_endpoint", "registration_endpoint"].filter(
    (name) => document[name] !== undefined,
  );
  return [...required, ...optional].map((name) => [
    isEndpoint(document[name]),
    `${name} is not an https URL without a fragment`,
    `${DISCOVERY} 3`,
  ]);
}

function lists(document: JsonObject): Demand[] {
  const there = OPTIONAL_LISTS.filter((name) => document[name] !== undefined);
  const has = (name: string, value: string) =>
    isTextList(document[name]) && document[name].includes(value);
  const subjects = document.subject_types_supported;
  return [
    ...[...LISTS, ...there].map(
      (name): Demand => [
        isTextList(document[name]),
        `${name} is not a list of texts with something in it`,
        "RFC 8414 2, 3.2",
      ],
    ),
    ...FLAGS.filter((name) => document[name] !== undefined).map(
      (name): Demand => [
        typeof document[name] === "boolean",
        `${name} is neither true nor false`,
        name.startsWith("authorization_response") ? "RFC 9207 3" : `${DISCOVERY} 3`,
      ],
    ),
    [
      document.scopes_supported === undefined || has("scopes_supported", "openid"),
      "scopes_supported lacks openid",
      `${DISCOVERY} 3`,
    ],
    [
      isTextList(subjects) && subjects.every((type) => type === "pairwise" || type === "public"),
      "subject_types_supported knows more than pairwise and public",
      `${DISCOVERY} 3`,
    ],
    [
      has("id_token_signing_alg_values_supported", "RS256"),
      "id_token_signing_alg_values_supported lacks RS256",
      `${DISCOVERY} 3`,
    ],
  ];
}

function clientAuthentication(document: JsonObject): Demand[] {
  const methods = document.token_endpoint_auth_methods_supported;
  const algorithms = document.token_endpoint_auth_signing_alg_values_supported;
  const byKey = isTextList(methods) && methods.some((method) => KEY_METHODS.includes(method));
  return [
    [
      !byKey || isTextList(algorithms),
      "token_endpoint_auth_signing_alg_values_supported is missing, with clients that sign",
      "RFC 8414 2",
    ],
    [
      !isTextList(algorithms) || !algorithms.includes("none"),
      "token_endpoint_auth_signing_alg_values_supported has none",
      "RFC 8414 2",
    ],
  ];
}

function isIssuer(value: unknown): boolean {
  if (!isText(value) || !URL.canParse(value)) return false;
  const { search, hash } = new URL(value);
  return isSecure(value) && search === "" && hash === "" && !/[?#]/.test(value);
}

function isEndpoint(value: unknown): boolean {
  return isText(value) && URL.canParse(value) && isSecure(value) && new URL(value).hash === "";
}

/** Plain HTTP is good enough for what never leaves the machine (RFC 8252 section 8.3). */
function isSecure(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || (protocol === "http:" && hostname === "127.0.0.1");
}
