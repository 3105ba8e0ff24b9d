/** The default export of a user's module, in TypeScript or JavaScript. */
import { register as registerRequire } from "tsx/cjs/api";
import { type NamespacedUnregister, register } from "tsx/esm/api";

/**
 * One for all files of a process, so that a package which two of them import is there once: Vitest does
 * not stand being loaded twice, and comes with `jpki-bench/harness`.
 */
const NAMESPACE = "jpki-bench";

let loader: NamespacedUnregister | undefined;

/** @param path absolute */
export async function importDefault(path: string): Promise<unknown> {
  loader ??= openLoader();
  const loaded: unknown = await loader.import(path, import.meta.url);
  // A file without `"type": "module"` beside it is loaded as CommonJS, its default one level down.
  const outer = (loaded as { default?: unknown }).default ?? loaded;
  return (outer as { default?: unknown } | null)?.default ?? outer;
}

function openLoader(): NamespacedUnregister {
  registerRequire({ namespace: NAMESPACE });
  return register({ namespace: NAMESPACE });
}
