/** `jpki-bench ca`: the world's certification authorities. */
import { Argument, Command } from "commander";
import { CRL_FAULTS, OCSP_FAULTS } from "../../../simulator/pki/index.ts";
import { acts, parseCount } from "../command.ts";
import { type LabPlace, withLab, withRunningLab } from "../lab-access.ts";
import {
  authoritiesCommand,
  crlCommand,
  exportCommand,
  rolloverCommand,
} from "./ca-authorities.ts";
import { forgeCommand } from "./ca-forge.ts";
import { linkageCommand, maintenanceCommand, verifierCommand } from "./ca-services.ts";
import { worldCommand } from "./world-command.ts";

interface RevokeOptions extends LabPlace {
  readonly reason: string;
  readonly onSchedule?: boolean;
}

export function caCommand(): Command {
  return new Command("ca")
    .description("認証局を操作する / the world's certification authorities")
    .addCommand(listCommand())
    .addCommand(revokeCommand())
    .addCommand(linkageCommand())
    .addCommand(crlCommand())
    .addCommand(faultCommand())
    .addCommand(maintenanceCommand())
    .addCommand(verifierCommand())
    .addCommand(authoritiesCommand())
    .addCommand(rolloverCommand())
    .addCommand(exportCommand())
    .addCommand(forgeCommand());
}

function listCommand(): Command {
  const command = worldCommand("list", "証明書の一覧", "certificates and their state");
  return acts<LabPlace>(command, async (terminal, options) => {
    const rows = await withLab(options, (lab) => lab("listCertificates"));
    terminal.document(rows);
    for (const { serial, kind, status, reason = "", notAfter } of rows) {
      terminal.line(`${serial.padEnd(10)} ${kind.padEnd(5)} ${status} ${reason}  ${notAfter}`);
    }
    return 0;
  });
}

function revokeCommand(): Command {
  const command = worldCommand("revoke", "証明書を失効させる", "revoke a certificate")
    .argument("<serial>", "発行番号（16進または10進） / serial number, hexadecimal or decimal")
    .option("--reason <reason>", "失効理由 (RFC 5280) / reason", "unspecified")
    .option("--on-schedule", "公開は次の更新まで待つ / publish at the next refresh, not at once");
  return acts<RevokeOptions>(command, async (terminal, options, serial = "") => {
    const row = await withLab(options, (lab) =>
      lab("revokeCertificate", {
        serial,
        reason: options.reason,
        publish: options.onSchedule !== true,
      }),
    );
    terminal.document(row);
    terminal.line(`${row.serial} ${row.kind} ${row.status} ${row.reason ?? ""}`);
    return 0;
  });
}

interface FaultOptions extends LabPlace {
  readonly after?: number;
  readonly times?: number;
  readonly for?: number;
}

function faultCommand(): Command {
  const names = (faults: object) => Object.keys(faults).join(", ");
  const command = worldCommand("fault", "障害を起こす", "let a status service fail")
    .addArgument(new Argument("<service>").choices(["ocsp", "crl"]))
    .argument("<mode>", `ocsp: ${names(OCSP_FAULTS)}; crl: ${names(CRL_FAULTS)}`)
    .option("--after <n>", "先に通す要求の数 / requests that pass first", parseCount)
    .option("--times <n>", "起こす回数 / requests that it strikes", parseCount)
    .option("--for <seconds>", "続く秒数 / seconds until it is over", parseCount);
  return acts<FaultOptions>(command, async (terminal, options, service = "", mode = "") => {
    const { after, times, for: seconds } = options;
    const request = { service: service as "ocsp" | "crl", mode, after, times, seconds };
    // A fault ends with the process that holds it: only a running lab can have one.
    const planned = await withRunningLab(options, (lab) => lab("planFault", request));
    terminal.document(planned);
    terminal.line(`${service}: ${mode}`);
    return 0;
  });
}
