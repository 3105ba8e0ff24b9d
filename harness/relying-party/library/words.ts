/** What the library's staff is told, for each thing that can come of a visit to MKPF or of a loan. */
import type { Bilingual } from "../../../reports/journal/events.ts";
import type { SiteName, Tone } from "../site/layout.ts";
import { day } from "../site/times.ts";
import type { LoanChange, LoanRefusal } from "./circulation.ts";

export const LIBRARY: SiteName = {
  name: { ja: "図書館システム", en: "Library system" },
  owner: { ja: "試験市立中央図書館", en: "Shiken City Central Library" },
  accent: "#1d6640",
};

export interface Told {
  readonly tone: Tone;
  readonly text: Bilingual;
}

export const LOAN_REFUSALS: Readonly<Record<LoanRefusal, Bilingual>> = {
  unknownBook: { ja: "この資料番号は登録されていません。", en: "No book has this barcode." },
  alreadyLent: { ja: "この資料は貸出中です。", en: "This book is on loan." },
  tooManyLoans: { ja: "貸出冊数の上限です。", en: "This patron has borrowed as many as allowed." },
  notLent: { ja: "この資料は貸し出していません。", en: "This book is not on loan." },
};

const ok = (ja: string, en: string): Told => ({ tone: "ok", text: { ja, en } });
const no = (ja: string, en: string): Told => ({ tone: "no", text: { ja, en } });
const open = (ja: string, en: string): Told => ({ tone: "open", text: { ja, en } });

const OFFICE = no(
  "電子証明書が使えません（失効または有効期限切れ）。市区町村の窓口で更新できます。図書館カードで手続きしてください。",
  "The certificate is revoked or expired; a municipal office can renew it. Use the library card.",
);

const DECLINED = open(
  "利用者が手続きを中止しました。情報は連携されていません。",
  "The patron stopped. Nothing was passed on.",
);

export const ENROLLED = ok("利用者を登録しました。", "The patron is registered.");

/** After a visit to MKPF that brought a patron to the desk. */
export const NEWS: Readonly<Record<"found" | "linked" | "alreadyLinked", Told | undefined>> = {
  found: undefined,
  linked: ok("図書館カードと一体化しました。", "The card is linked."),
  alreadyLinked: {
    tone: "info",
    text: {
      ja: "このマイナンバーカードは登録済みです。登録は増やしていません。",
      en: "This card was registered before; nothing was added.",
    },
  },
};

type Lending = Exclude<LoanChange, { refused: string }>;

export function lent({ book, loan }: Lending): Told {
  const due = day(new Date(loan.dueAt));
  return ok(`貸し出しました：『${book.title}』（返却期限 ${due}）`, `Lent until ${due}`);
}

export function returned({ book }: Lending): Told {
  return ok(`返却を受け付けました：『${book.title}』`, "Returned");
}

/** By MKPF's reason; certificate states that no patron can help come under `OTHERWISE`. */
export const VISIT_REFUSALS: Readonly<Partial<Record<string, Told>>> = {
  CANCELLED: DECLINED,
  CONSENT_DECLINED: DECLINED,
  REGISTRATION_REQUIRED: no(
    "このマイナンバーカードは図書館に登録されていません。暗証番号による利用登録をしてください。",
    "This card is not registered here. Register it with the PIN first.",
  ),
  CARD_NOT_GENUINE: no(
    "カードの真正性を確認できません。貸出しはできません。",
    "The card could not prove that it is genuine. Do not lend.",
  ),
  REVOKED: OFFICE,
  EXPIRED: OFFICE,
  STATUS_UNAVAILABLE: open(
    "確認不可：電子証明書の有効性を確認できません。有効とは扱わず、図書館カードで手続きしてください。",
    "Could not be checked, which is not valid. Use the library card.",
  ),
  LINKAGE_PENDING: open(
    "電子証明書の更新直後のため、まだ確認できません。時間をおいてやり直してください。",
    "The certificate was renewed a short time ago. Please try again later.",
  ),
};

export const OTHERWISE = no("このカードでは手続きできません。", "This card cannot be used for it.");

export const NOT_OURS = open(
  "この画面で始めた手続きではないか、時間が過ぎています。最初からやり直してください。",
  "This was not begun at this screen, or has taken too long. Please start again.",
);
