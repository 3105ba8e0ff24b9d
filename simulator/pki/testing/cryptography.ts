/** Python's cryptography as a witness: runs witness.py and reads what it says. */
import { execFile, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { CertificateKind } from "../status.ts";

const SCRIPT = fileURLToPath(new URL("./witness.py", import.meta.url));

/** Debian's packages are seen by Debian's Python only; another may stand before it on the PATH. */
const CANDIDATES = ["/usr/bin/python3", "python3"];

export interface CertificateTestimony {
  /** Whether the CA's key signed it. */
  readonly issued: boolean;
  readonly validity: string;
  /** `good` or `revoked superseded 2026-08-05T03:00:00Z`. */
  readonly list: string;
  readonly ocsp: string;
}

export interface Testimony {
  /** By serial number, upper-case hexadecimal. */
  readonly certificates: Readonly<Record<string, CertificateTestimony>>;
  readonly list: { readonly signed: boolean; readonly entries: number; readonly number: number };
}

/** A Python with the package; undefined where there is none. */
export function pythonWithCryptography(): string | undefined {
  return CANDIDATES.find(
    (python) => spawnSync(python, ["-c", "import cryptography"], { stdio: "ignore" }).status === 0,
  );
}

/** @param folder as witness.py describes it */
export async function askCryptography(
  python: string,
  folder: string,
): Promise<Readonly<Record<CertificateKind, Testimony>>> {
  const run = promisify(execFile);
  const { stdout } = await run(python, ["-B", SCRIPT, folder], { maxBuffer: 2 ** 26 });
  return JSON.parse(stdout) as Record<CertificateKind, Testimony>;
}
