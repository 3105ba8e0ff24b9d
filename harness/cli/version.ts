/** The version of this package, from its own package.json wherever it is installed. */
import { createRequire } from "node:module";

export function packageVersion(): string {
  const { version } = createRequire(import.meta.url)("jpki-bench/package.json") as {
    version: string;
  };
  return version;
}
