/**
 * Which system parts a test needs and whether this machine has them. Every system test decides by
 * this one rule: what is missing is named in the title of what is skipped; and where
 * JPKI_BENCH_REQUIRE_SYSTEM=1 is set (the CI job that installs everything) it is an error instead.
 *
 * @example
 * const system = systemParts(["pcscd", "vpcd", "pcsclite"]);
 * describe.skipIf(system.missing.length > 0)(system.title("a PC/SC reader"), () => { ... });
 */
import { accessSync, constants, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { NAMESPACES, VPCD_DRIVER } from "./pcscd-recipe.ts";
import { pythonWith } from "./python.ts";

/** Parts that are more than a command on the PATH; anything else is looked up there by its name. */
const PROBES: Readonly<Record<string, () => boolean>> = {
  vpcd: () => existsSync(VPCD_DRIVER),
  pcsclite: hasPcsclite,
  koffi: hasKoffi,
  serialport: hasSerialport,
  namespaces: () => NAMESPACES !== undefined,
  "python3-pyscard": () => pythonWith("smartcard") !== undefined,
  "python3-cryptography": () => pythonWith("cryptography") !== undefined,
};

/** Everything `startPcscd` needs. */
export const PCSCD_PARTS = ["pcscd", "vpcd", "socat", "ip", "namespaces"] as const;

export interface SystemParts {
  readonly missing: readonly string[];
  /** The title, with the names of the missing parts behind it. */
  title(title: string): string;
}

/** @throws Error when something is missing and JPKI_BENCH_REQUIRE_SYSTEM=1 */
export function systemParts(needed: readonly string[]): SystemParts {
  const missing = needed.filter((part) => !(PROBES[part] ?? (() => hasCommand(part)))());
  if (missing.length > 0 && process.env.JPKI_BENCH_REQUIRE_SYSTEM === "1") {
    throw new Error(`JPKI_BENCH_REQUIRE_SYSTEM=1, and this machine lacks: ${missing.join(", ")}`);
  }
  const note = missing.length === 0 ? "" : ` (skipped, missing: ${missing.join(", ")})`;
  return { missing, title: (title) => title + note };
}

function hasCommand(name: string): boolean {
  // Daemons live in sbin, which an ordinary user's PATH may leave out.
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return folders.some((folder) => isExecutable(join(folder, name)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function hasKoffi(): boolean {
  try {
    createRequire(import.meta.url).resolve("koffi");
    return true;
  } catch {
    return false;
  }
}

/** Looks for the built addon without loading it: it must not be loaded into a test worker. */
function hasPcsclite(): boolean {
  try {
    const root = dirname(createRequire(import.meta.url).resolve("pcsclite/package.json"));
    return existsSync(join(root, "build/Release/pcsclite.node"));
  } catch {
    return false;
  }
}

function hasSerialport(): boolean {
  try {
    createRequire(import.meta.url).resolve("serialport");
    return true;
  } catch {
    return false;
  }
}
