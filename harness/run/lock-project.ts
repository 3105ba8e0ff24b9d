/** Keeps the reader of a project for one run, so that two runs never share it. */
import type { ProjectConfig } from "../config/config.ts";
import { findBridge, listPcscReaders } from "../reader/index.ts";
import { hidIdentity, pcscIdentity, serialIdentity } from "../reader/lock/reader-identity.ts";
import { lockReader, type ReaderLock } from "../reader/lock/reader-lock.ts";
import { chooseReader, namePattern } from "../reader/pcsc/readers.ts";

/**
 * @param purpose what the run is, for whoever finds the reader taken
 * @returns undefined where the reader is a simulated one: every run has its own
 * @throws BenchError READER_LOCKED; READER_NOT_FOUND, READER_AMBIGUOUS and all that `listPcscReaders`
 *   throws, before anything is touched
 */
export async function lockProject(
  { reader }: ProjectConfig,
  purpose: string,
): Promise<ReaderLock | undefined> {
  if (reader.driver === "simulated") return undefined;
  if (reader.driver === "mcp2221a") {
    return lockReader(hidIdentity((await findBridge(reader.device)).path), purpose);
  }
  if (reader.driver !== "pcsc") return lockReader(serialIdentity(reader.device), purpose);
  const entries = await listPcscReaders({ binding: reader.binding });
  const names = entries.map(({ name }) => name);
  return lockReader(pcscIdentity(chooseReader(names, namePattern(reader.name))), purpose);
}
