/** `jpki-bench ca forge`: what a forger would show to a system under test (platform-facts 8.3, PK-31). */
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { forgeryOf } from "../../scenario/jpki/forgery.ts";
import { acts } from "../command.ts";
import { type LabPlace, withLab } from "../lab-access.ts";
import { toPem } from "../pem.ts";
import { worldCommand } from "./world-command.ts";

interface ForgeOptions extends LabPlace {
  readonly out: string;
}

export function forgeCommand(): Command {
  const command = worldCommand(
    "forge",
    "他人の発行番号をもつ偽造証明書とその鍵を作る（試験用）",
    "a certificate like this one that the CA did not sign, and its key, to see it refused",
  )
    .argument("<serial>", "発行番号（16進または10進） / serial number of the victim")
    .option("--out <dir>", "出力先 / folder", ".");
  return acts<ForgeOptions>(command, async (terminal, options, serial = "") => {
    const victim = await withLab(options, (lab) => lab("downloadCertificate", { serial }));
    const { certificate, privateKey } = forgeryOf(victim);
    const folder = resolve(options.out);
    const paths = {
      certificate: join(folder, "forged.pem"),
      privateKey: join(folder, "forged-key.pem"),
    };
    await mkdir(folder, { recursive: true });
    await writeFile(paths.certificate, toPem(certificate));
    await writeFile(paths.privateKey, privateKey, { mode: 0o600 });
    terminal.document(paths);
    for (const path of Object.values(paths)) terminal.line(path);
    return 0;
  });
}
