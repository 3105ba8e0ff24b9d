/**
 * What a native host has to know and a browser does not tell it: a file that is written when the
 * client software is installed (`jpki-bench kazashi install`).
 */
import { createPublicKey } from "node:crypto";
import { readFileSync } from "node:fs";
import { z } from "zod";
import {
  type ClientSoftwareProfile,
  parseClientSoftwareProfile,
} from "../../simulator/client-software/index.ts";
import { fromHex } from "../../simulator/iso7816/index.ts";
import type { CvTrustAnchor } from "../card/index.ts";
import { type ProjectConfig, projectNamed } from "../config/config.ts";
import { loadConfig } from "../config/load.ts";
import { BenchError } from "../errors.ts";
import type { LabReaderPlace } from "./lab-reader.ts";

const anchor = z.strictObject({
  /** Sixteen bytes, hexadecimal, as CV certificates name their issuer. */
  keyId: z.string().regex(/^[0-9A-Fa-f]{32}$/),
  /** PEM of the SubjectPublicKeyInfo. */
  publicKey: z.string(),
});

const schema = z.strictObject({
  /** Issuer of MKPF's environment. */
  mkpf: z.url(),
  reader: z.union([
    z.strictObject({
      /** `bench.config.ts`, and the project whose reader is used. */
      config: z.string().optional(),
      project: z.string(),
    }),
    /** A reader of a running lab. */
    z.strictObject({ lab: z.url(), name: z.string() }),
  ]),
  /** CAs of 券面事項確認AP whose cards count as genuine; without any, no card does. */
  anchors: z.array(anchor).default([]),
  /** File that steps and redacted exchanges are appended to. */
  log: z.string().optional(),
  /** What differs from the profile of the client software. */
  profile: z.unknown().optional(),
});

export type HostSettingsFile = z.input<typeof schema>;
export type CardAnchor = z.input<typeof anchor>;

export interface HostSettings {
  readonly mkpf: string;
  readonly reader: ProjectConfig | LabReaderPlace;
  readonly anchors: readonly CvTrustAnchor[];
  readonly log: string | undefined;
  readonly profile: ClientSoftwareProfile;
}

/** @throws BenchError CONFIG_INVALID and those of `loadConfig`; SimulatorError PLATFORM_PROFILE_INVALID */
export async function readHostSettings(file: string): Promise<HostSettings> {
  const parsed = schema.safeParse(readJson(file));
  if (!parsed.success) throw invalid(file, z.prettifyError(parsed.error).replace(/\s*\n\s*/g, " "));
  const { mkpf, reader, anchors, log, profile } = parsed.data;
  return {
    mkpf,
    reader:
      "lab" in reader
        ? reader
        : projectNamed(await loadConfig(process.cwd(), reader.config), reader.project),
    anchors: anchors.map((entry) => trusted(file, entry)),
    log,
    profile: parseClientSoftwareProfile(profile ?? {}),
  };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new BenchError("CONFIG_INVALID", `${file} cannot be read as JSON`, { cause });
  }
}

function trusted(file: string, { keyId, publicKey }: CardAnchor): CvTrustAnchor {
  try {
    return { keyId: fromHex(keyId), publicKey: createPublicKey(publicKey) };
  } catch {
    throw invalid(file, `the public key of anchor ${keyId} is no PEM`);
  }
}

function invalid(file: string, what: string): BenchError {
  return new BenchError("CONFIG_INVALID", `${file}: ${what}`);
}
