import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LabClock } from "../clock.ts";
import { Lab } from "./index.ts";

let folder: string;
let lab: Lab;
const clock = LabClock.stopped(new Date("2031-04-01T03:00:00Z"));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-faults-"));
  lab = await Lab.open({ seed: "faults", keys: join(folder, "keys"), clock });
});

afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

const listStatus = async () => (await fetch(lab.addresses.crl.auth)).status;
const plan = async (fault: unknown) => {
  const response = await fetch(`${lab.addresses.console}/control/v1/faults`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(fault),
  });
  return { status: response.status, body: await response.json() };
};

beforeEach(() => plan({ service: "crl", mode: "none" }));

describe("a fault planned from outside", () => {
  it("strikes the requests it was planned for and no other", async () => {
    await plan({ service: "crl", mode: "http-503", after: 1, times: 1 });
    expect([await listStatus(), await listStatus(), await listStatus()]).toEqual([200, 503, 200]);
  });

  it("is over when its time by the world's clock is", async () => {
    await plan({ service: "crl", mode: "http-503", seconds: 60 });
    expect(await listStatus()).toBe(503);
    clock.advance(60_000);
    expect(await listStatus()).toBe(200);
  });

  it("ends when it is taken back", async () => {
    await plan({ service: "crl", mode: "http-503" });
    expect(await listStatus()).toBe(503);
    await plan({ service: "crl", mode: "none" });
    expect(await listStatus()).toBe(200);
  });

  it("is refused by name when nobody knows it", async () => {
    const { status, body } = await plan({ service: "ocsp", mode: "earthquake" });
    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: "CONTROL_INVALID",
      message: expect.stringContaining("tryLater"),
    });
  });
});
