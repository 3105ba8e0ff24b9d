import { posix } from "node:path";
import { describe, expect, it } from "vitest";
import { requireVersion } from "./extension/versions.ts";
import { extensionFiles, extensionId, hostManifest } from "./extension-files.ts";
import { PAGE_API, pageFiles } from "./page-files.ts";
import { parseClientSoftwareProfile } from "./profile.ts";

const profile = parseClientSoftwareProfile({ versions: { extension: "1.2.3" } });
const matches = ["http://127.0.0.1/*"];

/** Files that are imported and not there, and packages, which a browser cannot load. */
function missing(files: ReadonlyMap<string, string>): string[] {
  return [...files].flatMap(([path, text]) =>
    [...text.matchAll(/^(?:import|export)\b[^;=(]*?"([^"]+)";/gm)]
      .map(([, target = ""]) =>
        target.startsWith(".") ? posix.join(posix.dirname(path), target) : target,
      )
      .filter((target) => !files.has(target)),
  );
}

describe("the extension's files", () => {
  it("are whole: nothing is imported that is not among them", async () => {
    expect(missing(await extensionFiles({ profile, matches }))).toEqual([]);
    const page = await pageFiles(profile);
    expect(missing(page)).toEqual([]);
    expect(page.has(PAGE_API)).toBe(true);
  });

  it("are JavaScript without types", async () => {
    const files = await extensionFiles({ profile, matches });
    const worker = files.get("modules/client-software/extension/worker.js") ?? "";
    expect(worker).toContain("export function startWorker(chrome, profile) {");
  });

  it("say what the profile says", async () => {
    const files = await extensionFiles({ profile, matches });
    expect(JSON.parse(files.get("manifest.json") ?? "")).toMatchObject({
      manifest_version: 3,
      version: "1.2.3",
      permissions: ["nativeMessaging"],
      content_scripts: [{ matches }],
    });
    expect(files.get("profile.js")).toContain(profile.hostName);
  });

  it("let this extension alone start the host", () => {
    const id = extensionId(profile);
    expect(id).toMatch(/^[a-p]{32}$/);
    expect(hostManifest(profile, "/opt/host")).toMatchObject({
      name: profile.hostName,
      path: "/opt/host",
      type: "stdio",
      allowed_origins: [`chrome-extension://${id}/`],
    });
  });
});

describe("versions", () => {
  it.each([
    ["1.9", "1.10"],
    ["1.0.0", "1.0.1"],
    ["1", "1.0.0.1"],
    ["1.99.99", "2"],
  ])("%s is older than %s", (found, needed) => {
    expect(() => requireVersion(found, needed, "extensionOutdated")).toThrowError(
      expect.objectContaining({ reason: "extensionOutdated", details: { found, needed } }),
    );
    expect(() => requireVersion(needed, found, "extensionOutdated")).not.toThrow();
  });

  it.each(["1", "1.0", "1.0.0.0"])("1.0 and %s are the same", (other) => {
    expect(() => requireVersion("1.0", other, "applicationOutdated")).not.toThrow();
    expect(() => requireVersion(other, "1.0", "applicationOutdated")).not.toThrow();
  });
});
