/** Finds and loads `bench.config.ts` (or .mts, .js, .mjs, .json). */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { BenchError, firstLineOf } from "../errors.ts";
import { parseConfig, type ResolvedConfig } from "./config.ts";
import { importDefault } from "./import-default.ts";
import { withDriverIn, withProfilesIn } from "./platform-target.ts";

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
  return { ...withPlacedFiles(config, folderOfFile), folder: folderOfFile, file: path };
}

/** Files that a configuration names lie beside it. */
function withPlacedFiles(config: ResolvedConfig, folder: string): ResolvedConfig {
  const projects = Object.entries(config.projects).map(([name, project]) => {
    const { platform, relyingParty } = project;
    return [
      name,
      {
        ...project,
        ...(typeof platform === "object" && { platform: withProfilesIn(folder, platform) }),
        ...(typeof relyingParty === "object" && {
          relyingParty: withDriverIn(folder, relyingParty),
        }),
      },
    ] as const;
  });
  return { ...config, projects: Object.fromEntries(projects) };
}

function findConfig(folder: string): string | undefined {
  return NAMES.map((name) => resolve(folder, name)).find((path) => existsSync(path));
}

async function readConfig(path: string): Promise<unknown> {
  try {
    if (path.endsWith(".json")) return JSON.parse(await readFile(path, "utf8"));
    return await importDefault(path);
  } catch (cause) {
    throw new BenchError("CONFIG_INVALID", `${path}: ${firstLineOf(cause)}`, { cause });
  }
}
