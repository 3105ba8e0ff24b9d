/** The default export of a user's module, in TypeScript or JavaScript. */
import { tsImport } from "tsx/esm/api";

/** @param path absolute */
export async function importDefault(path: string): Promise<unknown> {
  const loaded: unknown = await tsImport(path, import.meta.url);
  // A file without `"type": "module"` beside it is loaded as CommonJS, its default one level down.
  const outer = (loaded as { default?: unknown }).default ?? loaded;
  return (outer as { default?: unknown } | null)?.default ?? outer;
}
