/** What the software needs of the world around it: a card in a reader, and MKPF's word. */
import type { Attributes } from "../platform/attributes.ts";
import type { Reason } from "./reasons.ts";
import type { Withheld } from "./withheld.ts";

/**
 * A card on the reader, by the three functional interfaces (platform-facts 3.2). No method sends a PIN
 * twice; each rejects with a `ClientSoftwareError`.
 */
export interface KazashiCard {
  /** DER of the 利用者証明用 certificate; needs no PIN. */
  certificate(): Promise<Uint8Array>;
  /** 電子利用者証明: RSASSA-PKCS1-v1_5 with SHA-256 over the challenge. */
  authenticate(pin: Withheld, challenge: Uint8Array): Promise<Uint8Array>;
  /** 4情報. Never to be logged. */
  attributes(pin: Withheld): Promise<Attributes>;
  /**
   * 内部認証 of 券面事項確認AP.
   *
   * @param birthDateKey 生年月日PIN: YYMMDD, YY being the year of the Japanese era
   * @returns whether the card proved itself
   */
  proveGenuine(birthDateKey: Withheld): Promise<boolean>;
}

/** Lends the card for one use, and touches no reader before. */
export type CardDesk = <T>(use: (card: KazashiCard) => Promise<T>) => Promise<T>;

/** On whose behalf the software works (platform-facts 3.1). */
export type Client =
  | { readonly edition: "extension"; readonly origin: string }
  | { readonly edition: "dll" | "mobile"; readonly password: Withheld };

/** Why MKPF does not admit a client. */
export type Doubt = Extract<
  Reason,
  "originNotRegistered" | "sourceNotRegistered" | "passwordMissing" | "passwordWrong"
>;

/**
 * Asks MKPF whether a client may use the software.
 *
 * @returns why not; undefined when it may
 * @throws ClientSoftwareError mkpfUnreachable, which is no verdict
 */
export type AdmissionDesk = (client: Client) => Promise<Doubt | undefined>;
