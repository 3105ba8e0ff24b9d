/** Finds and loads `bench.config.ts` (or .mts, .js, .mjs, .json). */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { tsImport } from "tsx/esm/api";
import { BenchError } from "../errors.ts";
import { parseConfig, type ResolvedConfig } from "./config.ts";
import { withProfilesIn } from "./platform-target.ts";

const NAMES = ["ts", "mts", "js", "mjs", "json"].map((extension) => `bench.config.${extension}`);

export interface LoadedConfig extends ResolvedConfig {
  /** The folder that patterns in the configuration start from. */
  readonly folder: string;
  /** The file, or undefined where there is none and defaults hold. */
  readonly file: string | undefined;
}

/**
 * Loads the configuration named by `file`, else the one in `folder`, else the defaults.
 *
 * @throws BenchError CONFIG_NOT_FOUND for a named file that is not there, CONFIG_INVALID for one
 * that cannot be read or says something unknown
 */
export async function loadConfig(folder: string, file?: string): Promise<LoadedConfig> {
  const path = file === undefined ? findConfig(folder) : resolve(folder, file);
  if (path === undefined) {
    return { ...parseConfig({}, "defaults"), folder, file: undefined };
  }
  if (!existsSync(path)) throw new BenchError("CONFIG_NOT_FOUND", `no file ${path}`);
  const folderOfFile = dirname(path);
  const config = parseConfig(await readConfig(path), path);
  return { ...withPlacedProfiles(config, folderOfFile), folder: folderOfFile, file: path };
}

/** Files that a configuration names lie beside it. */
function withPlacedProfiles(config: ResolvedConfig, folder: string): ResolvedConfig {
  const projects = Object.entries(config.projects).map(([name, project]) => {
    const { platform } = project;
    if (platform === undefined || platform === "simulator") return [name, project] as const;
    return [name, { ...project, platform: withProfilesIn(folder, platform) }] as const;
  });
  return { ...config, projects: Object.fromEntries(projects) };
}

function findConfig(folder: string): string | undefined {
  return NAMES.map((name) => resolve(folder, name)).find((path) => existsSync(path));
}

async function readConfig(path: string): Promise<unknown> {
  try {
    if (path.endsWith(".json")) return JSON.parse(await readFile(path, "utf8"));
    const loaded = await tsImport(path, import.meta.url);
    return unwrapDefault(loaded);
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split("\n")[0] ?? "") : String(cause);
    throw new BenchError("CONFIG_INVALID", `${path}: ${reason}`, { cause });
  }
}

/** A file without `"type": "module"` beside it is loaded as CommonJS, its default one level down. */
function unwrapDefault(loaded: unknown): unknown {
  const outer = (loaded as { default?: unknown }).default ?? loaded;
  return (outer as { default?: unknown } | null)?.default ?? outer;
}
