/**
 * Where something a server gave departs from a standard. The checks of this folder are written from the
 * standards they name and from nothing else, so that they can be held against any OpenID provider, the
 * emulated one included.
 */
export interface Breach {
  /** What is wrong, in the words of the field. */
  readonly what: string;
  /** The section that asks for it: `RFC 8414 2`. */
  readonly source: string;
}

/** One demand: whether it is met, what is wrong when it is not, and who asks for it. */
export type Demand = readonly [met: boolean, what: string, source: string];

/** The demands that are not met. */
export function unmet(demands: readonly Demand[]): Breach[] {
  return demands.filter(([met]) => !met).map(([, what, source]) => ({ what, source }));
}

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

export function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every(isText);
}

/** Only `application/json`, with or without parameters. */
export function isJsonType(contentType: string | null): boolean {
  return /^application\/json(;|$)/i.test(contentType ?? "");
}
