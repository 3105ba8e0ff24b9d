/** `jpki-bench report verify`: whether a folder is whole and unaltered evidence of a run. */
import { copyFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import {
  type Bilingual,
  type EvidenceFlaw,
  examineJournal,
  JOURNAL_FILE,
  type Language,
  reporterNames,
  writeReports,
} from "../../../reports/index.ts";
import { BenchError } from "../../errors.ts";
import { EXIT } from "../advice.ts";
import { acts, benchCommand } from "../command.ts";

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
    const place = resolve(folder);
    const { digest, events, findings: inJournal } = await examineJournal(join(place, JOURNAL_FILE));
    const findings: Finding[] = [...inJournal];
    if (noted !== undefined && noted !== digest) findings.push({ flaw: "digest", detail: digest });
    const broken = inJournal.some(({ flaw }) => flaw === "damaged");
    const reports = broken ? [] : await examineReports(place);
    for (const { file, follows } of reports) {
      if (!follows) findings.push({ flaw: "report", detail: file });
    }
    terminal.document({ digest, events, reports, findings, whole: findings.length === 0 });
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
    return findings.length === 0 ? EXIT.success : EXIT.failed;
  });
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

/** Makes every report anew, elsewhere, and compares those that are there. */
async function examineReports(folder: string): Promise<ExaminedReport[]> {
  const there = new Set(await readdir(folder));
  const scratch = await mkdtemp(join(tmpdir(), "jpki-bench-verify-"));
  try {
    await copyFile(join(folder, JOURNAL_FILE), join(scratch, JOURNAL_FILE));
    const follows = new Map<string, boolean>();
    for (const lang of ["ja", "en"] satisfies Language[]) {
      for (const { path } of await writeReports(scratch, reporterNames, { lang })) {
        const file = basename(path);
        if (!there.has(file)) continue;
        const same = (await readFile(path)).equals(await readFile(join(folder, file)));
        follows.set(file, same || follows.get(file) === true);
      }
    }
    return [...follows].map(([file, same]) => ({ file, follows: same }));
  } finally {
    await rm(scratch, { recursive: true });
  }
}
