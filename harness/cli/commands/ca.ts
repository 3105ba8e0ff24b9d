/** `jpki-bench ca`: the world's certification authorities. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Argument, Command, Option } from "commander";
import type { LabClient } from "../../../simulator/lab/index.ts";
import { type CertificateKind, CRL_FAULTS, OCSP_FAULTS } from "../../../simulator/pki/index.ts";
import { acts, benchCommand, parseCount } from "../command.ts";
import { DEFAULT_STATE, type LabPlace, withLab, withRunningLab } from "../lab-access.ts";
import { toPem } from "../pem.ts";

interface RevokeOptions extends LabPlace {
  readonly reason: string;
  readonly onSchedule?: boolean;
}

interface CrlOptions extends LabPlace {
  readonly ca: CertificateKind;
  readonly out: string;
}

interface ExportOptions extends LabPlace {
  readonly out: string;
}

export function caCommand(): Command {
  return new Command("ca")
    .description("認証局を操作する / the world's certification authorities")
    .addCommand(listCommand())
    .addCommand(revokeCommand())
    .addCommand(crlCommand())
    .addCommand(faultCommand())
    .addCommand(exportCommand());
}

/** A command on the world of a state directory or of a running lab. */
export function worldCommand(name: string, ja: string, en: string): Command {
  return benchCommand(name, ja, en)
    .option("--state <dir>", "状態フォルダー / state directory", DEFAULT_STATE)
    .option("--lab <url>", "稼働中のlabのアドレス / address of a running lab");
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

function crlCommand(): Command {
  const command = worldCommand("crl", "失効リストを書き出す", "write the revocation list")
    .addOption(new Option("--ca <kind>", "認証局").choices(["auth", "sign"]).default("auth"))
    .requiredOption("--out <file>", "出力先（DER） / file to write, DER");
  return acts<CrlOptions>(command, async (terminal, options) => {
    const list = await withLab(options, (lab) => lab("downloadCrl", { kind: options.ca }));
    const path = resolve(options.out);
    await writeFile(path, list);
    terminal.document({ crl: path, bytes: list.length });
    terminal.line(path);
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

function exportCommand(): Command {
  const command = worldCommand("export", "CA証明書を書き出す", "write the CA certificates").option(
    "--out <dir>",
    "出力先 / folder",
    ".",
  );
  return acts<ExportOptions>(command, async (terminal, options) => {
    const paths = await withLab(options, async (lab) => ({
      authCaCert: await exportCa(lab, options.out, "auth"),
      signCaCert: await exportCa(lab, options.out, "sign"),
    }));
    terminal.document(paths);
    for (const path of Object.values(paths)) terminal.line(path);
    return 0;
  });
}

/** Writes `auth-ca.pem` or `sign-ca.pem` into `folder`. */
export async function exportCa(
  lab: LabClient,
  folder: string,
  kind: CertificateKind,
): Promise<string> {
  const der = await lab("downloadCaCertificate", { kind });
  const path = join(resolve(folder), `${kind}-ca.pem`);
  await mkdir(resolve(folder), { recursive: true });
  await writeFile(path, toPem(der));
  return path;
}
