/** Starts the card emulator of the vsmartcard project, to measure against (see vicc.py). */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pythonWith } from "./python.ts";

const SCRIPT = fileURLToPath(new URL("vicc.py", import.meta.url));

/** What `startVicc` needs, by the names of Debian's packages. */
export const VICC_PARTS = ["vsmartcard-vpicc", "python3-pycryptodome"] as const;

/**
 * Puts an empty card as ISO/IEC 7816-4 has it behind the vpcd that listens on a port of 127.0.0.1.
 *
 * @returns a function that takes it out and ends it
 */
export function startVicc(port: number): () => void {
  const python = pythonWith("Cryptodome") ?? "python3";
  const words = ["--type", "iso7816", "--hostname", "127.0.0.1", "--port", String(port)];
  // It logs every file it creates; it ends by itself when the link breaks.
  const child = spawn(python, [SCRIPT, ...words], { stdio: "ignore" });
  return () => child.kill();
}
