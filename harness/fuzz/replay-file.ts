/** A counterexample as a file: readable above, the input as it is judged again below. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { BenchError } from "../errors.ts";
import type { Failure } from "./campaign.ts";

const schema = z.strictObject({
  version: z.literal(1),
  target: z.string(),
  property: z.string(),
  /** Of the campaign that found it. */
  seed: z.string(),
  violations: z.array(z.string()),
  shown: z.array(z.string()),
  input: z.unknown(),
});

export type Replay = z.infer<typeof schema>;

/**
 * @returns the path of the file
 * @throws BenchError FILE_UNWRITABLE
 */
export function writeReplay(folder: string, target: string, seed: string, found: Failure): string {
  const { property, violations, shown, input } = found;
  const replay = { version: 1, target, property, seed, violations, shown, input };
  const path = join(folder, `${target}-${property}.json`);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(replay, null, 2)}\n`);
  } catch (cause) {
    throw new BenchError("FILE_UNWRITABLE", `${path} cannot be written`, { cause });
  }
  return path;
}

/** @throws BenchError FILE_UNREADABLE; FUZZ_REPLAY_INVALID for a file that is no counterexample */
export function readReplay(path: string): Replay {
  const { data, error } = schema.safeParse(parsed(path, read(path)));
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw invalid(path, `${issue?.path.join(".")}: ${issue?.message}`);
}

export function invalid(path: string, finding: string): BenchError {
  return new BenchError("FUZZ_REPLAY_INVALID", `${path} is no counterexample: ${finding}`);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new BenchError("FILE_UNREADABLE", `${path} cannot be read`, { cause });
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid(path, "it is not JSON");
  }
}
