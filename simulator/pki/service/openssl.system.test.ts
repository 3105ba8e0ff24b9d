// OpenSSL as an independent verifier of certificates, lists and the running responder.
import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { IssuedCredential } from "../authority/authority.ts";
import { CHIYODA, REQUEST, testService } from "../testing/world.ts";
import type { JpkiService } from "./service.ts";

const installed = spawnSync("openssl", ["version"]).status === 0;
const required = process.env.JPKI_BENCH_REQUIRE_SYSTEM === "1";

/** The world stands at this moment, in seconds; OpenSSL is told so. */
let now: number;
let directory: string;
let jpki: JpkiService;
let server: FastifyInstance;
let url: string;
let good: IssuedCredential;
let moved: IssuedCredential;
let held: IssuedCredential;

async function file(name: string, der: Uint8Array, label: string): Promise<string> {
  const path = join(directory, name);
  const body = Buffer.from(der)
    .toString("base64")
    .replace(/.{64}(?=.)/g, "$&\n");
  await writeFile(path, `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`);
  return path;
}

const certificate = (name: string, der: Uint8Array) => file(name, der, "CERTIFICATE");

/** Both streams together; OpenSSL says some things on one and some on the other. */
function openssl(...args: string[]): Promise<{ readonly ok: boolean; readonly text: string }> {
  return new Promise((resolve) => {
    execFile("openssl", args, { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      resolve({ ok: error === null, text: stdout + stderr });
    });
  });
}

