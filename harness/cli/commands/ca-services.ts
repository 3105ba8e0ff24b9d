/** `jpki-bench ca verifier`, `maintenance` and `linkage`: who may ask JPKI what, and when it rests. */
import { type Command, Option } from "commander";
import type { CertificateKind } from "../../../simulator/pki/index.ts";
import { acts } from "../command.ts";
import { type LabPlace, withLab } from "../lab-access.ts";
import { worldCommand } from "./world-command.ts";

interface VerifierOptions extends LabPlace {
  readonly kind: readonly CertificateKind[];
}

interface MaintenanceOptions extends LabPlace {
  readonly from?: string;
  readonly until?: string;
  readonly cancel?: boolean;
}

export function verifierCommand(): Command {
  const command = worldCommand(
    "verifier",
    "検証者を登録する（以後、届け出た検証者だけが照会できる）",
    "register a verifier; from now on only those who are registered may ask",
  )
    .argument("<name>", "名称 / for people")
    .addOption(
      new Option("--kind <kind...>", "照会できる証明書 / what it may ask about")
        .choices(["auth", "sign"])
        .default(["auth"]),
    );
  return acts<VerifierOptions>(command, async (terminal, options, name = "") => {
    const verifier = await withLab(options, async (lab) => {
      await lab("setCaSettings", { access: "registered" });
      return lab("registerVerifier", { name, kinds: [...options.kind] });
    });
    terminal.document(verifier);
    terminal.line(`${verifier.name} (${verifier.kinds.join(", ")})  ${verifier.token}`);
    return 0;
  });
}

export function maintenanceCommand(): Command {
  const command = worldCommand(
    "maintenance",
    "計画停止を予定する（指定しなければ次の日曜3時〜4時）",
    "plan an outage; next Sunday, 03:00 to 04:00 in Japan, unless said otherwise",
  )
    .option("--from <time>", "開始（ISO 8601、UTC） / its beginning, as 2026-08-08T18:00:00Z")
    .option("--until <time>", "終了 / its end")
    .addOption(new Option("--cancel", "すべて取り消す / cancel all").conflicts(["from", "until"]));
  return acts<MaintenanceOptions>(command, async (terminal, options) => {
    const { from, until, cancel } = options;
    const rows = await withLab(options, (lab) =>
      cancel === true ? lab("cancelMaintenance") : lab("planMaintenance", { from, until }),
    );
    terminal.document(rows);
    for (const row of rows) terminal.line(`${row.from} – ${row.until}`);
    return 0;
  });
}

export function linkageCommand(): Command {
  const command = worldCommand(
    "linkage",
    "証明書紐付け情報・新旧紐付け情報",
    "which certificates are the same person's, 90 minutes after issue",
  ).argument("<serial>", "発行番号（16進または10進） / serial number, hexadecimal or decimal");
  return acts<LabPlace>(command, async (terminal, options, serial = "") => {
    const linked = await withLab(options, (lab) => lab("getLinkage", { serial }));
    terminal.document(linked);
    const { counterpart = "—", previous = "—", newest } = linked;
    terminal.line(
      terminal.say({
        ja: `${linked.serial}  もう一方 ${counterpart}  前 ${previous}  最新 ${newest}`,
        en: `${linked.serial}  counterpart ${counterpart}  previous ${previous}  newest ${newest}`,
      }),
    );
    return 0;
  });
}
