/** The documented example: a vendor's library in a process of its own, and the driver that tests it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runFor } from "./testing/runs.ts";

const example = (name: string) =>
  fileURLToPath(new URL(`../../docs/examples/${name}`, import.meta.url));

let system: ChildProcess;
let url: string;

beforeAll(async () => {
  system = spawn(process.execPath, ["--import", "tsx", example("library_system.mts"), "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const { stdout } = system;
  expect.assert(stdout !== null);
  [url] = (await once(createInterface(stdout), "line")) as [string];
});

afterAll(async () => {
  const ended = once(system, "exit");
  system.kill();
  await ended;
});

describe("the example of a vendor's library", () => {
  it("passes as a library, and is asked for nothing else", async () => {
    const driver = example("library_driver.mts");
    const { exitCode, outcomes } = await runFor({ driver, url });
    const library = ["RP-01", "RP-02", "RP-03", "RP-04", "RP-05", "RP-06", "RP-07"];
    const others = { "RP-08": "counter", "RP-09": "counter", "RP-10": "counter" };
    const portals = { "RP-11": "portal", "RP-12": "portal" };
    expect(outcomes).toMatchObject({
      ...Object.fromEntries(library.map((id) => [id, { verdict: "passed" }])),
      ...Object.fromEntries(
        Object.entries({ ...others, ...portals }).map(([id, system]) => [
          id,
          { verdict: "skipped", why: expect.stringContaining(`no ${system} under test`) },
        ]),
      ),
    });
    expect(exitCode).toBe(0);
  }, 180_000);

  it("tells why no scenario of an address alone can run", async () => {
    const { exitCode, outcomes } = await runFor({ url }, ["RP-01"]);
    expect(outcomes).toMatchObject({
      "RP-01": { verdict: "skipped", why: expect.stringContaining("no library under test") },
    });
    expect(exitCode).toBe(0);
  }, 60_000);
});
