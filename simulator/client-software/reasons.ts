/**
 * Why かざし利用クライアントソフト does not do what it was asked for, one reason for each thing a person
 * would do about it (platform-facts 8.2), and what that is, in both languages. Loaded by pages, too.
 */

/** A text in the two languages of the product, Japanese first. */
export interface Guidance {
  readonly ja: string;
  readonly en: string;
}

const INSTALL: Guidance = {
  ja: "かざし利用クライアントソフト（拡張機能と読取ソフト）の導入手順をご覧ください。",
  en: "See how to install the client software: the extension and the reading software.",
};
const UPDATE: Guidance = {
  ja: "かざし利用クライアントソフトを更新してください。",
  en: "Update the client software.",
};
const AGAIN: Guidance = {
  ja: "もう一度最初から操作してください。",
  en: "Please start again from the beginning.",
};
const APPLY: Guidance = {
  ja: "マイキープラットフォームへの利用申請の内容を確認してください。",
  en: "Check what was applied for at My Key Platform.",
};
const OFFICE: Guidance = {
  ja: "これ以上入力しないでください。市区町村窓口で暗証番号を初期化できます。",
  en: "Do not enter it again. The municipal office can reset the PIN.",
};
const REGISTER: Guidance = {
  ja: "暗証番号による利用登録をしてください。",
  en: "Register with the PIN first.",
};

export const GUIDANCE = {
  /** No extension in this browser, seen by the page. */
  notInstalled: INSTALL,
  extensionOutdated: UPDATE,
  applicationOutdated: UPDATE,
  /** The browser knows of no native host, or may not start it. */
  hostMissing: INSTALL,
  /** The host's manifest does not name this extension. */
  hostForbidden: INSTALL,
  /** The host ended before it answered. */
  hostCrashed: AGAIN,
  /** The browser stopped the extension while it worked. */
  extensionRestarted: AGAIN,
  /** The browser would not take an answer of this length. */
  answerTooLarge: {
    ja: "読み取った内容が大きすぎます。システム管理者に連絡してください。",
    en: "What was read is too large; tell the administrator.",
  },
  cancelled: {
    ja: "暗証番号の入力を中止しました。カードは読み取っていません。",
    en: "The PIN was not entered. The card was not touched.",
  },
  /** Another page is being served. */
  busy: {
    ja: "別の画面で読み取り中です。終わってから操作してください。",
    en: "Another page is reading a card; try again when it has finished.",
  },
  originNotRegistered: APPLY,
  sourceNotRegistered: APPLY,
  passwordMissing: APPLY,
  passwordWrong: APPLY,
  /** Not a refusal: nobody could be asked. */
  mkpfUnreachable: {
    ja: "マイキープラットフォームに接続できません。時間をおいて操作してください。",
    en: "My Key Platform cannot be reached; try again later.",
  },
  /** かざし利用 by somebody who has not registered. */
  registrationRequired: REGISTER,
  /** かざし利用 online or outdoors. */
  placeNotAllowed: {
    ja: "かざし利用は対面等の場に限られます。オンライン・屋外では使えません。",
    en: "Touch without PIN is for places that are attended; not online, not outdoors.",
  },
  /** 生年月日PIN: what was registered does not open the card. */
  birthDateMismatch: {
    ja: "登録されている生年月日でカードを確認できません。利用登録をやり直してください。",
    en: "The registered birth date does not open the card; register again.",
  },
  birthDateBlocked: OFFICE,
  notGenuine: {
    ja: "カードの真正性を確認できません。かざし利用はできません。",
    en: "The card could not prove that it is genuine.",
  },
  pinWrong: {
    ja: "暗証番号が違います。残り回数を確かめて、最初から操作してください。",
    en: "The PIN is wrong; mind the tries left and start again.",
  },
  pinLastTry: {
    ja: "残り1回のため照合しません。市区町村窓口などで確認してください。",
    en: "One try is left, so it was not spent; ask at the municipal office.",
  },
  pinBlocked: OFFICE,
  pinFormat: {
    ja: "暗証番号は数字4桁です。",
    en: "The PIN has four digits.",
  },
  cardMissing: {
    ja: "マイナンバーカードをカードリーダーに置いてください。",
    en: "Put the card on the reader.",
  },
  cardRemoved: {
    ja: "読み取り中にカードが離れました。置き直して、最初から操作してください。",
    en: "The card left the reader; put it back and start again.",
  },
  readerMissing: {
    ja: "カードリーダーの接続を確認してください。",
    en: "Check that the card reader is connected.",
  },
  readerBusy: {
    ja: "カードリーダーを使っている他のアプリを終了してください。",
    en: "Close other programs that use the card reader.",
  },
  /** The bench protects a physical card that nobody declared a test card. */
  cardProtected: {
    ja: "試験用と宣言されていない実カードのため、照合・署名はしません。",
    en: "A physical card not declared a test card is only read.",
  },
  certificateMissing: {
    ja: "このカードに利用者証明用電子証明書はありません。",
    en: "This card carries no user authentication certificate.",
  },
  cardFailed: {
    ja: "カードを読み取れませんでした。",
    en: "The card could not be read.",
  },
  requestInvalid: {
    ja: "画面からの要求が正しくありません。システム管理者に連絡してください。",
    en: "The page asked for something unknown; tell the administrator.",
  },
} as const satisfies Record<string, Guidance>;

export type Reason = keyof typeof GUIDANCE;
