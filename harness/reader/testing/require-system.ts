/**
 * Which system parts a test needs and whether this machine has them. Every system test decides by
 * this one rule: what is missing is named in the title of what is skipped; and where
 * JPKI_BENCH_REQUIRE_SYSTEM=1 is set (the CI job that installs everything) it is an error instead.
 *
 * @example
 * const system = systemParts(["pcscd", "vpcd", "pcsclite"]);
 * describe.skipIf(system.missing.length > 0)(system.title("a PC/SC reader"), () => { ... });
 */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { isInstalled } from "../../bench/installed.ts";
import { NAMESPACES, VPCD_DRIVER } from "./pcscd-recipe.ts";
import { pythonWith } from "./python.ts";

/** Parts that are more than a command on the PATH; anything else is looked up there by its name. */
const PROBES: Readonly<Record<string, () => boolean>> = {
  vpcd: () => existsSync(VPCD_DRIVER),
  pcsclite: hasPcsclite,
  koffi: () => resolves("koffi"),
  serialport: () => resolves("serialport"),
  namespaces: () => NAMESPACES !== undefined,
  "vsmartcard-vpicc": () => hasCommand("vicc"),
  "python3-pycryptodome": () => pythonWith("Cryptodome") !== undefined,
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

/** Daemons live in sbin, which an ordinary user's PATH may leave out. */
function hasCommand(name: string): boolean {
  return isInstalled(name, [process.env.PATH, "/usr/sbin", "/sbin"].join(delimiter));
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

function resolves(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
