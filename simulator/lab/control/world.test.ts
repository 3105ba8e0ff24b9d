/** The world as a whole over the control API: its clock, its revocation data, its platforms, its new beginning. */

import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LabClock } from "../../clock.ts";
import type { Lab, LabClient } from "../index.ts";
import { Lab as OwnLab } from "../lab.ts";
import { openControlled } from "../testing/controlled.ts";
import { TEST_KEY_POOL } from "../testing/keys.ts";
import { labClient } from "./client.ts";

const DAWN = "2026-08-07T01:00:00.000Z";

let lab: Lab;
let client: LabClient;

beforeAll(async () => {
  ({ lab, client } = await openControlled({ seed: "world" }));
});

afterAll(() => lab?.close());

beforeEach(() => client("setClock", { now: DAWN, running: false }));

describe("the clock", () => {
  it("is moved, set, stopped and let run", async () => {
    expect(await client("moveClock", { days: 30, seconds: -1 })).toEqual({
      now: "2026-09-06T00:59:59.000Z",
      running: false,
    });
    await client("setClock", { now: "2031-04-01T00:00:00.000Z" });
    expect(lab.clock.now()).toEqual(new Date("2031-04-01T00:00:00Z"));
    expect((await client("setClock", { running: true })).running).toBe(true);
    expect((await client("setClock", { running: false })).running).toBe(false);
  });

  it("shows no year that certificates cannot name", async () => {
    const move = client("moveClock", { days: 400 * 366 * 30 });
    await expect(move).rejects.toMatchObject({ code: "CONTROL_INVALID" });
    expect((await client("getClock")).now).toBe(DAWN);
  });
});

describe("a revocation", () => {
  it("is published when it is told to be", async () => {
    const { card } = await client("newResident");
    const serial = card?.authSerial ?? "";
    await client("revokeCertificate", { serial, reason: "keyCompromise", publish: false });
    const published = () => lab.jpki.auth.listData().revoked.has(Number.parseInt(serial, 16));
    expect(published()).toBe(false);

    await client("publish");

    expect(published()).toBe(true);
    expect(await client("getCertificate", { serial })).toMatchObject({ reason: "keyCompromise" });
  });

  it.each([
    ["removeFromCRL", "PKI_REASON_FORBIDDEN"],
    ["whatever", "PKI_REASON_FORBIDDEN"],
  ])("for the reason %s is refused", async (reason, code) => {
    const { card } = await client("newResident");
    const revoke = client("revokeCertificate", { serial: card?.authSerial ?? "", reason });
    await expect(revoke).rejects.toMatchObject({ code });
  });
});

describe("a platform", () => {
  it("tells what it has seen, and forgets it", async () => {
    const platform = "localAuthPf" as const;
    const { ocsp } = lab.localAuthPf.profile.paths;
    await fetch(lab.addresses.localAuthPf + ocsp, { method: "POST", body: "{}" });
    const [entry] = await client("getSeen", { platform });
    expect(entry).toMatchObject({ at: DAWN, request: "refused", path: ocsp });
    expect(await client("listPlatforms")).toContainEqual(
      expect.objectContaining({ name: platform, seen: 1, address: lab.addresses.localAuthPf }),
    );

    await client("clearSeen", { platform });

    expect(await client("getSeen", { platform })).toEqual([]);
  });

  it("tells the names it goes by", async () => {
    expect(await client("getProfile", { platform: "mkpfVerification" })).toEqual(
      JSON.parse(JSON.stringify(lab.mkpf.verification.profile)),
    );
  });

  it("meets faults: planned, listed, ended", async () => {
    const fault = { service: "mkpfVerification", mode: "outage", amount: 7, times: 1 } as const;
    await client("planFault", fault);
    expect(await client("listFaults")).toEqual([fault]);
    const struck = await fetch(`${lab.addresses.mkpf.verification}/oauth/jwks`);
    expect([struck.status, struck.headers.get("retry-after")]).toEqual([503, "7"]);
    expect((await fetch(`${lab.addresses.mkpf.verification}/oauth/jwks`)).status).toBe(200);

    await client("planFault", { ...fault, seconds: 60 });
    expect(await client("listFaults")).toMatchObject([{ until: "2026-08-07T01:01:00.000Z" }]);
    await client("moveClock", { seconds: 60 });
    expect(await client("listFaults")).toEqual([]);

    await client("planFault", { service: "crl", mode: "stale" });
    await client("clearFaults");
    expect(await client("listFaults")).toEqual([]);
  });

  it.each([
    [{ service: "mkpfVerification", mode: "earthquake" }],
    [{ service: "ocsp", mode: "timeout", amount: 3 }],
    [{ service: "crl", mode: "latency" }],
  ] as const)("has no fault like %j", async (fault) => {
    await expect(client("planFault", fault)).rejects.toMatchObject({ code: "CONTROL_INVALID" });
  });
});

