/** Advice on readers, their packages and services, and actuators. */
import { type AdviceTable, environment, failed, usage } from "./kinds.ts";

const CHECK_READER = environment(
  "読取装置とカードの接続を確認し、jpki-bench readers で見えるか確かめてください。",
  "Check reader and card, and see whether `jpki-bench readers` lists them.",
);

const CHECK_ACTUATOR = environment(
  "カードと読取装置の今の位置と電源を目で確かめてから、アクチュエーターの接続を直してください。",
  "See where card and reader are now and whether there is power, then check the actuator's cable.",
);

export const DEVICES = {
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
  PCSC_SERVICE_STOPPED: environment(
    "PC/SCサービスを起動してください: sudo systemctl start pcscd（または pcscd -f）",
    "Start the PC/SC service: sudo systemctl start pcscd (or pcscd -f)",
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
} as const satisfies AdviceTable;