describe.skipIf(!installed && !required)("openssl", () => {
  beforeAll(async () => {
    const world = await testService();
    jpki = world.jpki;
    now = Math.floor(world.clock.now().getTime() / 1000);
    directory = await mkdtemp(join(tmpdir(), "jpki-openssl-"));
    good = await jpki.auth.authority.issue(REQUEST);
    moved = await jpki.sign.authority.issue({ ...REQUEST, municipality: CHIYODA });
    held = await jpki.auth.authority.issue(REQUEST);
    jpki.sign.authority.revoke(moved.serial, "affiliationChanged");
    jpki.auth.authority.revoke(held.serial, "certificateHold");
    jpki.publishNow();
    server = Fastify({ forceCloseConnections: true });
    await server.register(jpki.routes);
    url = await server.listen({ port: 0, host: "127.0.0.1" });
    await certificate("auth-ca.pem", jpki.auth.authority.certificate.der);
    await certificate("sign-ca.pem", jpki.sign.authority.certificate.der);
    await certificate("good.pem", good.certificate);
    await certificate("moved.pem", moved.certificate);
    await certificate("held.pem", held.certificate);
    await file("auth.crl", await jpki.auth.crl(), "X509 CRL");
    await file("sign.crl", await jpki.sign.crl(), "X509 CRL");
  });

  afterAll(async () => {
    await server?.close();
    if (directory !== undefined) await rm(directory, { recursive: true });
  });

  const path = (name: string) => join(directory, name);

  it("is installed where it has to be", () => {
    expect(installed).toBe(true);
  });

  it("reads certificates as the profiles mean them", async () => {
    const { text } = await openssl(
      "x509",
      "-in",
      path("moved.pem"),
      "-noout",
      "-text",
      "-nameopt",
      "utf8",
    );
    expect(text).toContain("Digital Signature, Non Repudiation");
    expect(text).toContain("Policy: 1.2.392.200149.8.5.1.0.20");
    expect(text).toContain("Not After : Jan  2 14:59:59 2031 GMT");
    expect(text).toContain("C=JP, L=Tokyo-to, L=Chiyoda-ku, CN=20260807100000");
  });

  it("reads the list with reasons and number", async () => {
    const { ok, text } = await openssl(
      "crl",
      "-in",
      path("sign.crl"),
      "-noout",
      "-text",
      "-CAfile",
      path("sign-ca.pem"),
    );
    expect(ok).toBe(true);
    expect(text).toContain("verify OK");
    expect(text).toContain(`Serial Number: ${moved.serial.toString(16).toUpperCase()}`);
    expect(text).toContain("Affiliation Changed");
    expect(text).toMatch(/X509v3 CRL Number:\s+\d+/);
  });

  const verify = (ca: string, list: string, subject: string, strict: string[] = []) =>
    openssl(
      "verify",
      ...strict,
      "-attime",
      String(now),
      "-crl_check",
      "-CAfile",
      path(ca),
      "-CRLfile",
      path(list),
      path(subject),
    );

  it("verifies a good certificate against CA and list, strictly", async () => {
    expect(await verify("auth-ca.pem", "auth.crl", "good.pem", ["-x509_strict"])).toEqual({
      ok: true,
      text: `${path("good.pem")}: OK\n`,
    });
  });

  it.each([
    ["sign-ca.pem", "sign.crl", "moved.pem", "certificate revoked"],
    ["auth-ca.pem", "auth.crl", "held.pem", "certificate revoked"],
    ["sign-ca.pem", "sign.crl", "good.pem", "unable to get local issuer certificate"],
    ["auth-ca.pem", "sign.crl", "good.pem", "unable to get certificate CRL"],
  ])("with %s and %s does not verify %s: %s", async (ca, list, subject, why) => {
    const { ok, text } = await verify(ca, list, subject);
    expect(ok).toBe(false);
    expect(text).toContain(why);
  });

  it("verifies with the list of the certificate's municipality, not with that of another", async () => {
    const municipality = { code: "28100", prefecture: "Hyogo-ken", municipality: "Kobe-shi" };
    const inKobe = await jpki.auth.authority.issue({ ...REQUEST, municipality });
    await certificate("kobe.pem", inKobe.certificate);
    await file("kobe.crl", await jpki.auth.crl("28100"), "X509 CRL");
    await file("chiyoda.crl", await jpki.auth.crl("13101"), "X509 CRL");

    expect(await verify("auth-ca.pem", "kobe.crl", "kobe.pem")).toMatchObject({ ok: true });
    expect(await verify("auth-ca.pem", "chiyoda.crl", "held.pem")).toMatchObject({
      ok: false,
      text: expect.stringContaining("certificate revoked"),
    });
    expect(await verify("auth-ca.pem", "kobe.crl", "good.pem")).toMatchObject({
      ok: false,
      text: expect.stringContaining("different CRL scope"),
    });
  });

  it("reads a list of 20,000 entries", async () => {
    jpki.auth.padding = 20_000;
    const list = await file("long.crl", await jpki.auth.crl(), "X509 CRL");
    jpki.auth.padding = 0;
    const { text } = await openssl(
      "crl",
      "-in",
      list,
      "-noout",
      "-text",
      "-CAfile",
      path("auth-ca.pem"),
    );
    expect(text).toContain("verify OK");
    expect(text.match(/Serial Number/g)).toHaveLength(20_001);
  });

  const ocsp = (ca: string, subject: string, ...more: string[]) =>
    openssl(
      "ocsp",
      "-issuer",
      path(ca),
      ...more,
      "-cert",
      path(subject),
      "-CAfile",
      path(ca),
      "-url",
      `${url}/ocsp`,
      "-attime",
      String(now),
      "-validity_period",
      "9999999999",
      "-resp_text",
    );

  it.each<[...string[]]>([[], ["-sha256"], ["-no_nonce"]])(
    "asks the responder about a good certificate (%s)",
    async (...options) => {
      const { ok, text } = await ocsp("auth-ca.pem", "good.pem", ...options);
      expect(text).toContain("Response verify OK");
      expect(text).toContain(`${path("good.pem")}: good`);
      expect(text.includes("OCSP Nonce")).toBe(!options.includes("-no_nonce"));
      expect(ok).toBe(true);
    },
  );

  it("asks about revoked certificates of both CAs", async () => {
    const one = await ocsp("sign-ca.pem", "moved.pem");
    expect(one.text).toContain("Response verify OK");
    expect(one.text).toContain(`${path("moved.pem")}: revoked`);
    expect(one.text).toContain("Reason: affiliationChanged");
    const other = await ocsp("auth-ca.pem", "held.pem", "-sha256");
    expect(other.text).toContain("Response verify OK");
    expect(other.text).toContain("Reason: certificateHold");
  });

  it("asks about an unheard-of number, and about a CA this is not", async () => {
    const unknown = await openssl(
      "ocsp",
      "-issuer",
      path("auth-ca.pem"),
      "-serial",
      "0x7FFFFFFF",
      "-CAfile",
      path("auth-ca.pem"),
      "-url",
      `${url}/ocsp`,
      "-attime",
      String(now),
      "-validity_period",
      "9999999999",
    );
    expect(unknown.text).toContain("Response verify OK");
    expect(unknown.text).toContain("0x7FFFFFFF: unknown");
    const stranger = await ocsp("good.pem", "good.pem");
    expect(stranger.text).toContain("unauthorized (6)");
  });
});
