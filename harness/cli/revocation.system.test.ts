/**
 * A certificate read from a lab's card and revoked on the command line, judged by openssl over OCSP
 * and with the list, before and after.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Pcscd, startPcscd } from "../reader/testing/pcscd.ts";
import { PCSCD_PARTS, systemParts } from "../reader/testing/require-system.ts";
import { finish, jpkiBench, type RunningLab, startLab } from "./testing/cli.ts";

const system = systemParts([...PCSCD_PARTS, "pcsclite", "pkcs15-tool", "openssl"]);

describe.skipIf(system.missing.length > 0)(system.title("openssl and a revocation"), () => {
  let folder: string;
  let pcscd: Pcscd;
  let lab: RunningLab;
  const at = (name: string) => join(folder, name);
  const run = (file: string, ...words: string[]) =>
    finish(file, words, { env: pcscd.env, cwd: folder });

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "jpki-revocation-"));
    pcscd = await startPcscd();
    lab = await startLab(["--vpcd", `127.0.0.1:${pcscd.ports[0]}`, "--state", at("state")]);
    await pcscd.cardSeen(0);
    const { stdout } = await run("pkcs15-tool", "--read-certificate", "1");
    writeFileSync(at("auth.pem"), stdout);
  });

  afterAll(async () => {
    await lab?.stop();
    await pcscd?.stop();
    rmSync(folder, { recursive: true });
  });

  it("agree, before and after", async () => {
    expect(await askOcsp()).toContain(`${at("auth.pem")}: good`);
    expect((await checkList()).exitCode).toBe(0);

    const serial = lab.ready.cards[0]?.authSerial ?? "";
    const words = ["ca", "revoke", serial, "--reason", "keyCompromise"];
    const revoked = await jpkiBench([...words, "--state", at("state"), "--json"]);
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

  async function askOcsp(): Promise<string> {
    const { authCaCert, ocsp } = lab.ready.ca;
    const about = ["-issuer", authCaCert, "-cert", at("auth.pem")];
    return (await run("openssl", "ocsp", ...about, "-url", ocsp, "-CAfile", authCaCert)).stdout;
  }

  /** Verifies the current list, and the certificate with it. */
  async function checkList() {
    const { authCaCert, crl } = lab.ready.ca;
    writeFileSync(at("auth.crl"), new Uint8Array(await (await fetch(crl)).arrayBuffer()));
    const files = ["-inform", "DER", "-in", at("auth.crl"), "-out", at("crl.pem")];
    const list = await run("openssl", "crl", ...files, "-CAfile", authCaCert, "-verify");
    expect(list.stderr).toContain("verify OK");
    const words = ["-crl_check", "-CAfile", authCaCert, "-CRLfile", at("crl.pem")];
    return run("openssl", "verify", ...words, at("auth.pem"));
  }
});
