/** Files people name on the command line. */
import { open, readFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { BenchError } from "../errors.ts";

/** Only for their owner. */
const PRIVATE = 0o600;

/** @throws BenchError FILE_UNREADABLE */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(resolve(path), "utf8");
  } catch (cause) {
    throw new BenchError("FILE_UNREADABLE", `${resolve(path)} cannot be read`, { cause });
  }
}

/**
 * Writes a text for anybody to read.
 *
 * @returns where it is
 * @throws BenchError FILE_UNWRITABLE
 */
export async function writeText(path: string, text: string): Promise<string> {
  const target = resolve(path);
  try {
    await writeFile(target, text);
  } catch (cause) {
    throw new BenchError("FILE_UNWRITABLE", `${target} cannot be written`, { cause });
  }
  return target;
}

/**
 * Writes a text that only its owner may read, whatever stood there before.
 *
 * @returns where it is
 * @throws BenchError FILE_UNWRITABLE
 */
export async function writePrivate(path: string, text: string): Promise<string> {
  const target = resolve(path);
  try {
    const file = await open(target, "w", PRIVATE);
    try {
      // The mode above is that of a new file only.
      await file.chmod(PRIVATE);
      await file.writeFile(text);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new BenchError("FILE_UNWRITABLE", `${target} cannot be written`, { cause });
  }
  return target;
}
