/** Advice on cards and on the guard before them. */
import { type AdviceTable, failed, usage } from "./kinds.ts";

const CARD_STATUS = failed(
  "報告書のAPDU記録で、どのコマンドへの応答かを確認してください。",
  "See the APDU trace in the report for the command that was answered so.",
);

export const CARDS = {
  CARD_PIN_WRONG: failed(
    "自動での再照合はしません。残り回数を確かめてください。",
    "Nothing is retried; look at the tries left.",
  ),
  CARD_PIN_BLOCKED: failed(
    "これ以上照合しないでください。実カードなら市区町村窓口での初期化が必要です。",
    "Send no further VERIFY. A real card must be reset at the municipal office.",
  ),
  CARD_PIN_LAST_TRY: failed(
    "残り1回のため照合しませんでした。正しいPINを確かめてください。",
    "One try is left, so nothing was sent. Make sure of the PIN first.",
  ),
  CARD_PIN_FORMAT: usage(
    "利用者証明用は数字4桁、署名用は英数字6〜16文字です。",
    "Four digits, or 6 to 16 letters and digits for 署名用.",
  ),
  CARD_INPUT_INVALID: usage(
    "示された値を直してください。何も送っていません。",
    "Correct the value named; nothing was sent.",
  ),
  CARD_CERTIFICATE_MISSING: failed(
    "この証明書は発行されていません（15歳未満、または不要とした方）。読取りの失敗ではありません。",
    "The card has no such certificate (holder under 15, or not wanted); reading did not fail.",
  ),
  CARD_NOT_GENUINE: failed(
    "カードの真正性を確認できません。証明書が有効でも受け付けないでください。",
    "The card did not prove to be genuine; refuse it even if the certificate is good.",
  ),
  CARD_NOT_SELECTED: failed(
    "先に select を呼んでください。接続し直したあとも必要です。",
    "Call select first, and again after the reader was opened anew.",
  ),
  CARD_NOT_FOUND: CARD_STATUS,
  CARD_SECURITY_STATUS: CARD_STATUS,
  CARD_UNSUPPORTED: CARD_STATUS,
  CARD_WRONG_LENGTH: CARD_STATUS,
  CARD_STATUS: CARD_STATUS,
  CARD_DATA_INVALID: CARD_STATUS,
  GUARD_EFFECT: failed(
    "実カードを守るため送りませんでした。テスト用カードなら設定の testCard.id で宣言してください。",
    "Not sent, to protect a physical card. Declare a test card by testCard.id.",
  ),
  GUARD_LAST_TRY: failed(
    "最後の1回を失わないため送りませんでした。残り回数を確かめ、閉塞していれば市区町村窓口で初期化してください。",
    "Not sent, so that no last try is lost. See the tries left; a blocked PIN is reset at the municipal office.",
  ),
  GUARD_BUDGET: failed(
    "この実行で使える試行回数（testCard.budget）を使い切りました。jpki-bench plan で内訳を確認してください。",
    "The run's tries (testCard.budget) are used up; `jpki-bench plan` shows what needs them.",
  ),
  GUARD_LATCHED: failed(
    "予期しない失敗のあと、この実行ではこのカードに何も送りません。カードの残り回数を確かめてから、新しく実行してください。",
    "After an unexpected failure this run sends the card nothing more. See its tries left, then start anew.",
  ),
} as const satisfies AdviceTable;
