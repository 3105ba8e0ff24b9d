/**
 * The documented example of a client in another language: Python's standard library drives a lab by its
 * OpenAPI document, OpenSC reads and signs with the card, and MKPF is asked as a vendor's system asks.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Pcscd, startPcscd } from "../reader/testing/pcscd.ts";
import { pythonWith } from "../reader/testing/python.ts";
import { PCSCD_PARTS, systemParts } from "../reader/testing/require-system.ts";
import { finish, type RunningLab, startLab } from "./testing/cli.ts";

const EXAMPLE = fileURLToPath(
  new URL("../../docs/examples/library_registration.py", import.meta.url),
);

const system = systemParts([
  ...PCSCD_PARTS,
  "pcsclite",
  "pkcs15-tool",
  "pkcs15-crypt",
  "openssl",
  "python3",
]);

describe.skipIf(system.missing.length > 0).each([
  ["HTTP", []],
  ["TLS", ["--tls"]],
] as const)(system.title("a Python program and a lab over %s"), (_transport, tls) => {
  let folder: string;
  let pcscd: Pcscd;
  let lab: RunningLab;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "jpki-python-"));
    pcscd = await startPcscd();
    lab = await startLab(["--state", join(folder, "state"), ...tls]);
  });

  afterAll(async () => {
    await lab?.stop();
    await pcscd?.stop();
    rmSync(folder, { recursive: true });
  });

  const run = (...words: string[]) =>
    finish(pythonWith("ssl") ?? "python3", [EXAMPLE, lab.ready.console, ...words], {
      env: { ...pcscd.env, PYTHONDONTWRITEBYTECODE: "1" },
    });

  it("registers somebody, who moves, while the status service fails and recovers", async () => {
    const trust = lab.ready.ca.webCaCert === undefined ? [] : ["--ca", lab.ready.ca.webCaCert];
    const { exitCode, stdout, stderr } = await run(
      "--vpcd",
      `127.0.0.1:${pcscd.ports[0]}`,
      ...trust,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      passed: true,
      steps: {
        registration: "valid",
        signStatus: "unchanged",
        signStatusAfterMove: "maybeChanged",
        duringOutage: "unconfirmed",
        afterOutage: "valid",
        samePerson: true,
        proofsOfPossession: ["verified"],
      },
    });
    expect(lab.ready.platforms.mkpf).toMatch(tls.length > 0 ? /^https:/ : /^http:/);
  });

  if (tls.length > 0) {
    it("does not get far with a platform it cannot trust", async () => {
      const { exitCode, stderr } = await run("--vpcd", `127.0.0.1:${pcscd.ports[0]}`);
      expect(exitCode).not.toBe(0);
      expect(stderr).toContain("CERTIFICATE_VERIFY_FAILED");
    });
  }
});
