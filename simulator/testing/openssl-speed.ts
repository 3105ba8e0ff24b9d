/**
 * What OpenSSL's own benchmark says of this machine at this moment: the limit for everything here
 * that signs (openssl-speed(1), `-mr`: a line `+F2:number:bits:signatures a second:verifications`).
 */
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const RSA_2048 = /^\+F2:\d+:2048:([\d.]+):/gm;

/** RSA-2048 signatures a second of as many processes; takes two seconds, one of which it verifies. */
export async function rsaSignaturesPerSecond(processes = 1): Promise<number> {
  const several = processes === 1 ? [] : ["-multi", String(processes)];
  // A single process would otherwise count by its own time, as if it had a core to itself.
  return speed("-elapsed", ...several);
}

/** The same of one process by the time it had a core: what else wants that core does not count. */
export async function rsaSignaturesPerCoreSecond(): Promise<number> {
  return speed();
}

async function speed(...options: readonly string[]): Promise<number> {
  const { stdout } = await run("openssl", ["speed", "-mr", "-seconds", "1", ...options, "rsa2048"]);
  // With several processes the line of the sum comes last.
  const rate = [...stdout.matchAll(RSA_2048)].at(-1)?.[1];
  if (rate === undefined) throw new Error(`openssl speed said nothing of RSA-2048: ${stdout}`);
  return Number(rate);
}
