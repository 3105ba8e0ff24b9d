/**
 * What a person can do about each error of the simulated world, in both languages. The type makes sure
 * that no code is without advice.
 */
import type { SimulatorErrorCode } from "./errors.ts";

/** Where to look for the cause: in what was tried, in how it was asked for, or in the machine. */
export type Cause = "failed" | "usage" | "environment";

export interface SimulatorAdvice {
  readonly cause: Cause;
  readonly ja: string;
  readonly en: string;
}

const failed = (ja: string, en: string): SimulatorAdvice => ({ cause: "failed", ja, en });
const usage = (ja: string, en: string): SimulatorAdvice => ({ cause: "usage", ja, en });
const environment = (ja: string, en: string): SimulatorAdvice => ({ cause: "environment", ja, en });

const BAD_BYTES = failed(
  "示された位置のバイトを確認してください。",
  "Check the byte at the position given.",
);
const CHECK_READER = environment(
  "読取装置とカードの接続を確認し、jpki-bench readers で見えるか確かめてください。",
  "Check reader and card, and see whether `jpki-bench readers` lists them.",
);
const REINSERT = failed(
  "カードを置き直して最初からやり直してください。照合済みの状態は失われています。",
  "Insert the card again and start over; a verified PIN no longer counts.",
);
const CHECK_STATE = usage(
  "--state のフォルダーを確認するか、新しいフォルダーを指定してください。",
  "Check the folder given with --state, or name a new one.",
);

