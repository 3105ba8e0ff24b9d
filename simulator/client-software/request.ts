/**
 * What a page asks of the software, and how it stands on the wires between page, extension and host.
 * Loaded by pages, too.
 */
import { fromWire, meaningOf, toWire } from "../platform/wire-names.ts";
import { ClientSoftwareError } from "./error.ts";
import type { ClientSoftwareProfile } from "./profile.ts";

export type Operation = keyof ClientSoftwareProfile["operations"];
export type Place = keyof ClientSoftwareProfile["places"];
export type Use = keyof ClientSoftwareProfile["uses"];

export interface CardRequest {
  readonly operation: Operation;
  readonly use: Use;
  readonly place: Place;
  /** Base64; of `authenticate` alone. */
  readonly challenge?: string;
  /** Of `authenticity` alone. */
  readonly birthDateKey?: string;
}

/** A JSON object as it came. */
export type Wire = Readonly<Record<string, unknown>>;

/** Which PIN a person has to type for an operation: of 利用者証明用, or of 券面事項入力補助AP. */
export function pinFor(operation: Operation): "auth" | "text" | undefined {
  if (operation === "authenticate") return "auth";
  return operation === "attributes" ? "text" : undefined;
}

export function encodeRequest(profile: ClientSoftwareProfile, request: CardRequest): Wire {
  const { operation, use, place, challenge, birthDateKey } = request;
  return toWire(profile.requestFields, {
    operation: profile.operations[operation],
    use: profile.uses[use],
    place: profile.places[place],
    challenge,
    birthDateKey,
  });
}

/** @throws ClientSoftwareError requestInvalid */
export function decodeRequest(profile: ClientSoftwareProfile, wire: Wire): CardRequest {
  const fields = fromWire(profile.requestFields, wire);
  const operation = meaningOf(profile.operations, fields.operation);
  const use = meaningOf(profile.uses, fields.use);
  const place = meaningOf(profile.places, fields.place);
  if (operation === undefined || use === undefined || place === undefined) throw invalid();
  const asked = { operation, use, place };
  if (operation === "authenticate") return { ...asked, challenge: text(fields.challenge) };
  if (operation !== "authenticity") return asked;
  return { ...asked, birthDateKey: text(fields.birthDateKey) };
}

/** An object that came over a wire. @throws ClientSoftwareError requestInvalid */
export function objectOf(value: unknown): Wire {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Wire;
  throw invalid();
}

function text(value: unknown): string {
  if (typeof value === "string" && value.length > 0 && value.length <= 4096) return value;
  throw invalid();
}

function invalid(): ClientSoftwareError {
  return new ClientSoftwareError("requestInvalid");
}
