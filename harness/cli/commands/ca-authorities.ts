/** `jpki-bench ca authorities`, `rollover`, `crl` and `export`: the CAs, generation by generation. */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Argument, type Command, Option } from "commander";
import type { LabClient } from "../../../simulator/lab/index.ts";
import type { Carrier, CertificateKind } from "../../../simulator/pki/index.ts";
import { acts, parseCount } from "../command.ts";
import { type LabPlace, withLab } from "../lab-access.ts";
import { toPem } from "../pem.ts";
import { worldCommand } from "./world-command.ts";

interface CarrierOptions extends LabPlace {
  readonly carrier: Carrier;
}

interface CrlOptions extends CarrierOptions {
  readonly ca: CertificateKind;
  readonly generation?: number;
  readonly municipality?: string;
  readonly out: string;
}

interface ExportOptions extends LabPlace {
  readonly out: string;
}

export function authoritiesCommand(): Command {
  const command = worldCommand("authorities", "認証局の一覧（世代ごと）", "all CAs by generation");
  return acts<LabPlace>(command, async (terminal, options) => {
    const rows = await withLab(options, (lab) => lab("listAuthorities"));
    terminal.document(rows);
    for (const { kind, carrier, generation, serial, notBefore, notAfter } of rows) {
      const which = `${kind.padEnd(5)} ${carrier.padEnd(10)} ${generation}`;
      terminal.line(`${which}  ${serial.padEnd(8)}  ${notBefore} – ${notAfter}`);
    }
    return 0;
  });
}

export function rolloverCommand(): Command {
  const command = worldCommand(
    "rollover",
    "認証局の鍵を更新し、次の世代を始める",
    "let another generation of a CA issue from now on",
  )
    .addArgument(new Argument("<ca>").choices(["auth", "sign"]))
    .addOption(carrierOption());
  return acts<CarrierOptions>(command, async (terminal, options, kind = "") => {
    const asked = { kind: kind as CertificateKind, carrier: options.carrier };
    const row = await withLab(options, (lab) => lab("foundGeneration", asked));
    terminal.document(row);
    terminal.line(`${row.kind} ${row.carrier} ${row.generation}  ${row.serial}`);
    return 0;
  });
}

export function crlCommand(): Command {
  const command = worldCommand("crl", "失効リストを書き出す", "write the revocation list")
    .addOption(new Option("--ca <kind>", "認証局").choices(["auth", "sign"]).default("auth"))
    .addOption(carrierOption())
    .option("--generation <n>", "世代（1が最初） / generation, 1 is the oldest", parseCount)
    .option("--municipality <code>", "市区町村コード（5桁） / list of one municipality")
    .requiredOption("--out <file>", "出力先（DER） / file to write, DER");
  return acts<CrlOptions>(command, async (terminal, options) => {
    const { ca: kind, carrier, generation, municipality } = options;
    const asked = { kind, carrier, generation, municipality };
    const list = await withLab(options, (lab) => lab("downloadCrl", asked));
    const path = resolve(options.out);
    await writeFile(path, list);
    terminal.document({ crl: path, bytes: list.length });
    terminal.line(path);
    return 0;
  });
}

export function exportCommand(): Command {
  const command = worldCommand("export", "CA証明書を書き出す", "write the CA certificates").option(
    "--out <dir>",
    "出力先 / folder",
    ".",
  );
  return acts<ExportOptions>(command, async (terminal, options) => {
    const paths = await withLab(options, async (lab) => ({
      authCaCert: await exportCa(lab, options.out, "auth"),
      signCaCert: await exportCa(lab, options.out, "sign"),
      anchors: await exportAnchors(lab, options.out),
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
  return writePem(folder, `${kind}-ca.pem`, toPem(der));
}

/** Writes `anchors.pem`: every CA certificate there is, which is what a relying party has to trust. */
async function exportAnchors(lab: LabClient, folder: string): Promise<string> {
  const rows = await lab("listAuthorities");
  return writePem(folder, "anchors.pem", rows.map(({ certificate }) => certificate).join(""));
}

async function writePem(folder: string, name: string, text: string): Promise<string> {
  const path = join(resolve(folder), name);
  await mkdir(resolve(folder), { recursive: true });
  await writeFile(path, text);
  return path;
}

function carrierOption(): Option {
  return new Option("--carrier <carrier>", "カード用かスマホ用か / what carries the certificates")
    .choices(["card", "smartphone"])
    .default("card");
}
