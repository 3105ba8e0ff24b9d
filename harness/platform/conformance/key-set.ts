/** The key set: RFC 7517 sections 4 and 5, RFC 7518 section 6, OpenID Connect Discovery 1.0 section 3. */
import { type Breach, type Demand, isObject, isText, type JsonObject, unmet } from "./breach.ts";

/** RFC 7518 sections 6.2.2, 6.3.2 and 6.4.1. */
const PRIVATE_MEMBERS = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

/** Bytes of a coordinate (RFC 7518 section 6.2.1.2). */
const COORDINATES: Readonly<Record<string, number>> = { "P-256": 32, "P-384": 48, "P-521": 66 };

/** RFC 7518 section 3.1. */
const KEY_TYPES: Readonly<Record<string, string>> = { ES: "EC", RS: "RSA", PS: "RSA" };

/** @param document the parsed JSON */
export function keySetBreaches(document: unknown): Breach[] {
  if (!isObject(document) || !Array.isArray(document.keys)) {
    return [{ what: "the key set has no list of keys", source: "RFC 7517 5.1" }];
  }
  const keys: readonly unknown[] = document.keys;
  const kids = keys.map((key) => (isObject(key) ? key.kid : undefined));
  return unmet([
    [keys.length > 0, "the key set is empty", "OpenID Connect Discovery 1.0 3"],
    [new Set(kids).size === kids.length, "two keys have one kid, or none", "RFC 7517 4.5"],
    ...keys.flatMap((key, i) => (isObject(key) ? demandsOn(key, i) : [notAKey(i)])),
  ]);
}

function notAKey(i: number): Demand {
  return [false, `key ${i} is not a JSON object`, "RFC 7517 4"];
}

function demandsOn(key: JsonObject, i: number): Demand[] {
  const { kty, kid, use, alg } = key;
  return [
    [isText(kty) && kty !== "oct", `key ${i} is symmetric, or of no type`, "RFC 7517 4.1"],
    [
      !PRIVATE_MEMBERS.some((member) => member in key),
      `key ${i} shows private parts`,
      "OpenID Connect Discovery 1.0 3",
    ],
    [kid === undefined || isText(kid), `key ${i} has a kid that is no text`, "RFC 7517 4.5"],
    [
      use === undefined || use === "sig" || use === "enc",
      `key ${i} has an unknown use`,
      "RFC 7517 4.2",
    ],
    [
      alg === undefined || (isText(alg) && (KEY_TYPES[alg.slice(0, 2)] ?? kty) === kty),
      `key ${i} is not of the type its alg asks for`,
      "RFC 7518 3.1",
    ],
    ...(kty === "EC" ? curveDemands(key, i) : []),
    ...(kty === "RSA" ? modulusDemands(key, i) : []),
  ];
}

function curveDemands({ crv, x, y }: JsonObject, i: number): Demand[] {
  const length = COORDINATES[String(crv)];
  return [
    [length !== undefined, `key ${i} is on an unknown curve`, "RFC 7518 6.2.1.1"],
    [
      bytesIn(x) === length && bytesIn(y) === length,
      `key ${i} has coordinates of another length than its curve's`,
      "RFC 7518 6.2.1.2, 6.2.1.3",
    ],
  ];
}

function modulusDemands({ n, e }: JsonObject, i: number): Demand[] {
  return [
    [(bytesIn(n) ?? 0) >= 256, `key ${i} is shorter than 2048 bits`, "RFC 7518 3.3"],
    [(bytesIn(e) ?? 0) > 0, `key ${i} has no exponent`, "RFC 7518 6.3.1.2"],
  ];
}

/** @returns undefined for what is not base64url without padding (RFC 7515 section 2) */
function bytesIn(text: unknown): number | undefined {
  if (!isText(text) || !/^[\w-]+$/.test(text)) return undefined;
  return Buffer.from(text, "base64url").length;
}
