/** Finds a Python that has what a test needs. */
import { spawnSync } from "node:child_process";

/** Debian's packages are seen by Debian's Python only; another may stand before it on the PATH. */
const CANDIDATES = ["/usr/bin/python3", "python3"];

/** A Python that can import all of `modules`; undefined where there is none. */
export function pythonWith(...modules: readonly string[]): string | undefined {
  const script = `import ${modules.join(", ")}`;
  return CANDIDATES.find(
    (python) => spawnSync(python, ["-c", script], { stdio: "ignore" }).status === 0,
  );
}