describe("a new beginning", () => {
  it("is the first day of the seed again, behind the same doors", async () => {
    const before = await client("getWorld");
    const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const publicJwk = publicKey.export({ format: "jwk" }) as { kty: string };
    const system = { environment: "verification", name: "試験", type: "mkpf-2" } as const;
    await client("registerMkpfSystem", { ...system, publicJwk });
    await client("resetWorld");
    const first = await client("newResident");
    await client("insertCard", { name: "counter", card: first.card?.id ?? "" });
    await client("planFault", { service: "crl", mode: "http-503" });

    const world = await client("resetWorld");

    expect(world.addresses).toEqual(before.addresses);
    expect(world.clock.running).toBe(true);
    expect(await client("listResidents")).toEqual([]);
    expect(await client("listCertificates")).toEqual([]);
    expect(await client("listReaders")).toEqual([{ name: "counter", kind: "in-process" }]);
    expect(lab.mkpf.verification.state().systems).toEqual([]);
    expect((await fetch(lab.addresses.crl.auth)).status).toBe(200);
    const again = await client("newResident");
    expect(again).toMatchObject({ name: first.name, card: { id: "R0001-1" } });
    expect(again.card?.authSerial).toBe(first.card?.authSerial);
  });
});

describe("a world in a state directory", () => {
  let folder: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "jpki-world-"));
  });

  afterAll(() => rmSync(folder, { recursive: true }));

  it("keeps its clock, and what platforms know", async () => {
    const open = () => OwnLab.open({ seed: "kept", keys: TEST_KEY_POOL, state: folder });
    const one = await open();
    const ask = labClient(one.addresses.console);
    await ask("setClock", { now: "2031-04-01T00:00:00.000Z", running: false });
    const { id } = await ask("issueAccess", { name: "試験市", method: "ocsp" });
    const { id: resident } = await ask("newResident");
    await ask("setConsent", { resident, given: true });
    const keys = await keysOf(one);
    await one.close();

    const other = await open();
    try {
      const { now, running } = await labClient(other.addresses.console)("getClock");
      expect([now, running]).toEqual(["2031-04-01T00:00:00.000Z", false]);
      expect(other.localAuthPf.state().accesses).toMatchObject([{ id, state: "active" }]);
      expect(other.attributeProvision.consents.stateOf(resident)).toBe("given");
      expect(await keysOf(other)).toEqual(keys);
    } finally {
      await other.close();
    }
  });

  /** What relying parties may have kept. */
  async function keysOf({ addresses, mkpf }: Lab): Promise<unknown> {
    const { jwks } = mkpf.verification.profile.paths;
    const urls = [addresses.mkpf.verification, addresses.mkpf.production].map((at) => at + jwks);
    const headers = { connection: "close" };
    return Promise.all(urls.map(async (url) => (await fetch(url, { headers })).json()));
  }

  it("runs on at its distance from the machine's clock", async () => {
    const clock = LabClock.running(new Date("2030-01-01T00:00:00Z"));
    const state = join(folder, "running");
    const one = await OwnLab.open({ seed: "kept", keys: TEST_KEY_POOL, state, clock });
    await one.close();
    const other = await OwnLab.open({ seed: "kept", keys: TEST_KEY_POOL, state });
    expect(other.clock.now().getUTCFullYear()).toBe(2030);
    await other.close();
  });
});
