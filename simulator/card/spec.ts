/**
 * What an issuer puts on a card: the input of personalisation. Everything here is synthetic; see
 * residents/ for where the values come from.
 */
import type { CardProfile } from "./image.ts";
import type { Quirks } from "./quirks.ts";

/** 4情報 and 個人番号 of the holder, as the text and visual applications carry them. */
export interface CardHolder {
  /** Family and given name separated by U+3000. */
  readonly name: string;
  readonly address: string;
  /** YYYYMMDD, Gregorian. */
  readonly birthDate: string;
  /** ISO/IEC 5218: 0 not known, 1 male, 2 female, 9 not applicable. */
  readonly sex: "0" | "1" | "2" | "9";
  /** Twelve digits with a valid check digit. */
  readonly myNumber: string;
}

/** A certificate with its private key, as loaded into the JPKI application. */
export interface CardCredential {
  /** DER. */
  readonly certificate: Uint8Array;
  /** PKCS #8 DER, RSA-2048. */
  readonly privateKey: Uint8Array;
}

export interface CardPins {
  /** 利用者証明用, four digits. */
  readonly auth: string;
  /** 署名用, 6 to 16 of A-Z and 0-9. Absent on a card without a 署名用 certificate. */
  readonly sign?: string;
  /** 券面事項入力補助用, four digits. */
  readonly text: string;
  /** 住民基本台帳用, four digits. */
  readonly juki: string;
}

export interface CardSpec {
  readonly atr: Uint8Array;
  readonly holder: CardHolder;
  /** Five digits, without the check digit. */
  readonly municipalityCode: string;
  /** Last day of validity of the card, YYYYMMDD. */
  readonly expiry: string;
  /** Four digits printed on the face. */
  readonly securityCode: string;
  /** Sixteen digits: serial number of the token, shown in the JPKI application's EF 0006. */
  readonly tokenSerial: string;
  readonly auth: CardCredential;
  /** Absent for those under 15 and wherever the holder did not ask for one. */
  readonly sign?: CardCredential;
  /** DER of the CA certificates the card carries. */
  readonly authCaCertificate: Uint8Array;
  readonly signCaCertificate: Uint8Array;
  readonly pins: CardPins;
  /** Plastic card by default; a telephone carries the JPKI application only. */
  readonly profile?: CardProfile;
  /** 顔認証マイナンバーカード: the holder has set no PIN, so every PIN of theirs is blocked. */
  readonly pinless?: boolean;
  /** Behaviour that differs from the best-supported source. */
  readonly quirks?: Quirks;
}
