/**
 * What a person can do about each error, in both languages, and how the command ends. The type makes
 * sure that no code is without advice; the simulator has its own.
 */
import type { ReportErrorCode } from "../../reports/index.ts";
import { SIMULATOR_ADVICE } from "../../simulator/advice.ts";
import type { BenchErrorCode } from "../errors.ts";

export const EXIT = { success: 0, failed: 1, usage: 2, environment: 3, interrupted: 130 } as const;

export interface Advice {
  readonly exit: number;
  readonly ja: string;
  readonly en: string;
}

type Code = Exclude<BenchErrorCode | ReportErrorCode, keyof typeof SIMULATOR_ADVICE>;

const failed = (ja: string, en: string): Advice => ({ exit: EXIT.failed, ja, en });
const usage = (ja: string, en: string): Advice => ({ exit: EXIT.usage, ja, en });
const environment = (ja: string, en: string): Advice => ({ exit: EXIT.environment, ja, en });

const CARD_STATUS = failed(
  "報告書のAPDU記録で、どのコマンドへの応答かを確認してください。",
  "See the APDU trace in the report for the command that was answered so.",
);
const ASK_OFFICE = failed(
  "これ以上照合しないでください。実カードなら市区町村窓口での初期化が必要です。",
  "Send no further VERIFY. A real card must be reset at the municipal office.",
);
const CHECK_READER = environment(
  "読取装置とカードの接続を確認し、jpki-bench readers で見えるか確かめてください。",
  "Check reader and card, and see whether `jpki-bench readers` lists them.",
);

const CHECK_ACTUATOR = environment(
  "カードと読取装置の今の位置と電源を目で確かめてから、アクチュエーターの接続を直してください。",
  "See where card and reader are now and whether there is power, then check the actuator's cable.",
);

