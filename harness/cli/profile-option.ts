/** `--profile PLATFORM=FILE`: names, codes and limits of a platform as a vendor's own copy says. */
import { InvalidArgumentError, Option } from "commander";
import {
  type PlatformProfiles,
  PROFILED_PLATFORMS,
  type ProfiledPlatform,
  parseProfileFile,
} from "../../simulator/platform/index.ts";
import { BenchError } from "../errors.ts";
import { readText } from "./files.ts";

export interface ProfileChoice {
  readonly platform: ProfiledPlatform;
  readonly file: string;
}

export function profileOption(): Option {
  const platforms = PROFILED_PLATFORMS.join(", ");
  return new Option(
    "--profile <platform=file>",
    `プラットフォームの名称・コードを差し替える（繰返し可） / replace names and codes: ${platforms}`,
  )
    .argParser(addChoice)
    .default([]);
}

/**
 * Reads what was chosen, before anything is started.
 *
 * @throws BenchError FILE_UNREADABLE, CLI_USAGE for a platform named twice; SimulatorError
 *   PLATFORM_PROFILE_INVALID with file, line and field
 */
export async function readProfiles(
  choices: readonly ProfileChoice[],
): Promise<Partial<PlatformProfiles>> {
  const profiles: Partial<Record<ProfiledPlatform, object>> = {};
  for (const { platform, file } of choices) {
    if (profiles[platform] !== undefined) {
      throw new BenchError("CLI_USAGE", `--profile names ${platform} twice`);
    }
    profiles[platform] = parseProfileFile(platform, await readText(file), file);
  }
  return profiles as Partial<PlatformProfiles>;
}

/** For the facts of a run: whose names the simulated platforms went by. */
export function profileNames(profiles: Partial<PlatformProfiles>): Record<string, string> {
  const names = Object.entries(profiles).map(([platform, { name }]) => [
    `profile ${platform}`,
    name,
  ]);
  return Object.fromEntries(names);
}

function addChoice(text: string, before: readonly ProfileChoice[]): readonly ProfileChoice[] {
  const [, name = "", file = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  const platform = PROFILED_PLATFORMS.find((known) => known === name);
  if (platform === undefined) {
    throw new InvalidArgumentError(
      `should look like mkpf=FILE, with ${PROFILED_PLATFORMS.join(", ")}`,
    );
  }
  return [...before, { platform, file }];
}
