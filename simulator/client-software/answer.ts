/** What the software answers, and how it stands on the wires. Loaded by pages, too. */
import { fromWire, meaningOf, toWire } from "../platform/wire-names.ts";
import { ClientSoftwareError } from "./error.ts";
import type { ClientSoftwareProfile } from "./profile.ts";
import type { Wire } from "./request.ts";

/** Whatever an operation read; the fields of the others are absent. */
export interface CardAnswer {
  /** Base64 DER. */
  readonly certificate?: string;
  /** Base64. */
  readonly signature?: string;
  readonly name?: string;
  readonly address?: string;
  readonly birthDate?: string;
  readonly sex?: string;
  readonly genuine?: boolean;
}

export function encodeAnswer(profile: ClientSoftwareProfile, answer: CardAnswer): Wire {
  return toWire(profile.answerFields, answer);
}

export function encodeRefusal(profile: ClientSoftwareProfile, error: ClientSoftwareError): Wire {
  const reason = profile.reasons[error.reason];
  return toWire(profile.answerFields, { reason, ...error.details });
}

/** @throws ClientSoftwareError the reason that was answered */
export function decodeAnswer(profile: ClientSoftwareProfile, wire: Wire): CardAnswer {
  requireNoRefusal(profile, wire);
  const fields = fromWire(profile.answerFields, wire);
  const texts = ["certificate", "signature", "name", "address", "birthDate", "sex"] as const;
  const read = texts.filter((name) => typeof fields[name] === "string");
  return {
    ...Object.fromEntries(read.map((name) => [name, fields[name]])),
    ...(typeof fields.genuine === "boolean" && { genuine: fields.genuine }),
  };
}

/** @throws ClientSoftwareError the reason that was answered; `requestInvalid` for one nobody knows */
export function requireNoRefusal(profile: ClientSoftwareProfile, wire: Wire): void {
  const { reason: code, triesLeft, found, needed } = fromWire(profile.answerFields, wire);
  if (code === undefined) return;
  const reason = meaningOf(profile.reasons, code) ?? "requestInvalid";
  throw new ClientSoftwareError(reason, {
    ...(typeof triesLeft === "number" && { triesLeft }),
    ...(typeof found === "string" && { found }),
    ...(typeof needed === "string" && { needed }),
  });
}
