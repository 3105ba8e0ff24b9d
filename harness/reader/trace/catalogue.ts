/**
 * The applications and files of a My Number card by name, and how much of each a trace may show
 * (card-facts sections 1, 2 and 5). A file that is not listed is never shown.
 *
 * `shown` counts bytes from the start of the file. What is behind them, and every file with `0`, is
 * replaced by a marker: 個人番号, 4情報 and images; certificates (the one for signatures carries the
 * 4情報, the other identifies its holder); digests of short secrets; serial numbers and keys of one
 * card alone.
 */
import type { Bilingual } from "../../../reports/index.ts";

export interface CatalogueFile {
  readonly name: Bilingual;
  readonly shown: number;
}

export interface CatalogueApplication {
  /** Upper-case hexadecimal. */
  readonly aid: string;
  readonly name: Bilingual;
  /** By file identifier. */
  readonly files: ReadonlyMap<number, CatalogueFile>;
  /** What 80 2A signs with when it names no key. */
  readonly ownKey?: Bilingual;
  /** What GET DATA gives while this application is selected, by tag. */
  readonly objects?: ReadonlyMap<number, CatalogueFile>;
}

const hidden = (ja: string, en: string): CatalogueFile => ({ name: { ja, en }, shown: 0 });
const shown = (bytes: number, ja: string, en: string): CatalogueFile => ({
  name: { ja, en },
  shown: bytes,
});

const OWN_KEY: Bilingual = { ja: "AP署名鍵", en: "application's own key" };
const CV_CERTIFICATE = shown(568, "CV証明書", "CV certificate");
const KEY_REFERENCE = shown(16, "鍵参照", "key reference");

const JPKI: CatalogueApplication = {
  aid: "D392F000260100000001",
  name: { ja: "公的個人認証AP", en: "JPKI application" },
  files: new Map([
    [0x0001, hidden("署名用証明書", "digital signature certificate")],
    [0x0002, hidden("署名用CA証明書", "digital signature CA certificate")],
    // Label, manufacturer and model; the serial number behind them belongs to one card.
    [0x0006, shown(80, "トークン情報", "token information")],
    [0x0008, shown(3, "証明書の有無", "certificate availability")],
    [0x000a, hidden("利用者証明用証明書", "user authentication certificate")],
    [0x000b, hidden("利用者証明用CA証明書", "user authentication CA certificate")],
    [0x0016, hidden("端末CA鍵", "terminal CA key")],
    [0x0017, hidden("利用者証明用鍵", "user authentication key")],
    [0x0018, hidden("利用者証明用PIN", "user authentication PIN")],
    [0x001a, hidden("署名用鍵", "digital signature key")],
    [0x001b, hidden("署名用パスワード", "digital signature password")],
  ]),
};

const TEXT: CatalogueApplication = {
  aid: "D3921000310001010408",
  name: { ja: "券面事項入力補助AP", en: "text application" },
  ownKey: OWN_KEY,
  files: new Map([
    [0x0001, hidden("個人番号", "My Number")],
    [0x0002, hidden("4情報", "four attributes")],
    [0x0003, hidden("真正性記録", "integrity record")],
    [0x0004, CV_CERTIFICATE],
    // To the end of the key id; what the 128 bytes behind it mean is not known.
    [0x0005, shown(31, "AP基本情報", "application information")],
    [0x0006, hidden("SM用公開鍵", "secure messaging public key")],
    [0x0007, hidden("AP公開鍵", "application public key")],
    [0x0011, hidden("券面事項入力補助用PIN", "text application PIN")],
    [0x0013, hidden("AP署名鍵", "application's own key")],
    [0x0014, hidden("照合番号A", "code A")],
    [0x0015, hidden("照合番号B", "code B")],
  ]),
};

const VISUAL: CatalogueApplication = {
  aid: "D3921000310001010402",
  name: { ja: "券面事項確認AP", en: "visual application" },
  ownKey: OWN_KEY,
  files: new Map([
    [0x0001, hidden("生年月日記録", "birth date record")],
    [0x0002, hidden("券面", "card face")],
    // To the end of the version; the municipality comes behind it.
    [0x0003, shown(35, "AP基本情報", "application information")],
    [0x0004, CV_CERTIFICATE],
    [0x0005, hidden("個人番号画像", "My Number image")],
    [0x0011, hidden("生年月日キー", "birth date key")],
    [0x0012, hidden("照合番号B", "code B")],
    [0x0013, hidden("照合番号A", "code A")],
    [0x001a, hidden("AP署名鍵", "application's own key")],
  ]),
};

const JUKI: CatalogueApplication = {
  aid: "D3921000310001010401",
  name: { ja: "住基AP", en: "resident registry application" },
  files: new Map([
    [0x0002, KEY_REFERENCE],
    [0x001c, hidden("住民基本台帳用PIN", "resident registry PIN")],
  ]),
};

const COMMON: CatalogueApplication = {
  aid: "D3921000310001010100",
  name: { ja: "共通カードAP", en: "common application" },
  files: new Map([
    [0x0001, hidden("カード識別情報", "card identification")],
    [0x0002, KEY_REFERENCE],
    [0x0019, hidden("内部認証鍵", "internal authentication key")],
    [0x001c, hidden("共通カードAPのPIN", "common application PIN")],
  ]),
};

/** What is selected when the card has just got power. */
export const CARD_MANAGER: CatalogueApplication = {
  aid: "A0000001510000",
  name: { ja: "カードマネージャ", en: "card manager" },
  files: new Map(),
  objects: new Map([
    [0x0042, shown(16, "発行者識別番号", "issuer identification number")],
    [0x0045, hidden("カード識別番号", "card image number")],
    [0x0066, shown(256, "カード認識データ", "card recognition data")],
    [0x00f0, hidden("市区町村コード", "municipality code")],
    [0x00f2, hidden("カード有効期限", "card expiry")],
    [0x00f7, shown(16, "中間鍵識別子", "intermediate key id")],
    [0x00f8, CV_CERTIFICATE],
    [0x7f21, CV_CERTIFICATE],
    [0x5f51, shown(33, "接触ATR", "contact answer to reset")],
  ]),
};

export const APPLICATIONS: readonly CatalogueApplication[] = [
  JPKI,
  TEXT,
  VISUAL,
  JUKI,
  COMMON,
  CARD_MANAGER,
];
