import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { jpkiBench } from "../cli/testing/cli.ts";
import { loadDriver } from "./load-driver.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jpki-driver-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function fileWith(text: string, name = "my-systems.ts"): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe("a vendor's driver", () => {
  it.each([
    ["my-systems.ts", "export default { library: (given: object) => given };"],
    ["my-systems.mts", "export default { library: (given: object) => given };"],
    ["my-systems.mjs", "export default { library: (given) => given };"],
    ["my-systems.cjs", "module.exports = { library: (given) => given };"],
  ])("is loaded from %s", async (name, text) => {
    expect(await loadDriver(fileWith(text, name))).toEqual({ library: expect.any(Function) });
  });

  it.each([
    ["throws", "throw new Error('no licence');\nexport default {};", "no licence"],
    ["is not TypeScript", "export default {", ""],
    ["exports no object", "export default 7;", "should be an object with library, counter, portal"],
    ["makes nothing", "export default {};", "makes no system"],
    ["makes something unknown", "export default { gym: () => ({}) };", '"gym" is no system'],
    ["makes nothing of it", "export default { library: {} };", "library should be a function"],
  ])("that %s is refused by name", async (_what, text, said) => {
    const file = fileWith(text);
    await expect(loadDriver(file)).rejects.toMatchObject({
      code: "RELYING_PARTY_INVALID",
      message: expect.stringMatching(new RegExp(`^${file}: .*${said}`)),
    });
  });

  it.each(["run", "plan"])(
    "that is not there stops %s before anything is touched, in one line with advice",
    async (command) => {
      const relyingParty = { driver: "./absent.ts" };
      const town = { reader: { driver: "simulated" }, relyingParty };
      fileWith(JSON.stringify({ projects: { town } }), "bench.config.json");
      const words = [command, "RP-01", "--project", "town", "--lang", "en"];
      const { exitCode, stderr } = await jpkiBench(words, { cwd: folder });
      const [line, advice] = stderr.split("\n");
      expect(line).toBe(`RELYING_PARTY_INVALID: ${join(folder, "absent.ts")}: no such file`);
      expect(advice).toContain("Correct the module named by relyingParty.driver");
      expect(exitCode).toBe(2);
    },
    60_000,
  );
});
