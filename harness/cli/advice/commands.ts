/** Advice on what a command was given: configuration, scenarios, files and recordings. */
import { type AdviceTable, failed, usage } from "./kinds.ts";

export const COMMANDS = {
  SCENARIO_UNKNOWN: usage(
    "jpki-bench list で id を確認できます。",
    "`jpki-bench list` shows the ids there are.",
  ),
  SCENARIO_DUPLICATE: usage("一方の id を変えてください。", "Give one of them another id."),
  SCENARIO_INVALID: usage("示された箇所を直してください。", "Correct what the message names."),
  SCENARIO_NEEDS: usage(
    "シナリオの needs に必要なものを書いてください。",
    "Name in the scenario's `needs` what it uses.",
  ),
  BENCHMARK_INVALID: usage("示された箇所を直してください。", "Correct what the message names."),
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
} as const satisfies AdviceTable;
