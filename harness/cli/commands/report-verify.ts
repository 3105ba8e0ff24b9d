/** `jpki-bench report verify`: whether a folder is whole and unaltered evidence of a run. */
import { copyFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import {
  type Bilingual,
  type EvidenceFlaw,
  examineJournal,
  JOURNAL_FILE,
  type Language,
  reporterNames,
  reportFile,
  writeReports,
} from "../../../reports/index.ts";
import { BenchError } from "../../errors.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand } from "../command.ts";
import type { Terminal } from "../terminal.ts";

type Flaw = EvidenceFlaw | "digest" | "report";

interface Finding {
  readonly flaw: Flaw;
  readonly line?: number;
  readonly detail: string;
}

const FLAWS: Readonly<Record<Flaw, Bilingual>> = {
  damaged: { ja: "記録の行が壊れています", en: "a line of the journal is damaged" },
  torn: { ja: "最後の行が途中で切れています", en: "the last line is torn" },
  "several-runs": { ja: "複数の実行が混ざっています", en: "more than one run" },
  "no-start": { ja: "実行の開始がありません", en: "the run never starts" },
  "no-end": { ja: "実行の終了がありません", en: "the run never ends" },
  "after-end": { ja: "終了後に記録があります", en: "events after the end of the run" },
  interrupted: { ja: "実行が中断されています", en: "the run was interrupted" },
  shards: { ja: "分割実行の一部がないか重複しています", en: "shards are missing or there twice" },
  order: { ja: "記録の順序が時刻と合いません", en: "events are out of order" },
  gap: { ja: "記録が抜けています", en: "events are missing" },
  counts: { ja: "件数が記録と合いません", en: "counts differ from what the journal holds" },
  digest: { ja: "要約値が控えと違います", en: "the digest is not the one noted" },
  report: { ja: "記録から再現できない報告書です", en: "a report does not follow from the journal" },
};

const DIGEST = /^(?:sha256:)?([0-9a-f]{64})$/;

export function verifyCommand(): Command {
  const command = benchCommand(
    "verify",
    "記録が欠けておらず改変されていないことを確かめる（問題があれば終了コード1）",
    "check that a run's folder is whole and unaltered; exit code 1 if not",
  )
    .argument("<dir>", "journal.ndjson のあるフォルダー / folder with a journal")
    .option(
      "--digest <sha256>",
      "提出時に控えた要約値 / the digest as it was noted when the run was handed in",
    );
  return acts<{ digest?: string }>(command, async (terminal, options, folder = "") => {
    const noted = options.digest === undefined ? undefined : readDigest(options.digest);
    const examined = await examine(resolve(folder), noted);
    const whole = examined.findings.length === 0;
    terminal.document({ ...examined, whole });
    tell(terminal, examined);
    return whole ? EXIT.success : EXIT.failed;
  });
}

interface Examined {
  readonly digest: string;
  readonly events: number;
  readonly reports: readonly ExaminedReport[];
  readonly findings: readonly Finding[];
}

async function examine(folder: string, noted: string | undefined): Promise<Examined> {
  const { digest, events, findings } = await examineJournal(join(folder, JOURNAL_FILE));
  const other: Finding[] =
    noted === undefined || noted === digest ? [] : [{ flaw: "digest", detail: digest }];
  // Of a journal that cannot be read, no report can be made.
  const broken = findings.some(({ flaw }) => flaw === "damaged");
  const reports = broken ? [] : await examineReports(folder);
  const wrong = reports
    .filter(({ follows }) => !follows)
    .map(({ file }): Finding => ({ flaw: "report", detail: file }));
  return { digest, events, reports, findings: [...findings, ...other, ...wrong] };
}

function tell(terminal: Terminal, { digest, events, reports, findings }: Examined): void {
  for (const { flaw, line, detail } of findings) {
    const where = line === undefined ? "" : `${JOURNAL_FILE}:${line}: `;
    terminal.line(`✗ ${where}${terminal.say(FLAWS[flaw])} (${detail})`);
  }
  if (findings.length === 0) {
    const names = reports.map(({ file }) => file).join(", ") || "—";
    terminal.line(
      terminal.say({
        ja: `✓ 記録 ${events}件は完全で、報告書（${names}）は記録から再現できます`,
        en: `✓ the journal is whole (${events} events); reports that follow from it: ${names}`,
      }),
    );
  }
  terminal.line(terminal.say({ ja: `要約値: ${digest}`, en: `digest: ${digest}` }));
}

function readDigest(text: string): string {
  const [, digits] = DIGEST.exec(text.toLowerCase()) ?? [];
  if (digits !== undefined) return `sha256:${digits}`;
  throw new BenchError("CLI_USAGE", "--digest should be 64 hexadecimal digits");
}

interface ExaminedReport {
  readonly file: string;
  /** Whether the journal gives this very file, in one of the two languages. */
  readonly follows: boolean;
}

/** Makes the reports that are there anew, elsewhere, and compares them. */
async function examineReports(folder: string): Promise<ExaminedReport[]> {
  const scratch = await mkdtemp(join(tmpdir(), "jpki-bench-verify-"));
  const follows = new Map<string, boolean>();
  try {
    await copyFile(join(folder, JOURNAL_FILE), join(scratch, JOURNAL_FILE));
    for (const lang of ["ja", "en"] satisfies Language[]) {
      for (const [file, same] of await comparedReports(folder, scratch, lang)) {
        follows.set(file, same || follows.get(file) === true);
      }
    }
  } finally {
    await rm(scratch, { recursive: true });
  }
  return [...follows].map(([file, same]) => ({ file, follows: same }));
}

/** The reports in `folder`, and whether each is the one that is made in `scratch`. */
async function comparedReports(folder: string, scratch: string, lang: Language) {
  const files = await readdir(folder);
  const there = reporterNames.filter((name) => files.includes(reportFile(name)));
  await writeReports(scratch, there, { lang });
  return Promise.all(
    there.map(async (name) => {
      const file = reportFile(name);
      const anew = await readFile(join(scratch, file));
      return [file, anew.equals(await readFile(join(folder, file)))] as const;
    }),
  );
}
