/**
 * What a built-in relying party remembers: in the state directory of its world, or only as long as it
 * runs. Written as a whole after every change.
 */
import type { z } from "zod";
import { SimulatorError } from "../../../simulator/errors.ts";
import type { StateDirectory } from "../../../simulator/lab/index.ts";

export interface Store<Content> {
  readonly content: Content;
  /** Durable when it returns, where there is a directory. */
  keep(content: Content): void;
}

/** @throws SimulatorError STATE_INVALID for a file that is none of ours */
export function openStore<Schema extends z.ZodType>(
  directory: StateDirectory | undefined,
  file: string,
  schema: Schema,
  empty: z.output<Schema>,
): Store<z.output<Schema>> {
  const saved = directory?.readJson(file);
  let content = saved === undefined ? empty : parse(schema, saved, file);
  return {
    get content() {
      return content;
    },
    keep: (next) => {
      content = next;
      directory?.write(file, JSON.stringify(next));
    },
  };
}

function parse<Schema extends z.ZodType>(schema: Schema, saved: unknown, file: string) {
  const parsed = schema.safeParse(saved);
  if (parsed.success) return parsed.data;
  throw new SimulatorError("STATE_INVALID", `${file} is not what a relying party has written`);
}
