/**
 * The PINs of the card: where each is kept, what it looks like and where it is set anew when it is
 * blocked (card-facts sections 2 and 3). Only what the clients here present is listed.
 */
import type { PinResetPlace } from "./card-error.ts";
import type { CardFile } from "./card-file.ts";

export interface Pin extends CardFile {
  /** What a well-formed value matches, before it is put into upper case. */
  readonly format: RegExp;
  /** Letters are sent in upper case (platform-facts CR-06). */
  readonly upperCase?: boolean;
  readonly resetAt: PinResetPlace;
}

const FOUR_DIGITS = /^[0-9]{4}$/;
const CODE_A = /^[0-9]{12}$/;
const CODE_B = /^[0-9]{14}$/;

export const AUTH_PIN: Pin = {
  id: 0x0018,
  label: { ja: "利用者証明用PIN", en: "user authentication PIN" },
  format: FOUR_DIGITS,
  resetAt: "municipal-office-or-kiosk",
};

export const SIGN_PASSWORD: Pin = {
  id: 0x001b,
  label: { ja: "署名用パスワード", en: "digital signature password" },
  format: /^[A-Za-z0-9]{6,16}$/,
  upperCase: true,
  resetAt: "municipal-office-or-kiosk",
};

export const TEXT_PIN: Pin = {
  id: 0x0011,
  label: { ja: "券面事項入力補助用PIN", en: "text application PIN" },
  format: FOUR_DIGITS,
  resetAt: "municipal-office",
};

export const TEXT_CODE_A: Pin = {
  id: 0x0014,
  label: { ja: "照合番号A（入力補助）", en: "code A of the text application" },
  format: CODE_A,
  resetAt: "municipal-office",
};

export const TEXT_CODE_B: Pin = {
  id: 0x0015,
  label: { ja: "照合番号B（入力補助）", en: "code B of the text application" },
  format: CODE_B,
  resetAt: "municipal-office",
};

// A and B stand the other way round here than in the text application.
export const VISUAL_CODE_A: Pin = {
  id: 0x0013,
  label: { ja: "照合番号A（券面）", en: "code A of the visual application" },
  format: CODE_A,
  resetAt: "municipal-office",
};

export const VISUAL_CODE_B: Pin = {
  id: 0x0012,
  label: { ja: "照合番号B（券面）", en: "code B of the visual application" },
  format: CODE_B,
  resetAt: "municipal-office",
};

export const VISUAL_BIRTH_DATE: Pin = {
  id: 0x0011,
  label: { ja: "生年月日PIN", en: "birth date key" },
  format: /^[0-9]{6}$/,
  // UNVERIFIED: no source says where; the other codes of this application are set there.
  resetAt: "municipal-office",
};