const ADVICE: Readonly<Record<Code, Advice>> = {
  PCSC_PACKAGE_MISSING: environment(
    "npm install koffi（コンパイル不要）、または libpcsclite-dev g++ make を入れて npm install pcsclite を実行してください。",
    "Run: npm install koffi (no compiler needed), or npm install pcsclite after libpcsclite-dev g++ make",
  ),
  PCSC_LIBRARY_MISSING: environment(
    "sudo apt-get install libpcsclite1 を実行してください。",
    "Run: sudo apt-get install libpcsclite1",
  ),
  PCSC_ACCESS_DENIED: environment(
    "PC/SCの利用が許可されていません。polkitの設定を確認するか、pcscd --disable-polkit で起動してください。",
    "PC/SC may not be used: see polkit's rules, or start pcscd --disable-polkit.",
  ),
  SERIAL_PACKAGE_MISSING: environment(
    "npm install serialport を実行してください。",
    "Run: npm install serialport",
  ),
  SERIAL_ACCESS_DENIED: environment(
    "シリアル装置を使う権限がありません: sudo usermod -aG dialout $USER のあと入り直してください。",
    "The serial device may not be used: sudo usermod -aG dialout $USER, then log in again.",
  ),
  HID_PACKAGE_MISSING: environment(
    "npm install node-hid と sudo apt-get install libusb-1.0-0 libudev1 を実行してください。",
    "Run: npm install node-hid, and sudo apt-get install libusb-1.0-0 libudev1",
  ),
  HID_ACCESS_DENIED: environment(
    'USB機器を使う権限がありません。/etc/udev/rules.d に KERNEL=="hidraw*" の規則（MODE・GROUP）を加えてください。',
    'The USB device may not be used: add a rule for KERNEL=="hidraw*" (MODE, GROUP) to /etc/udev/rules.d.',
  ),
  ACTUATOR_NOT_FOUND: environment(
    "設定の actuator と、リレー基板・サーボ・操作画面の接続を確認してください。",
    "Check `actuator` in the configuration, and that relay board, servo or terminal is there.",
  ),
  ACTUATOR_LOST: CHECK_ACTUATOR,
  ACTUATOR_DEADLINE: CHECK_ACTUATOR,
  ACTUATOR_FAILED: CHECK_ACTUATOR,
  ACTUATOR_UNSUPPORTED: usage(
    "このアクチュエーターにはできない動作です。設定の actuator に配線（card・power）を書いてください。",
    "This actuator cannot do it; tell its wiring (card, power) under `actuator`.",
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
  READER_NO_CARD: environment("カードを置いてください。", "Put a card on the reader."),
  READER_LOST: CHECK_READER,
  READER_DEADLINE: CHECK_READER,
  READER_TRANSPORT: CHECK_READER,
  READER_UNSUPPORTED: environment(
    "この読取装置またはドライバーでは使えない機能です。別の読取装置かドライバー（reader.binding）で試してください。",
    "This reader or its driver cannot do it; try another reader, or another reader.binding.",
  ),
  READER_LOCKED: environment(
    "示された実行の終了を待つか、別の読取装置を使ってください。",
    "Wait until the run named has ended, or use another reader.",
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
  GUARD_BUDGET: failed(
    "この実行で使える試行回数（testCard.budget）を使い切りました。jpki-bench plan で内訳を確認してください。",
    "The run's tries (testCard.budget) are used up; `jpki-bench plan` shows what needs them.",
  ),
  GUARD_LATCHED: failed(
    "予期しない失敗のあと、この実行ではこのカードに何も送りません。カードの残り回数を確かめてから、新しく実行してください。",
    "After an unexpected failure this run sends the card nothing more. See its tries left, then start anew.",
  ),
  PLATFORM_UNREACHABLE: environment(
    "接続先のURLとネットワークを確認してください。",
    "Check the platform's address and the network.",
  ),
  PLATFORM_REFUSED: failed(
    "識別情報（client id・鍵）と環境（検証／本番）の組合せを確認してください。",
    "Check that the credentials belong to this environment (verification or production).",
  ),
  PLATFORM_CREDENTIALS: environment(
    "示された環境変数に検証環境の識別情報を設定してください（設定ファイルには書きません）。",
    "Set the variables named to the staging environment's credentials; they stay out of the configuration.",
  ),
  PLATFORM_PROTOCOL: failed(
    "プロファイルの項目名が接続先と合っているか確認してください。",
    "Check that the profile's names fit the platform.",
  ),
  RELYING_PARTY_INVALID: usage(
    "relyingParty.driver のモジュールを直してください（必要な関数は SystemsDriver の型を参照）。",
    "Correct the module named by relyingParty.driver; the type SystemsDriver says what it makes.",
  ),
  RELYING_PARTY_FAILED: failed(
    "試験対象システムとそのドライバーのログを確認してください。",
    "See the log of the system under test, and that of its driver.",
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
  RECORDING_INVALID: usage(
    "示された行を直すか、jpki-bench record で記録し直してください。",
    "Correct the line named, or record anew with `jpki-bench record`.",
  ),
  RECORDING_HOLE: usage(
    "記録に残らない値が要ります。暗証番号なら設定の testCard.pins に書いてください。何も送っていません。",
    "It takes a value no recording keeps; PINs go into testCard.pins. Nothing was sent.",
  ),
  RECORDING_TRIES: usage(
    "テスト用カードで残り回数を使ってよければ --tries で許してください。何も送っていません。",
    "Allow the tries with --tries if the test card may lose them. Nothing was sent.",
  ),
  FUZZ_REPLAY_INVALID: usage(
    "jpki-bench fuzz が書いた反例ファイルと、同じ対象（TARGET）を指定してください。",
    "Name a counterexample that `jpki-bench fuzz` wrote, and the target it is of.",
  ),
  FUZZ_PHYSICAL: usage(
    "実カードには行いません。シミュレーターの構成で実行してください。",
    "Never done to a physical card; use a simulated project.",
  ),
  RUN_FAILED: failed(
    "--verbose を付けて詳細を確認してください。",
    "Run again with --verbose for details.",
  ),
};

/** Undefined for a code that is not ours, such as an operating system's. */
export function adviceFor(code: string): Advice | undefined {
  if (Object.hasOwn(SIMULATOR_ADVICE, code)) {
    const { cause, ja, en } = SIMULATOR_ADVICE[code as keyof typeof SIMULATOR_ADVICE];
    return { exit: EXIT[cause], ja, en };
  }
  return (ADVICE as Readonly<Record<string, Advice>>)[code];
}
