/** What the clerk at the window is told, and tells, for each answer of 地方認証PF and each card. */
import type { Bilingual } from "../../../reports/journal/events.ts";
import type { LocalAuthVerdict } from "../../platform/index.ts";
import type { SiteName, Tone } from "../site/layout.ts";
import type { CardTrouble } from "./card.ts";
import type { DocumentKind } from "./records.ts";

export const COUNTER: SiteName = {
  name: { ja: "証明書発行窓口システム", en: "Certificate counter" },
  owner: { ja: "試験市 市民課", en: "Shiken City, Citizens' Affairs" },
  accent: "#23406e",
};

export const DOCUMENTS: Readonly<Record<DocumentKind, Bilingual>> = {
  seal: { ja: "印鑑登録証明書", en: "Seal registration certificate" },
  residence: { ja: "住民票の写し", en: "Copy of the resident record" },
};

export const METHODS = {
  ocsp: { ja: "OCSP方式（1件照会・最新の結果）", en: "OCSP: one query, latest result" },
  crl: { ja: "CRL方式（失効リスト・災害時など）", en: "CRL: the list, also in disasters" },
  both: { ja: "両方式", en: "both" },
} as const satisfies Record<string, Bilingual>;

export type MethodChoice = keyof typeof METHODS;

type Result = LocalAuthVerdict["result"] | "unreachable";

/** Only `valid` is green. */
export const RESULTS: Readonly<Record<Result, readonly [Tone, Bilingual]>> = {
  valid: ["ok", { ja: "有効", en: "valid" }],
  revoked: ["no", { ja: "失効", en: "revoked" }],
  expired: ["no", { ja: "有効期限切れ", en: "expired" }],
  invalid: ["no", { ja: "無効", en: "invalid" }],
  notPermitted: ["no", { ja: "取扱い対象外", en: "not permitted here" }],
  unsupported: ["no", { ja: "未対応の証明書", en: "not supported" }],
  unconfirmed: ["open", { ja: "確認不可", en: "could not be checked" }],
  unreachable: ["open", { ja: "応答なし（確認不可）", en: "no answer: not checked" }],
};

/** What to do for somebody who is turned away. */
export const TURNED_AWAY: Readonly<Partial<Record<Result, Bilingual>>> = {
  revoked: {
    ja: "電子証明書が失効しています。交付できません。下の理由に応じた手続きを案内してください（新規発行には本人確認書類が必要）。",
    en: "The certificate is revoked: nothing is issued. Offer what the reason below asks for.",
  },
  expired: {
    ja: "電子証明書の有効期限が過ぎています。交付できません。電子証明書の更新手続きを案内してください（カード本体の有効期限も確認）。",
    en: "The certificate has expired: nothing is issued. Offer to renew it, and look at the card's own date.",
  },
};

export const TURNED_AWAY_OTHERWISE: Bilingual = {
  ja: "この電子証明書では交付できません。印鑑登録証または他の本人確認書類による申請を案内してください。",
  en: "Nothing is issued on this certificate. Accept the seal registration card or other documents instead.",
};

export const NOT_CHECKED: Bilingual = {
  ja: "有効性を確認できませんでした（確認不可）。有効とは扱わず、交付していません。本人確認書類（2点）の目視など、定められた代替手順で対応してください。",
  en: "The certificate could not be checked, which is not valid: nothing was issued. Identify the person by documents instead.",
};

export const METHODS_DIFFER: Bilingual = {
  ja: "方式によって結果が違います。失効リストは1日1回の更新で、失効が取り消されることはないため、失効を採ります。",
  en: "The methods differ: the list is a day old at most, and a revocation is never taken back, so it counts.",
};

export const NO_RESIDENT: Bilingual = {
  ja: "この電子証明書に対応する住民の登録がありません。交付していません。",
  en: "No resident is registered under this certificate. Nothing was issued.",
};

const OFFICE: Bilingual = {
  ja: "暗証番号がロックされています。これ以上入力せず、初期化の手続きを案内してください。",
  en: "The PIN is locked. Offer to reset it.",
};

/** Nothing is tried again by itself. */
export const CARD_TROUBLES: Readonly<Record<CardTrouble, Bilingual>> = {
  noCard: { ja: "カードがリーダーに置かれていません。", en: "There is no card on the reader." },
  noCertificate: {
    ja: "利用者証明用電子証明書が入っていないカードです。",
    en: "The card carries no user authentication certificate.",
  },
  pinWrong: { ja: "暗証番号が違います。", en: "The PIN is wrong." },
  pinLastTry: {
    ja: "残り1回のため照合していません。暗証番号の初期化を案内してください。",
    en: "One try is left and was not spent. Offer to reset the PIN.",
  },
  pinBlocked: OFFICE,
  pinFormat: { ja: "暗証番号は数字4桁です。", en: "The PIN has four digits." },
  otherCard: {
    ja: "確認した証明書のカードではありません（カードの入替えまたは複製）。交付していません。",
    en: "This is not the card of the certificate that was checked. Nothing was issued.",
  },
  unreadable: { ja: "カードを読み取れませんでした。", en: "The card could not be read." },
};
