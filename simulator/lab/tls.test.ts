/** Platforms behind TLS, reached by a client that trusts the lab's own web CA and nobody else. */
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Lab, labClient } from "./index.ts";
import { TEST_KEY_POOL } from "./testing/keys.ts";

let folder: string;
let lab: Lab;

const open = () =>
  Lab.open({ seed: "tls", keys: TEST_KEY_POOL, state: join(folder, "state"), tls: true });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-tls-"));
  lab = await open();
});

afterAll(async () => {
  await lab?.close();
  rmSync(folder, { recursive: true });
});

/** Status and body of one GET over a connection of its own. */
function fetchTrusting(ca: string | undefined, url: string): Promise<[number, unknown]> {
  const agent = new Agent(ca === undefined ? {} : { ca });
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve([response.statusCode ?? 0, JSON.parse(Buffer.concat(parts).toString())]),
      );
    }).on("error", reject);
  });
}

describe("a lab with TLS", () => {
  it("has every platform behind https, and status, lists and control behind http", () => {
    const { console, ocsp, crl, mkpf, ...platforms } = lab.addresses;
    const secure = [...Object.values(mkpf), ...Object.values(platforms)];
    for (const url of secure) expect(url).toMatch(/^https:\/\/127\.0\.0\.1:\d+/);
    for (const url of [console, ocsp, ...Object.values(crl)]) expect(url).toMatch(/^http:/);
  });

  it("names https in what a platform tells of itself", async () => {
    const { digitalAuthApp } = lab.addresses;
    const url = `${digitalAuthApp}/.well-known/openid-configuration`;
    const [status, told] = await fetchTrusting(lab.webCa, url);
    expect(status).toBe(200);
    const document = told as Record<string, unknown>;
    expect(document.issuer).toBe(digitalAuthApp);
    const addresses = Object.entries(document).filter(([name]) => /_endpoint$|_uri$/.test(name));
    expect(addresses.length).toBeGreaterThan(2);
    for (const [name, address] of addresses) expect(`${name} ${address}`).toMatch(/ https:/);
  });

  it("is refused by whoever does not know its CA", async () => {
    const jwks = lab.addresses.mkpf.verification + lab.mkpf.verification.profile.paths.jwks;
    await expect(fetchTrusting(undefined, jwks)).rejects.toMatchObject({
      code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    });
    expect((await fetchTrusting(lab.webCa, jwks))[0]).toBe(200);
  });

  it("tells its CA over the control API, and keeps it", async () => {
    const { webCa } = await labClient(lab.addresses.console)("getWorld");
    expect(webCa).toBe(lab.webCa);
    await lab.close();
    lab = await open();
    expect(lab.webCa).toBe(webCa);
    const jwks = lab.addresses.mkpf.production + lab.mkpf.production.profile.paths.jwks;
    expect((await fetchTrusting(webCa, jwks))[0]).toBe(200);
  });
});