export const SIMULATOR_ADVICE: Readonly<Record<SimulatorErrorCode, SimulatorAdvice>> = {
  APDU_INVALID: BAD_BYTES,
  TLV_INVALID: BAD_BYTES,
  ATR_INVALID: BAD_BYTES,
  HEX_INVALID: usage("16進数で指定してください。", "Give hexadecimal digits."),
  CARD_UNPOWERED: failed("先にカードへ接続してください。", "Connect to the card first."),
  CARD_IMAGE_INVALID: usage(
    "カードのファイルが壊れています。card export が書き出したものか、--state のフォルダーを確認してください。",
    "The card's file is damaged: use one that card export wrote, or check the folder of --state.",
  ),
  CARD_COUNTER_REFUSED: usage(
    "そのカードにある暗証番号か、値の桁数と文字種（数字4桁、署名用は英大文字と数字6〜16文字）を確認してください。",
    "See which PINs the card has; four digits, or 6 to 16 of A-Z and 0-9 for 署名用.",
  ),
  READER_UNKNOWN: usage(
    "リーダーは jpki-bench card readers で確認できます。",
    "`jpki-bench card readers` shows the readers there are.",
  ),
  READER_EMPTY: CHECK_READER,
  READER_FAILED: failed(
    "模擬読取装置に設定した障害です。シナリオの設定を確認してください。",
    "A fault set on the simulated reader; see what the scenario set.",
  ),
  VPCD_UNREACHABLE: environment(
    "pcscd と vsmartcard-vpcd を導入し、pcscd を起動してください: sudo apt-get install pcscd vsmartcard-vpcd",
    "Install and start pcscd with vpcd: sudo apt-get install pcscd vsmartcard-vpcd",
  ),
  VPCD_REMOTE_REFUSED: usage(
    "カードを渡せるのはこの機械の vpcd だけです。127.0.0.1 を指定してください。",
    "The card is only given to a vpcd of this machine; use 127.0.0.1.",
  ),
  SERIAL_UNREACHABLE: environment(
    "シリアル装置（socat の pty など）のパスと、読み書きの権限を確認してください。",
    "Check the path of the serial device (one end of socat's pty pair), and that it may be used.",
  ),
  HID_REPORT_INVALID: failed(
    "USB機器の型番（リレー基板は USBRelayN、変換器は MCP2221A）とチャネル番号を確認してください。",
    "Check which USB device it is (USBRelayN, or MCP2221A) and the number of the relay.",
  ),
  HID_UNPLUGGED: environment(
    "USB機器の接続を確認してください。",
    "Check the cable of the USB device.",
  ),
  SERIAL_FRAME: failed(
    "シリアル読取装置の1フレームに収まる長さにしてください。",
    "Keep to what one frame of the serial reader can carry.",
  ),
  VPCD_PROTOCOL: environment(
    "そのポートで待っているのが vpcd か確認してください。",
    "Check that it is vpcd that listens on this port.",
  ),
  PKI_INVALID: BAD_BYTES,
  PKI_SERIAL_UNKNOWN: usage(
    "発行番号は jpki-bench card list で確認できます。",
    "`jpki-bench card list` shows the serial numbers there are.",
  ),
  PKI_SERIAL_AMBIGUOUS: usage(
    "16進なら 0x を付けて指定してください。",
    "Write 0x before a hexadecimal serial number.",
  ),
  PKI_ALREADY_REVOKED: usage(
    "失効は取り消せません。別の証明書で試してください。",
    "A revocation is final; use another certificate.",
  ),
  PKI_REASON_FORBIDDEN: usage(
    "理由は unspecified, keyCompromise, cACompromise, affiliationChanged, superseded, cessationOfOperation, certificateHold のいずれかです。",
    "Reasons: unspecified, keyCompromise, cACompromise, affiliationChanged, superseded, cessationOfOperation, certificateHold.",
  ),
  PKI_STATUS_UNAVAILABLE: failed(
    "有効性を確認できていません。「有効」とは扱わないでください。",
    "Validity could not be checked; this is not “valid”.",
  ),
  PKI_LINKAGE_PENDING: failed(
    "紐付け情報は発行の約90分後に使えるようになります。時間をおいて試してください。",
    "Linkage data follow about 90 minutes after issue; try again later.",
  ),
  RESIDENT_UNKNOWN: usage(
    "住民は jpki-bench resident list で確認できます。",
    "`jpki-bench resident list` shows the residents there are.",
  ),
  RESIDENT_REFUSED: usage(
    "その住民の状態を jpki-bench resident show で確認してください。",
    "See the resident's state with `jpki-bench resident show`.",
  ),
  PERSONA_UNKNOWN: usage(
    "人物像は jpki-bench resident new --help に一覧があります。",
    "`jpki-bench resident new --help` lists the personas.",
  ),
  PLATFORM_PROFILE_INVALID: usage(
    "プロファイルの該当項目を直してください。",
    "Correct the setting named in the profile.",
  ),
  PLATFORM_REGISTRATION_INVALID: usage(
    "登録内容の該当項目を直してください。",
    "Correct the field named in the registration.",
  ),
  CLIENT_SOFTWARE_REFUSED: failed(
    "かざし利用クライアントソフトが断った理由を確認してください。カードや登録を直してから操作し直します。",
    "See why the client software refused; put right the card or the registration, then start again.",
  ),
  LAB_NOT_RUNNING: environment(
    "jpki-bench lab を起動するか、--state を確認してください。",
    "Start `jpki-bench lab`, or check --state.",
  ),
  CONTROL_INVALID: usage(
    "要求の該当項目を直してください。",
    "Correct the field named in the request.",
  ),
  STATE_INVALID: CHECK_STATE,
  STATE_IN_USE: usage(
    "同じフォルダーを使う lab を止めるか、別の --state を指定してください。",
    "Stop the lab that uses this folder, or name another with --state.",
  ),
  PORT_IN_USE: environment(
    "そのポートを使うプログラムを止めるか、--port で別の番号を指定してください。",
    "Stop the program that uses the port, or choose another with --port.",
  ),
  READER_BUSY: environment(
    "カードを使っている他のアプリを終了してください。",
    "Close the other program that holds the card.",
  ),
  READER_CARD_REMOVED: REINSERT,
  READER_CARD_RESET: REINSERT,
  READER_CARD_MUTE: CHECK_READER,
  CARD_UNKNOWN: usage(
    "カードは jpki-bench card list で確認できます。",
    "`jpki-bench card list` shows the cards there are.",
  ),
};
