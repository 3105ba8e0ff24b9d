/** `lab --tls`, judged by TLS clients nobody here wrote. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemParts } from "../reader/testing/require-system.ts";
import { finish, type RunningLab, startLab } from "./testing/cli.ts";

const openssl = systemParts(["openssl"]);
// Not among the parts CI installs: a second opinion where it is at hand.
const curl = await finish("curl", ["--version"]);

describe.skipIf(openssl.missing.length > 0)(openssl.title("a lab behind TLS"), () => {
  let folder: string;
  let lab: RunningLab;
  const ca = () => lab.ready.ca.webCaCert ?? "";
  const platform = () => new URL(lab.ready.platforms.mkpf ?? "");

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "jpki-lab-tls-"));
    lab = await startLab(["--state", join(folder, "state"), "--tls"]);
  });

  afterAll(async () => {
    await lab?.stop();
    rmSync(folder, { recursive: true });
  });

  it.each(["127.0.0.1", "localhost"])("is %s for openssl s_client", async (name) => {
    const to = ["-connect", platform().host, "-CAfile", ca(), "-verify_return_error"];
    const about = name === "localhost" ? "-verify_hostname" : "-verify_ip";
    const { exitCode, stdout } = await finish("openssl", ["s_client", ...to, about, name]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Verify return code: 0 \(ok\)/);
    expect(stdout).toMatch(/TLSv1\.[23]/);
  });

  it("is nobody openssl s_client trusts without the CA", async () => {
    const to = ["-connect", platform().host, "-verify_return_error"];
    const { stdout, stderr } = await finish("openssl", ["s_client", ...to]);
    expect(stdout + stderr).toMatch(/unable to (get local issuer|verify the first) certificate/);
  });

  it.skipIf(curl.exitCode !== 0)("answers curl (skipped where curl is missing)", async () => {
    const { stdout } = await finish("curl", [
      "--silent",
      "--cacert",
      ca(),
      `${platform()}oauth/jwks`,
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ keys: [{ kty: "EC" }] });
  });
});
