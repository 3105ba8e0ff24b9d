/**
 * Profiles of the platforms as files: a JSON object with the entries that differ from the built-in
 * profile. Whoever holds a real specification writes down its names, codes and limits there and
 * replaces no code.
 */
import { SimulatorError } from "../errors.ts";
import {
  type AttributeProvisionProfile,
  DEFAULT_ATTRIBUTE_PROVISION_PROFILE,
  parseAttributeProvisionProfile,
} from "./attribute-provision/profile.ts";
import {
  type CardApLoaderProfile,
  DEFAULT_CARD_AP_LOADER_PROFILE,
  parseCardApLoaderProfile,
} from "./card-ap-loader/profile.ts";
import {
  DEFAULT_DIGITAL_AUTH_PROFILE,
  type DigitalAuthProfile,
  parseDigitalAuthProfile,
} from "./digital-auth-app/profile.ts";
import { type PlacedJson, parsePlacedJson } from "./json-positions.ts";
import {
  DEFAULT_LOCAL_AUTH_PF_PROFILE,
  type LocalAuthPfProfile,
  parseLocalAuthPfProfile,
} from "./local-auth-pf/profile.ts";
import { DEFAULT_MKPF_PROFILE, type MkpfProfile, parseMkpfProfile } from "./mkpf/profile.ts";
import { fieldName, ProfileError } from "./parse-profile.ts";

/** One profile a platform; both environments of MKPF share theirs. */
export interface PlatformProfiles {
  readonly mkpf: MkpfProfile;
  readonly localAuthPf: LocalAuthPfProfile;
  readonly digitalAuthApp: DigitalAuthProfile;
  readonly attributeProvision: AttributeProvisionProfile;
  readonly cardApLoader: CardApLoaderProfile;
}

export type ProfiledPlatform = keyof PlatformProfiles;

const PARSERS: {
  readonly [Platform in ProfiledPlatform]: (value: unknown) => PlatformProfiles[Platform];
} = {
  mkpf: parseMkpfProfile,
  localAuthPf: parseLocalAuthPfProfile,
  digitalAuthApp: parseDigitalAuthProfile,
  attributeProvision: parseAttributeProvisionProfile,
  cardApLoader: parseCardApLoaderProfile,
};

/** As built in: our own, and non-normative. */
export const DEFAULT_PROFILES: PlatformProfiles = {
  mkpf: DEFAULT_MKPF_PROFILE,
  localAuthPf: DEFAULT_LOCAL_AUTH_PF_PROFILE,
  digitalAuthApp: DEFAULT_DIGITAL_AUTH_PROFILE,
  attributeProvision: DEFAULT_ATTRIBUTE_PROVISION_PROFILE,
  cardApLoader: DEFAULT_CARD_AP_LOADER_PROFILE,
};

export const PROFILED_PLATFORMS = Object.keys(PARSERS) as readonly ProfiledPlatform[];

/**
 * Reads the text of a profile file.
 *
 * @param file its name, for the error
 * @throws SimulatorError PLATFORM_PROFILE_INVALID in one line, with file, line and field of the first
 *   place that does not fit
 */
export function parseProfileFile<Platform extends ProfiledPlatform>(
  platform: Platform,
  text: string,
  file: string,
): PlatformProfiles[Platform] {
  const placed = inFile(file, () => parsePlacedJson(text));
  return inFile(file, () => {
    try {
      return PARSERS[platform](placed.value);
    } catch (error) {
      throw error instanceof ProfileError ? withLine(error, placed) : error;
    }
  });
}

function withLine(error: ProfileError, { lineOf }: PlacedJson): Error {
  const [first, ...others] = error.issues;
  if (first === undefined) return error;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  const { path, message } = first;
  return invalid(`line ${lineOf(path)}, ${fieldName(path)}: ${message}${more}`, error);
}

function inFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SimulatorError ? invalid(`${file}: ${error.message}`, error) : error;
  }
}

function invalid(message: string, cause: unknown): SimulatorError {
  return new SimulatorError("PLATFORM_PROFILE_INVALID", message, { cause });
}
