/**
 * What a person can do about each error, in both languages, and how the command ends. The type makes
 * sure that no code is without advice.
 */
import type { ReportErrorCode } from "../../reports/index.ts";
import type { SimulatorErrorCode } from "../../simulator/errors.ts";
import type { BenchErrorCode } from "../errors.ts";

export const EXIT = { success: 0, failed: 1, usage: 2, environment: 3, interrupted: 130 } as const;

export interface Advice {
  readonly exit: number;
  readonly ja: string;
  readonly en: string;
}

type Code = BenchErrorCode | SimulatorErrorCode | ReportErrorCode;

const failed = (ja: string, en: string): Advice => ({ exit: EXIT.failed, ja, en });
const usage = (ja: string, en: string): Advice => ({ exit: EXIT.usage, ja, en });
const environment = (ja: string, en: string): Advice => ({ exit: EXIT.environment, ja, en });

const CARD_STATUS = failed(
  "報告書のAPDU記録で、どのコマンドへの応答かを確認してください。",
  "See the APDU trace in the report for the command that was answered so.",
);
const BAD_BYTES = failed(
  "示された位置のバイトを確認してください。",
  "Check the byte at the position given.",
);
const ASK_OFFICE = failed(
  "これ以上照合しないでください。実カードなら市区町村窓口での初期化が必要です。",
  "Send no further VERIFY. A real card must be reset at the municipal office.",
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

const ADVICE: Readonly<Record<Code, Advice>> = {
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
  PCSC_PACKAGE_MISSING: environment(
    "sudo apt-get install libpcsclite-dev g++ make のあと npm install pcsclite を実行してください。",
    "Run: sudo apt-get install libpcsclite-dev g++ make && npm install pcsclite",
  ),
  PCSC_LIBRARY_MISSING: environment(
    "sudo apt-get install libpcsclite1 を実行してください。",
    "Run: sudo apt-get install libpcsclite1",
  ),
  PCSC_ACCESS_DENIED: environment(
    "PC/SCの利用が許可されていません。polkitの設定を確認するか、pcscd --disable-polkit で起動してください。",
    "PC/SC may not be used: see polkit's rules, or start pcscd --disable-polkit.",
  ),
  PCSC_SERVICE_STOPPED: environment(
    "PC/SCサービスを起動してください: sudo systemctl start pcscd（または pcscd -f）",
    "Start the PC/SC service: sudo systemctl start pcscd (or pcscd -f)",
  ),
  READER_NOT_FOUND: environment(
    "jpki-bench readers で名前を確かめ、設定の reader.name を直してください。",
    "See the names with `jpki-bench readers` and correct reader.name.",
  ),
  READER_AMBIGUOUS: usage(
    "reader.name をもっと詳しく書いてください。",
    "Give more of the reader's name in reader.name.",
  ),
  READER_BUSY: environment(
    "カードを使っている他のアプリを終了してください。",
    "Close the other program that holds the card.",
  ),
  READER_NO_CARD: environment("カードを置いてください。", "Put a card on the reader."),
  READER_CARD_REMOVED: REINSERT,
  READER_CARD_RESET: REINSERT,
  READER_CARD_MUTE: CHECK_READER,
  READER_LOST: CHECK_READER,
  READER_DEADLINE: CHECK_READER,
  READER_TRANSPORT: CHECK_READER,
  READER_UNSUPPORTED: environment(
    "この読取装置またはドライバーでは使えない機能です。別の読取装置かドライバー（reader.binding）で試してください。",
    "This reader or its driver cannot do it; try another reader, or another reader.binding.",
  ),
  READER_NOT_OPEN: failed("先にカードへ接続してください。", "Open the reader first."),
  CARD_PIN_WRONG: failed(
    "自動での再照合はしません。残り回数を確かめてください。",
    "Nothing is retried; look at the tries left.",
  ),
  CARD_PIN_BLOCKED: ASK_OFFICE,
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
  CARD_UNKNOWN: usage(
    "カードは jpki-bench card list で確認できます。",
    "`jpki-bench card list` shows the cards there are.",
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
  GUARD_LAST_TRY: ASK_OFFICE,
  PLATFORM_UNREACHABLE: environment(
    "接続先のURLとネットワークを確認してください。",
    "Check the platform's address and the network.",
  ),
  PLATFORM_REFUSED: failed(
    "識別情報（client id・鍵）と環境（検証／本番）の組合せを確認してください。",
    "Check that the credentials belong to this environment (verification or production).",
  ),
  PLATFORM_PROTOCOL: failed(
    "プロファイルの項目名が接続先と合っているか確認してください。",
    "Check that the profile's names fit the platform.",
  ),
  SCENARIO_UNKNOWN: usage(
    "jpki-bench list で id を確認できます。",
    "`jpki-bench list` shows the ids there are.",
  ),
  SCENARIO_DUPLICATE: usage("一方の id を変えてください。", "Give one of them another id."),
  BENCHMARK_INVALID: usage("示された箇所を直してください。", "Correct what the message names."),
  SCENARIO_INVALID: usage("示された箇所を直してください。", "Correct what the message names."),
  SCENARIO_NEEDS: usage(
    "シナリオの needs に必要なものを書いてください。",
    "Name in the scenario's `needs` what it uses.",
  ),
  JOURNAL_UNREADABLE: usage(
    "journal.ndjson のあるフォルダーを指定してください。",
    "Name a folder that holds a journal.ndjson.",
  ),
  JOURNAL_INVALID: usage(
    "示された行を確認してください。記録が壊れています。",
    "See the line given; the journal is damaged.",
  ),
  JOURNAL_VERSION: usage(
    "この記録を書いた版以降の jpki-bench を使ってください。",
    "Use the version of jpki-bench that wrote this journal, or a later one.",
  ),
  JOURNAL_WRITE: environment(
    "出力先の空き容量と書込み権限を確認してください。",
    "Check space and rights where the journal is written.",
  ),
  JOURNAL_MISMATCH: usage(
    "同じ実行を分割した結果だけをまとめられます。",
    "Only the shards of one run can be put together.",
  ),
  REPORT_UNKNOWN: usage(
    "使える報告書は jpki-bench run --help を参照してください。",
    "See `jpki-bench run --help` for the reports there are.",
  ),
  REPORT_WRITE: environment(
    "出力先の空き容量と書込み権限を確認してください。",
    "Check space and rights where the report is written.",
  ),
  PROJECT_UNKNOWN: usage(
    "bench.config.ts の projects に加えるか、--project を直してください。",
    "Add it to projects in bench.config.ts, or correct --project.",
  ),
  CONFIG_NOT_FOUND: usage("--config のパスを確認してください。", "Check the path after --config."),
  CONFIG_INVALID: usage(
    "設定ファイルの該当項目を直してください。",
    "Correct the setting named in the configuration.",
  ),
  CLI_USAGE: usage("使い方は jpki-bench --help を参照してください。", "See `jpki-bench --help`."),
  FILE_UNREADABLE: usage(
    "ファイル名と読取り権限を確認してください。",
    "Check the name of the file, and that it may be read.",
  ),
  FILE_UNWRITABLE: usage(
    "出力先のフォルダーと書込み権限を確認してください。",
    "Check the folder the file goes to, and that it may be written.",
  ),
  LAB_NOT_RUNNING: environment(
    "jpki-bench lab を起動するか、--state を確認してください。",
    "Start `jpki-bench lab`, or check --state.",
  ),
  RUN_FAILED: failed(
    "--verbose を付けて詳細を確認してください。",
    "Run again with --verbose for details.",
  ),
};

/** Undefined for a code that is not ours, such as an operating system's. */
export function adviceFor(code: string): Advice | undefined {
  return (ADVICE as Readonly<Record<string, Advice>>)[code];
}
