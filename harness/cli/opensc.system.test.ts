/**
 * A lab's card in a virtual PC/SC reader, judged by OpenSC, and its CA judged by openssl: clients
 * nobody here wrote (card-facts section 10).
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Pcscd, startPcscd } from "../reader/testing/pcscd.ts";
import { PCSCD_PARTS, systemParts } from "../reader/testing/require-system.ts";
import { finish, jpkiBench, type RunningLab, startLab } from "./testing/cli.ts";

const system = systemParts([
  ...PCSCD_PARTS,
  "pcsclite",
  "opensc-tool",
  "pkcs15-tool",
  "pkcs11-tool",
  "openssl",
]);
const MODULES = ["/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so", "opensc-pkcs11.so"];

describe.skipIf(system.missing.length > 0)(system.title("OpenSC and openssl"), () => {
  let folder: string;
  let pcscd: Pcscd;
  let lab: RunningLab;
  const at = (name: string) => join(folder, name);
  const run = (file: string, ...words: string[]) =>
    finish(file, words, { env: pcscd.env, cwd: folder });
  const vpcd = () => ["--vpcd", `127.0.0.1:${pcscd.ports[0]}`, "--state", at("state")];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "jpki-opensc-"));
    pcscd = await startPcscd();
    lab = await startLab(vpcd());
    await pcscd.cardSeen(0);
  });

  afterAll(async () => {
    await lab?.stop();
    await pcscd?.stop();
    rmSync(folder, { recursive: true });
  });

  it("is known to OpenSC as a JPKI card", async () => {
    const { stdout } = await run("opensc-tool", "--name");
    expect(stdout.trim()).toBe("jpki");
  });

  it("shows two PINs, two private keys and four certificates", async () => {
    const { stdout } = await run("pkcs15-tool", "-D");
    const count = (heading: string) =>
      stdout.split("\n").filter((line) => line.startsWith(heading)).length;
    expect(count("PIN [")).toBe(2);
    expect(count("Private RSA Key [")).toBe(2);
    expect(count("X.509 Certificate [")).toBe(4);
  });

  it("has a certificate that openssl accepts under the exported CA", async () => {
    await readAuthCertificate();
    const { stdout } = await run(
      "openssl",
      "verify",
      "-CAfile",
      lab.ready.ca.authCaCert,
      at("auth.pem"),
    );
    expect(stdout.trim()).toBe(`${at("auth.pem")}: OK`);
  });

  it("signs so that openssl accepts the signature", async () => {
    await readAuthCertificate();
    writeFileSync(at("message"), "library card");
    const signed = await pkcs11(
      "--login",
      "--pin",
      "1234",
      "--sign",
      "-m",
      "SHA256-RSA-PKCS",
      "--id",
      "01",
      "-i",
      at("message"),
      "-o",
      at("signature"),
    );
    expect(signed.exitCode).toBe(0);

    await run("openssl", "x509", "-in", at("auth.pem"), "-pubkey", "-noout", "-out", at("key.pem"));
    const verified = await run(
      "openssl",
      "dgst",
      "-sha256",
      "-verify",
      at("key.pem"),
      "-signature",
      at("signature"),
      at("message"),
    );
    expect(verified.stdout.trim()).toBe("Verified OK");
  });

  it("finishes pkcs11-tool's own test suite", async () => {
    const { stdout, stderr } = await pkcs11("--test", "--login", "--pin", "1234");
    expect(stdout + stderr).toMatch(/No errors/);
  });

  it("agrees with openssl on revocation, before and after", async () => {
    await readAuthCertificate();
    const { authCaCert, ocsp, crl } = lab.ready.ca;
    const serial = lab.ready.cards[0]?.authSerial ?? "";
    const askOcsp = async () =>
      (
        await run(
          "openssl",
          "ocsp",
          "-issuer",
          authCaCert,
          "-cert",
          at("auth.pem"),
          "-url",
          ocsp,
          "-CAfile",
          authCaCert,
        )
      ).stdout;
    const checkList = async () => {
      writeFileSync(at("auth.crl"), new Uint8Array(await (await fetch(crl)).arrayBuffer()));
      await run("openssl", "crl", "-inform", "DER", "-in", at("auth.crl"), "-out", at("crl.pem"));
      const verify = await run(
        "openssl",
        "crl",
        "-in",
        at("crl.pem"),
        "-CAfile",
        authCaCert,
        "-noout",
        "-verify",
      );
      expect(verify.stderr).toContain("verify OK");
      return run(
        "openssl",
        "verify",
        "-crl_check",
        "-CAfile",
        authCaCert,
        "-CRLfile",
        at("crl.pem"),
        at("auth.pem"),
      );
    };

    expect(await askOcsp()).toContain(`${at("auth.pem")}: good`);
    expect((await checkList()).exitCode).toBe(0);

    const revoked = await jpkiBench([
      "ca",
      "revoke",
      serial,
      "--reason",
      "keyCompromise",
      "--state",
      at("state"),
      "--json",
    ]);
    expect(JSON.parse(revoked.stdout)).toMatchObject({
      serial,
      status: "revoked",
      reason: "keyCompromise",
    });

    const after = await askOcsp();
    expect(after).toContain(`${at("auth.pem")}: revoked`);
    expect(after).toContain("Reason: keyCompromise");
    const refused = await checkList();
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain("certificate revoked");
  });

  it("blocks after three wrong PINs, and stays blocked when the lab starts anew", async () => {
    const verify = (pin: string) =>
      run("pkcs15-tool", "--verify-pin", "--auth-id", "1", "--pin", pin);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect((await verify("9999")).exitCode).not.toBe(0);
    }
    expect((await verify("1234")).exitCode).not.toBe(0);
    expect(await triesLeft()).toBe("0");

    expect(await lab.stop()).toBe(0);
    await pcscd.cardGone(0);
    lab = await startLab(vpcd());
    await pcscd.cardSeen(0);

    expect(await triesLeft()).toBe("0");
    expect((await verify("1234")).exitCode).not.toBe(0);
  });

  async function readAuthCertificate(): Promise<void> {
    const { stdout } = await run("pkcs15-tool", "--read-certificate", "1");
    expect(stdout).toContain("BEGIN CERTIFICATE");
    writeFileSync(at("auth.pem"), stdout);
  }

  async function triesLeft(): Promise<string | undefined> {
    const { stdout } = await run("pkcs15-tool", "--list-pins");
    return /User Authentication PIN[\s\S]*?Tries left\s*: (\d+)/.exec(stdout)?.[1];
  }

  async function pkcs11(...words: string[]) {
    const found = await finish("sh", ["-c", `ls ${MODULES.join(" ")} 2>/dev/null | head -n 1`]);
    return run("pkcs11-tool", "--module", found.stdout.trim() || "opensc-pkcs11.so", ...words);
  }
});
