/**
 * Cards to be measured behind vpcd, each as words that start it in a process of its own. It connects to
 * a port of 127.0.0.1, and ends when that lets go of it.
 */
import { fileURLToPath } from "node:url";
import { pythonWith } from "./python.ts";

/** What `viccCard` needs, by the names of Debian's packages. */
export const VICC_PARTS = ["vsmartcard-vpicc", "python3-pycryptodome"] as const;

/** The simulator's test card. */
export function simulatedCard(port: number): string[] {
  return typescript(new URL("vpcd-simulated-card.ts", import.meta.url), port);
}

/** A socket that answers 256 bytes to everything. */
export function bareCard(port: number): string[] {
  return typescript(new URL("vpcd-bare-card.ts", import.meta.url), port);
}

/** The card emulator of the vsmartcard project with an empty card as ISO/IEC 7816-4 has it. */
export function viccCard(port: number): string[] {
  const script = fileURLToPath(new URL("vicc.py", import.meta.url));
  const options = ["--type", "iso7816", "--hostname", "127.0.0.1", "--port", String(port)];
  return [pythonWith("Cryptodome") ?? "python3", script, ...options];
}

function typescript(script: URL, port: number): string[] {
  return [
    process.execPath,
    "--import",
    import.meta.resolve("tsx"),
    fileURLToPath(script),
    String(port),
  ];
}
