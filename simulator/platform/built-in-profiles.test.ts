/** The built-in profiles as documents people start their own from; `vitest -u` writes them anew. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { DEFAULT_PROFILES, PROFILED_PLATFORMS, parseProfileFile } from "./profile-files.ts";

const FOLDER = fileURLToPath(new URL("../../docs/profiles/built-in/", import.meta.url));

describe.each(PROFILED_PLATFORMS)("the documented profile of %s", (platform) => {
  const text = `${JSON.stringify(DEFAULT_PROFILES[platform], undefined, 2)}\n`;

  it("is what is built in", async () => {
    await expect(text).toMatchFileSnapshot(`${FOLDER}${platform}.json`);
  });

  it("can be given as it is, and changes nothing", () => {
    expect(parseProfileFile(platform, text, "x")).toEqual(DEFAULT_PROFILES[platform]);
  });
});
