/**
 * What an issuer puts on a card: the input of personalisation. Everything here is synthetic; see
 * residents/ for where the values come from.
 */
import type { CardProfile, FreeArea } from "./image.ts";
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

/**
 * Off-card keys of those who issue the card, each PKCS #8 DER, RSA-2048 (card-facts 5.5). With them
 * the records of the 券面 applications are signed and certified; without them a card has none.
 */
export interface IssuerKeys {
  /** 市区町村: signs the records of the 券面 applications. */
  readonly municipality: Uint8Array;
  /** CAs that certify the municipality's key for each application. */
  readonly textCa: Uint8Array;
  readonly visualCa: Uint8Array;
  /** CA and intermediate of the chain at the card's base level. */
  readonly masterCa: Uint8Array;
  readonly intermediateCa: Uint8Array;
}

/** Whoever certifies the terminals that may use かざし利用 (card-facts 6.3). */
export interface TerminalCa {
  /** Sixteen bytes, see `keyIdentifier`. */
  readonly keyId: Uint8Array;
  /** SubjectPublicKeyInfo DER, RSA-2048. */
  readonly publicKey: Uint8Array;
}

/**
 * An application in the free area of the card (空き領域). UNVERIFIED: everything about these is; no
 * AID, layout or loading protocol is public (card-facts 6.4).
 */
export interface CardApSpec {
  /** DF name, 5 to 16 bytes, unlike any other on the card. */
  readonly aid: Uint8Array;
  readonly area: FreeArea;
  readonly files: readonly CardApFile[];
  /** A PIN of its own, four digits, in EF 0011. */
  readonly pin?: string;
  /** SubjectPublicKeyInfo DER of who may write, in EF 0016; without it nobody writes by command. */
  readonly issuerKey?: Uint8Array;
}

export interface CardApFile {
  /** EF identifier, 0001 to 000F. */
  readonly id: number;
  readonly read: "free" | "pin";
  readonly content: Uint8Array;
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
  /** Absent: no signed records on the card. */
  readonly issuer?: IssuerKeys;
  /** Signing key of the text application, used without a PIN; PKCS #8 DER like all private keys. */
  readonly textKey?: Uint8Array;
  /** Signing key of the visual application, used without a PIN. */
  readonly visualKey?: Uint8Array;
  /** INTERNAL AUTHENTICATE key of the common application. */
  readonly commonKey?: Uint8Array;
  /** Key to which a secure messaging session key is encrypted, in the text application. */
  readonly sessionKey?: Uint8Array;
  /** Absent: the card takes no terminal certificate. */
  readonly terminalCa?: TerminalCa;
  /** What is in the free area when the card is handed over. */
  readonly cardAps?: readonly CardApSpec[];
  /** Answer to reset of the contact interface, where `atr` is that of the contactless one. */
  readonly contactAtr?: Uint8Array;
}
