/** Advice on journals and the reports made from them. */
import { type AdviceTable, environment, usage } from "./kinds.ts";

export const REPORTS = {
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
} as const satisfies AdviceTable;
