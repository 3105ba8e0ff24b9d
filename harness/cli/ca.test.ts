/** The CAs from the command line: generations, lists, outages and verifiers of a lab that runs. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCertificate, readCrl, verifyCrl } from "../../simulator/pki/index.ts";
import { jpkiBench, type RunningLab, startLab } from "./testing/cli.ts";

let folder: string;
let lab: RunningLab;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jpki-ca-"));
  lab = await startLab(["--state", join(folder, "state"), "--seed", "ca", "--no-relying-parties"]);
}, 60_000);

afterAll(async () => {
  await lab?.stop();
  rmSync(folder, { recursive: true });
});

const place = () => ["--lab", lab.ready.console, "--lang", "en", "--json"];

async function ca<T = unknown>(...words: string[]): Promise<T> {
  const { exitCode, stdout, stderr } = await jpkiBench(["ca", ...words, ...place()]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  return JSON.parse(stdout);
}

async function refused(...words: string[]): Promise<[exitCode: number, code: string]> {
  const { exitCode, stderr } = await jpkiBench(["ca", ...words, ...place()]);
  return [exitCode ?? -1, stderr.split(":")[0] ?? ""];
}

const certificates = (path: string) =>
  (readFileSync(path, "latin1").match(/-----BEGIN[^-]+-----([^-]+)/g) ?? []).map((text) =>
    readCertificate(new Uint8Array(Buffer.from(text.replace(/-----[^-]+-----/, ""), "base64"))),
  );

describe("a CA", { timeout: 120_000 }, () => {
  it("rolls over; every generation is exported, and has a list of its own", async () => {
    expect(await ca("rollover", "sign")).toMatchObject({ kind: "sign", generation: 2 });

    const rows = await ca<{ kind: string; generation: number }[]>("authorities");
    expect(rows.map(({ kind, generation }) => [kind, generation])).toEqual([
      ["auth", 1],
      ["sign", 1],
      ["sign", 2],
    ]);
    const exported = await ca<Record<string, string>>("export", "--out", folder);
    const anchors = certificates(exported.anchors ?? "");
    expect(anchors).toHaveLength(3);
    const [present] = certificates(exported.signCaCert ?? "");
    expect(present?.serial).toBe(anchors[2]?.serial);
    const out = join(folder, "first.crl");
    await ca("crl", "--ca", "sign", "--generation", "1", "--municipality", "13101", "--out", out);
    const list = readCrl(new Uint8Array(readFileSync(out)));
    expect(list.scope?.distributionPoints).toHaveLength(1);
    expect(anchors.map(({ publicKey }) => verifyCrl(list, publicKey))).toEqual([
      false,
      true,
      false,
    ]);
    const missing = ["crl", "--generation", "5", "--out", out];
    expect(await refused(...missing)).toEqual([2, "CONTROL_INVALID"]);
  });

  it("rests when it was announced, and answers only who is registered", async () => {
    const window = { from: "2099-01-01T00:00:00.000Z", until: "2099-01-01T01:00:00.000Z" };
    expect(await ca("maintenance", "--from", window.from, "--until", window.until)).toEqual([
      window,
    ]);
    expect(await ca("maintenance", "--cancel")).toEqual([]);

    expect((await fetch(lab.ready.ca.crl)).status).toBe(200);
    const { token } = await ca<{ token: string }>("verifier", "試験市", "--kind", "auth");
    const authorization = `Bearer ${token}`;
    expect((await fetch(lab.ready.ca.crl)).status).toBe(403);
    expect((await fetch(lab.ready.ca.crl, { headers: { authorization } })).status).toBe(200);
  });

  it("is not what signed a forgery, whose key fits and whose serial number is a victim's (PK-31)", async () => {
    const serial = lab.ready.cards[0]?.authSerial ?? "";
    const forged = await ca<Record<string, string>>("forge", serial, "--out", folder);
    const certificate = new X509Certificate(readFileSync(forged.certificate ?? ""));
    const issuer = new X509Certificate(readFileSync(lab.ready.ca.authCaCert));
    const key = createPrivateKey(readFileSync(forged.privateKey ?? ""));
    expect(certificate.serialNumber).toBe(serial);
    expect(certificate.checkPrivateKey(key)).toBe(true);
    expect(certificate.issuer).toBe(issuer.subject);
    expect(certificate.verify(issuer.publicKey)).toBe(false);
  });

  it("does not link certificates before 90 minutes are over", async () => {
    const serial = lab.ready.cards[0]?.authSerial ?? "";
    expect(await refused("linkage", serial)).toEqual([1, "PKI_LINKAGE_PENDING"]);
  });
});
