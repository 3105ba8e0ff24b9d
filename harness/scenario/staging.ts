/**
 * The staging platforms (検証環境) a project names, with clients that speak as the vendor's registered
 * system. Credentials are taken from the environment when a client is made, and kept nowhere else.
 */
import { readFileSync } from "node:fs";
import type { JWK } from "jose";
import { type PlatformProfiles, parseProfileFile } from "../../simulator/platform/index.ts";
import type { ProjectConfig } from "../config/config.ts";
import { type StagingTarget, variablesOf } from "../config/platform-target.ts";
import { BenchError } from "../errors.ts";
import { type HttpTrace, LocalAuthPfClient, MkpfClient } from "../platform/index.ts";

export interface Staging {
  /** MKPF 類型② as the configured system. @throws BenchError SCENARIO_NEEDS where none is configured */
  mkpf(): Promise<MkpfClient>;
  /** 地方認証PF with the configured アクセス情報. @throws BenchError SCENARIO_NEEDS likewise */
  localAuthPf(): LocalAuthPfClient;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined where the project's platforms are the simulator's. */
export function stagingOf({ platform }: ProjectConfig): StagingTarget | undefined {
  return platform === undefined || platform === "simulator" ? undefined : platform;
}

/**
 * Reads all that a target needs, before anything is touched.
 *
 * @throws BenchError PLATFORM_CREDENTIALS naming the variables that are not set; CONFIG_INVALID for a
 *   profile file that cannot be read; SimulatorError PLATFORM_PROFILE_INVALID
 */
export function requireStaging(target: StagingTarget, environment: Environment): void {
  const unset = variablesOf(target).filter((name) => !environment[name]);
  if (unset.length > 0) {
    throw new BenchError("PLATFORM_CREDENTIALS", `not set in the environment: ${unset.join(", ")}`);
  }
  profileOf("mkpf", target.mkpf?.profile);
  profileOf("localAuthPf", target.localAuthPf?.profile);
}

/** Credentials as they stand in the environment, to be struck out of whatever is printed. */
export function credentialsOf(project: ProjectConfig, environment: Environment): string[] {
  const target = stagingOf(project);
  if (target === undefined) return [];
  return variablesOf(target).flatMap((name) => environment[name] ?? []);
}

export function openStaging(
  target: StagingTarget,
  environment: Environment,
  sink: (exchange: HttpTrace) => void,
): Staging {
  const credential = ({ env }: { readonly env: string }) => environment[env] ?? "";
  return {
    mkpf: async () => {
      const { issuer, profile, clientId, privateKey } = named(target.mkpf, "mkpf");
      return MkpfClient.create({
        issuer,
        clientId: credential(clientId),
        privateKey: keyIn(credential(privateKey), privateKey.env),
        ...profileOf("mkpf", profile),
        sink,
      });
    },
    localAuthPf: () => {
      const { baseUrl, method, profile, accessId, accessSecret } = named(
        target.localAuthPf,
        "localAuthPf",
      );
      const access = { id: credential(accessId), secret: credential(accessSecret) };
      const names = profileOf("localAuthPf", profile);
      return new LocalAuthPfClient({ baseUrl, method, access, ...names, sink });
    },
  };
}

function named<Target>(target: Target | undefined, name: string): Target {
  if (target !== undefined) return target;
  throw new BenchError("SCENARIO_NEEDS", `this project names no staging platform.${name}`);
}

function profileOf<Platform extends "mkpf" | "localAuthPf">(
  platform: Platform,
  file: string | undefined,
): { readonly profile?: PlatformProfiles[Platform] } {
  if (file === undefined) return {};
  return { profile: parseProfileFile(platform, textOf(file), file) };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new BenchError("CONFIG_INVALID", `the profile ${file} cannot be read`, { cause });
  }
}

/** The text is a secret: an error names its variable alone. */
function keyIn(text: string, variable: string): JWK {
  try {
    return JSON.parse(text) as JWK;
  } catch {
    throw new BenchError("PLATFORM_CREDENTIALS", `${variable} holds no JWK in JSON`);
  }
}
