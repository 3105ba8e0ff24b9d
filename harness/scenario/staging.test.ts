import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProjectConfig } from "../config/config.ts";
import type { StagingTarget } from "../config/platform-target.ts";
import { LocalAuthPfClient, MkpfClient } from "../platform/index.ts";
import { applicability, offerOf } from "../run/applicability.ts";
import { toRecord } from "./meta.ts";
import { credentialsOf, openStaging, requireStaging } from "./staging.ts";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const ENVIRONMENT = {
  MKPF_ID: "town",
  MKPF_KEY: JSON.stringify({ ...privateKey.export({ format: "jwk" }), alg: "ES256" }),
  PF_ID: "window",
  PF_SECRET: "window-secret",
};
const TARGET: StagingTarget = {
  mkpf: {
    issuer: "https://mkpf.example",
    clientId: { env: "MKPF_ID" },
    privateKey: { env: "MKPF_KEY" },
  },
  localAuthPf: {
    baseUrl: "https://pf.example",
    method: "ocsp",
    accessId: { env: "PF_ID" },
    accessSecret: { env: "PF_SECRET" },
  },
};
const PROJECT: ProjectConfig = { reader: { driver: "simulated" }, platform: TARGET };

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-staging-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe("requireStaging", () => {
  it("names every variable that is not set, and no value", () => {
    const { MKPF_KEY: _, PF_SECRET: __, ...some } = ENVIRONMENT;
    expect(() => requireStaging(TARGET, some)).toThrow(
      expect.objectContaining({
        code: "PLATFORM_CREDENTIALS",
        message: "not set in the environment: MKPF_KEY, PF_SECRET",
      }),
    );
    expect(() => requireStaging(TARGET, ENVIRONMENT)).not.toThrow();
  });

  it.each([
    ["is not there", undefined, "CONFIG_INVALID"],
    ["says something unknown", '{ "unknown": 1 }', "PLATFORM_PROFILE_INVALID"],
  ])("refuses a profile that %s", (_what, text, code) => {
    const profile = join(folder, "profile.json");
    if (text !== undefined) writeFileSync(profile, text);
    const { mkpf } = TARGET;
    const target = { mkpf: { ...mkpf, profile } } as StagingTarget;
    expect(() => requireStaging(target, ENVIRONMENT)).toThrow(expect.objectContaining({ code }));
  });
});

describe("openStaging", () => {
  it("gives clients of the platforms named", async () => {
    const staging = openStaging(TARGET, ENVIRONMENT, () => {});
    expect(await staging.mkpf()).toBeInstanceOf(MkpfClient);
    expect(staging.localAuthPf()).toBeInstanceOf(LocalAuthPfClient);
  });

  it("does not print a key that cannot be read", async () => {
    const environment = { ...ENVIRONMENT, MKPF_KEY: "-----BEGIN SECRET" };
    const client = openStaging(TARGET, environment, () => {}).mkpf();
    await expect(client).rejects.toMatchObject({
      code: "PLATFORM_CREDENTIALS",
      message: "MKPF_KEY holds no JWK in JSON",
    });
  });

  it("says so where a platform is not configured", () => {
    const { mkpf } = TARGET;
    const staging = openStaging({ mkpf }, ENVIRONMENT, () => {});
    expect(() => staging.localAuthPf()).toThrow(
      expect.objectContaining({ code: "SCENARIO_NEEDS" }),
    );
  });
});

it("offers staging in the place of the simulated platforms", () => {
  const runs = (need: "lab" | "staging", project: ProjectConfig) => {
    const title = { ja: "題", en: "title" };
    const meta = { title, system: "mkpf-2", source: "-", effect: "read-only", needs: [need] };
    return applicability(toRecord("XX-01", meta as never), offerOf(project)).runs;
  };
  const simulator: ProjectConfig = { reader: { driver: "simulated" } };
  expect([runs("staging", PROJECT), runs("lab", PROJECT)]).toEqual([true, false]);
  expect([runs("staging", simulator), runs("lab", simulator)]).toEqual([false, true]);
});

it("knows what is to be struck out of anything printed", () => {
  expect(credentialsOf(PROJECT, ENVIRONMENT)).toEqual(Object.values(ENVIRONMENT));
  expect(credentialsOf({ reader: { driver: "simulated" } }, ENVIRONMENT)).toEqual([]);
});
