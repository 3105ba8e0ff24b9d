/**
 * A card as plain data: everything that is still there when the power is gone. What personalisation
 * wrote, and what has changed since (tries left, PIN values, file contents).
 *
 * An image is never changed in place; the card replaces it as a whole, so that whoever keeps an old
 * one keeps a state the card really had. As text it is JSON with bytes in hexadecimal.
 */
import { SimulatorError } from "../errors.ts";
import { toHex } from "../iso7816/index.ts";
import type { FileImage } from "./files.ts";
import { imageSchema } from "./image-schema.ts";
import type { Quirks } from "./quirks.ts";

/** A plastic card, or the JPKI application on a telephone (card-facts section 9). */
export type CardProfile = "card" | "android" | "iphone";

export type ApplicationName = "jpki" | "text" | "visual" | "juki" | "common" | "card-ap";

/** 地域住民向け領域 (deleted on moving out), or 拡張利用領域 (kept). */
export type FreeArea = "local" | "extended";

export interface ApplicationImage {
  readonly name: ApplicationName;
  /** DF name, 5 to 16 bytes. */
  readonly aid: Uint8Array;
  /** Which part of the free area a 空き領域 application lies in; absent for all others. */
  readonly area?: FreeArea;
  /** Whether the issuer has locked it (JICSAP LOCK DF). */
  readonly locked: boolean;
  readonly files: readonly FileImage[];
}

/** A data object of the level before any application (card-facts 2.7). */
export interface DataObject {
  readonly tag: number;
  readonly value: Uint8Array;
}

export interface CardImage {
  readonly version: 1;
  /** Key of the digests by which an exported card tells its secrets apart (export.ts). */
  readonly digestKey: Uint8Array;
  readonly profile: CardProfile;
  readonly atr: Uint8Array;
  readonly quirks: Quirks;
  readonly objects: readonly DataObject[];
  /** In the order in which SELECT by partial name finds them. */
  readonly applications: readonly ApplicationImage[];
}

/** Writes a card as JSON, two spaces deep, with a final line feed. */
export function serialiseCard(card: CardImage): string {
  // Buffer brings a toJSON of its own, so the value is taken from its holder, not from the argument.
  function plain(this: Record<string, unknown>, name: string): unknown {
    const value = this[name];
    return value instanceof Uint8Array ? toHex(value) : value;
  }
  return `${JSON.stringify(card, plain, 2)}\n`;
}

/**
 * Reads a card back. What is not exactly a card is refused, so that a damaged file never comes up as
 * a card with fresh counters.
 *
 * @throws SimulatorError CARD_IMAGE_INVALID naming the first place that is not as it should be
 */
export function parseCard(text: string): CardImage {
  const result = imageSchema.safeParse(parseJson(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.join(".") || "the image";
  throw invalid(`${place}: ${issue?.message}`, result.error);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid("it is not JSON", cause);
  }
}

function invalid(message: string, cause: unknown): SimulatorError {
  return new SimulatorError("CARD_IMAGE_INVALID", `not a card image: ${message}`, { cause });
}
