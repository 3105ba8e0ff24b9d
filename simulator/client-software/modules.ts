/**
 * Modules of this package for a browser: an entry module and all it imports, each as JavaScript text.
 * In a clone the sources are TypeScript and lose their types here; in an installed package they are
 * JavaScript already and are read as they are.
 */
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** By path from the folder of the floor: `client-software/extension/page.js`. */
export type BrowserFiles = ReadonlyMap<string, string>;

const FLOOR = new URL("../", import.meta.url);
const EXTENSION = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

/**
 * @param entries paths from the folder of the floor without the file's extension, such as
 *   `client-software/extension/page`
 */
export async function browserModules(entries: readonly string[]): Promise<BrowserFiles> {
  const files = new Map<string, string>();
  const wanted = [...entries];
  for (let path = wanted.pop(); path !== undefined; path = wanted.pop()) {
    const name = `${path}.js`;
    if (files.has(name)) continue;
    const text = await javaScriptOf(new URL(path + EXTENSION, FLOOR));
    files.set(name, text);
    wanted.push(...importsOf(text, name));
  }
  return files;
}

async function javaScriptOf(file: URL): Promise<string> {
  const source = await readFile(file, "utf8");
  if (EXTENSION === ".js") return source;
  const { default: typescript } = await import("typescript");
  const { ModuleKind, ScriptTarget, transpileModule } = typescript;
  const { outputText } = transpileModule(source, {
    fileName: fileURLToPath(file),
    compilerOptions: {
      module: ModuleKind.ESNext,
      target: ScriptTarget.ES2022,
      verbatimModuleSyntax: true,
      rewriteRelativeImportExtensions: true,
    },
  });
  return outputText;
}

/** Modules of ours alone: one that needs a package cannot be loaded by a browser, and fails there. */
function importsOf(text: string, name: string): string[] {
  return [...text.matchAll(/^(?:import|export)\b[^;=(]*?"(\.[^"]+)\.js";/gm)].map(([, path = ""]) =>
    new URL(path, `file:///${name}`).pathname.slice(1),
  );
}
