import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type LabReady, startLab } from "../cli/testing/cli.ts";
import type { RelyingPartyAddresses } from "./relying-parties.ts";

type Ready = LabReady & { readonly relyingParties?: RelyingPartyAddresses };

let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), "lab-command-"));
});
afterEach(() => rmSync(state, { recursive: true, force: true }));

async function title(address = ""): Promise<string> {
  const page = await (await fetch(address)).text();
  return /<title>(.*)<\/title>/.exec(page)?.[1] ?? "";
}

describe("jpki-bench lab", () => {
  it("starts the built-in relying parties and tells where they are", async () => {
    await using lab = await startLab(["--state", state]);
    const { relyingParties } = lab.ready as Ready;
    expect(await title(relyingParties?.library)).toContain("図書館システム");
    expect(await title(relyingParties?.counter)).toContain("証明書発行窓口システム");
    expect(await title(relyingParties?.portal)).toContain("住民ポータル");
    expect(await lab.stop()).toBe(0);
  });

  it("starts them beside platforms behind TLS, too", async () => {
    await using lab = await startLab(["--state", state, "--tls"]);
    const { relyingParties, platforms } = lab.ready as Ready;
    expect(platforms.mkpf).toMatch(/^https:/);
    expect(await title(relyingParties?.library)).toContain("図書館システム");
  });

  it("leaves them out where they are not wanted", async () => {
    await using lab = await startLab(["--state", state, "--no-relying-parties"]);
    expect(lab.ready).not.toHaveProperty("relyingParties");
  });
});
