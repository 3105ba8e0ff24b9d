/**
 * A card reader a person can work from the browser page, without reading software: the lab lends the
 * cards of its residents. Without one, only software that posts what it read can finish a visit.
 */
import type { Attributes } from "../../attributes.ts";

export interface CardOnCounter {
  readonly id: string;
  /** For people: `R0001 試験 太郎`. */
  readonly label: string;
}

/** Shown on the page, in both languages; the person may try again. Nothing is retried by itself. */
export interface CardTrouble {
  readonly trouble: string;
}

export interface CounterCardReader {
  cards(): readonly CardOnCounter[];
  /** The 利用者証明用 certificate, DER; needs no PIN. */
  certificate(card: string): Promise<Uint8Array | CardTrouble>;
  /** Signs with the 利用者証明用 PIN, reads the 4情報 with the text application's. */
  register(
    card: string,
    pins: { readonly auth: string; readonly text: string },
    challenge: Uint8Array,
  ): Promise<
    | {
        readonly certificate: Uint8Array;
        readonly signature: Uint8Array;
        readonly attributes: Attributes;
      }
    | CardTrouble
  >;
  /** Internal authentication of 券面事項確認AP, opened with the birth date key (YYMMDD of the era). */
  authenticate(card: string, birthDateKey: string): Promise<boolean | CardTrouble>;
}
