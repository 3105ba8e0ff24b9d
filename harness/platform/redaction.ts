/**
 * Redaction of HTTP exchanges by allow-list: a field is shown only when a rule names it and its value
 * has the form the rule expects. Everything else becomes a marker, so a platform that sends a name or
 * a certificate where nobody expected one does not put it into a journal.
 */
import type { EvidenceNames } from "../../simulator/platform/evidence.ts";

/** A form the whole value must have to be shown, a marker to show instead, or a nested object. */
export type FieldRule = RegExp | `‹${string}›` | "object";

export type FieldRules = Readonly<Record<string, FieldRule>>;

export const HIDDEN = "‹非表示 hidden›";

/** Forms of harmless values. None lets a run of more than 64 letters and digits through. */
export const FORM = {
  /** `VALID`, `client_credentials`, `affiliationChanged`. */
  code: /^[A-Za-z][A-Za-z0-9_.:-]{0,63}$/,
  /** Client ids, PPIDs, UUIDs; an all-digit value (個人番号 has twelve) is none. */
  identifier: /^(?!\d+$)[A-Za-z0-9_-]{1,64}$/,
  /** Codes separated by spaces. */
  codes: /^[A-Za-z][A-Za-z0-9_.:-]{0,31}( [A-Za-z][A-Za-z0-9_.:-]{0,31}){0,9}$/,
  time: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/,
  /** Seconds, counters. */
  number: /^\d{1,9}$/,
  /** Explanations: printable ASCII (RFC 6749 section 5.2) without long runs or many digits in a row. */
  sentence: /^(?!.*[A-Za-z0-9+/=_-]{33})(?!.*\d{7})[\x20-\x7e]{0,300}$/,
} as const;

/** RFC 6749, 6750 and 7523. */
export const OAUTH_RULES: FieldRules = {
  grant_type: FORM.code,
  scope: FORM.codes,
  client_id: FORM.identifier,
  client_assertion_type: /^urn:ietf:params:oauth:client-assertion-type:jwt-bearer$/,
  client_assertion: "‹client assertion›",
  code: "‹authorization code›",
  code_verifier: "‹code verifier›",
  access_token: "‹access token›",
  refresh_token: "‹refresh token›",
  id_token: "‹id token›",
  token_type: FORM.code,
  expires_in: FORM.number,
  error: FORM.code,
  error_description: FORM.sentence,
};

/** What a verdict rests on: a method, numbers and times. */
export function evidenceRules(fields: EvidenceNames["evidenceFields"]): FieldRules {
  return {
    [fields.method]: FORM.code,
    [fields.producedAt]: FORM.time,
    [fields.thisUpdate]: FORM.time,
    [fields.crlNumber]: FORM.number,
    [fields.notBefore]: FORM.time,
    [fields.notAfter]: FORM.time,
  };
}

/** 4情報, under the names a platform has for them. */
export function attributeRules(
  fields: Readonly<Record<"name" | "address" | "birthDate" | "sex", string>>,
): FieldRules {
  const { name, address, birthDate, sex } = fields;
  const marker = "‹4情報›";
  return { [name]: marker, [address]: marker, [birthDate]: marker, [sex]: marker };
}

const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,39}$/;

/** @returns a new object; fields whose very name looks odd are counted, not shown */
export function redact(
  fields: Readonly<Record<string, unknown>>,
  rules: FieldRules,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  let odd = 0;
  for (const [name, value] of Object.entries(fields)) {
    if (FIELD_NAME.test(name)) shown[name] = redactValue(value, ruleFor(rules, name), rules);
    else odd += 1;
  }
  return odd === 0 ? shown : { ...shown, "‹other fields›": odd };
}

/** Path of a URL with its query redacted by the same rules. */
export function redactPath(url: URL, rules: FieldRules): string {
  if (url.search === "") return url.pathname;
  const query = redact(Object.fromEntries(url.searchParams), rules);
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return `${url.pathname}?${pairs.join("&")}`;
}

function ruleFor(rules: FieldRules, name: string): FieldRule {
  return Object.hasOwn(rules, name) ? (rules[name] ?? HIDDEN) : HIDDEN;
}

function redactValue(value: unknown, rule: FieldRule, rules: FieldRules): unknown {
  if (rule === "object") return isRecord(value) ? redact(value, rules) : HIDDEN;
  if (!(rule instanceof RegExp)) return rule;
  if (typeof value !== "string" && typeof value !== "number" && typeof value !== "boolean") {
    return HIDDEN;
  }
  return rule.test(String(value)) ? value : HIDDEN;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
