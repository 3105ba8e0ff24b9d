import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Lab } from "../../simulator/lab/index.ts";
import { cacheFolder } from "../config/folders.ts";
import { KEYS_OF_A_WORLD, prepareKeys } from "./prepare.ts";

it("has ready what a world with three cards draws", { timeout: 60_000 }, async () => {
  await prepareKeys();
  const last = `${KEYS_OF_A_WORLD - 1}.p8`.padStart("000000.p8".length, "0");
  expect(existsSync(join(cacheFolder("keys"), last))).toBe(true);

  const state = mkdtempSync(join(tmpdir(), "jpki-prepare-"));
  const lab = await Lab.open({ seed: "prepare", keys: cacheFolder("keys"), state });
  for (const persona of ["adult", "elder", "foreign"]) await lab.issueCard(persona);
  await lab.close();
  const { keys } = JSON.parse(readFileSync(join(state, "world.json"), "utf8"));
  rmSync(state, { recursive: true });

  expect(keys).toBe(KEYS_OF_A_WORLD);
});
