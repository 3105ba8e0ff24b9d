/** A counterexample from a file, judged again. */
import type { Counterexample } from "./property.ts";
import { invalid, readReplay } from "./replay-file.ts";
import type { FuzzTarget } from "./target.ts";

/**
 * @param name of the target
 * @throws BenchError FILE_UNREADABLE; FUZZ_REPLAY_INVALID for a file of another target or property, or
 * an input that fits no longer
 */
export async function replay(
  name: string,
  target: FuzzTarget,
  path: string,
): Promise<Counterexample> {
  const file = readReplay(path);
  if (file.target !== name) throw invalid(path, `it is of the target ${file.target}`);
  const open = await target.open(file.seed);
  try {
    const found = open.properties.find((property) => property.name === file.property);
    if (found === undefined) throw invalid(path, `no property is named ${file.property}`);
    const counterexample = await found.replay(file.input);
    if (counterexample === undefined) throw invalid(path, "its input has another form");
    return counterexample;
  } finally {
    await open.close();
  }
}
