/** Files that are there whole or not at all. */
import { randomUUID } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { ReportError } from "./errors.ts";

type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes `chunks` beside `path` and puts the result in its place only when it is complete: a reader
 * sees the old file or the new one.
 *
 * @throws ReportError REPORT_WRITE; a ReportError thrown by `chunks` comes through as it is
 */
export async function replaceFile(path: string, chunks: Chunks): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await pipeline(chunks, createWriteStream(draft, { flags: "wx" }));
    await rename(draft, path);
  } catch (cause) {
    await rm(draft, { force: true });
    if (cause instanceof ReportError) throw cause;
    throw new ReportError("REPORT_WRITE", `cannot write ${path}`, { cause });
  }
}
