/**
 * A lab's card in a virtual PC/SC reader, by each of its interfaces, judged by OpenSC, OpenSSH and
 * openssl: clients nobody here wrote (card-facts section 10).
 */
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Pcscd, startPcscd } from "../reader/testing/pcscd.ts";
import { PCSCD_PARTS, systemParts } from "../reader/testing/require-system.ts";
import { finish, type RunningLab, startLab } from "./testing/cli.ts";
import { loggedExchanges, pkcs15Objects } from "./testing/opensc.ts";
import { BINDING, CARD, OBJECTS, PINS, readingOf } from "./testing/opensc-card.ts";

const system = systemParts([
  ...PCSCD_PARTS,
  "pcsclite",
  "opensc-tool",
  "pkcs15-tool",
  "pkcs15-crypt",
  "pkcs11-tool",
  "openssl",
]);
const ssh = systemParts(["ssh-keygen"]);

const INTERFACES = [
  ["contactless", "3b:88:80:01:00:00:05:e0:b3:81:a1:00:7f"],
  ["contact", "3b:da:13:ff:81:31:fb:46:80:12:39:2f:31:c1:73:c6:01:c0:3b"],
] as const;

/** What goes before a SHA-256 hash in a DigestInfo (card-facts 4.1). */
const DIGEST_INFO = "3031300D060960864801650304020105000420";

describe.skipIf(system.missing.length > 0).each(INTERFACES)(
  system.title("OpenSC and a card, %s (card-facts section 10)"),
  (reached, atr) => {
    let folder: string;
    let pcscd: Pcscd;
    let lab: RunningLab;
    let pkcs11Module: string;
    const at = (name: string) => join(folder, name);
    const run = (file: string, ...words: string[]) =>
      finish(file, words, { env: pcscd.env, cwd: folder });
    const logged = (file: string, ...words: string[]) =>
      finish(file, words, { env: { ...pcscd.env, OPENSC_DEBUG: "9" }, cwd: folder });
    const pkcs11 = (...words: string[]) => run("pkcs11-tool", "--module", pkcs11Module, ...words);

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "jpki-opensc-"));
      const modules = await finish("sh", ["-c", "ls /usr/lib/*/opensc-pkcs11.so"]);
      pkcs11Module = modules.stdout.split("\n")[0] ?? "";
      pcscd = await startPcscd();
      lab = await insert();
      writeFileSync(at("message"), "library card");
    });

    // Rights outlive a program: the card keeps its power when one leaves it.
    beforeEach(async () => {
      await run("opensc-tool", "--reset=cold");
    });

    afterAll(async () => {
      await lab?.stop();
      await pcscd?.stop();
      rmSync(folder, { recursive: true });
    });

    it("is known as a JPKI card, by an answer to reset of its own", async () => {
      expect((await run("opensc-tool", "--name")).stdout.trim()).toBe("jpki");
      expect((await run("opensc-tool", "--name", "-v")).stdout).toContain("Card name: jpki");
      expect((await run("opensc-tool", "--atr")).stdout.trim()).toBe(atr);
    });

    it("refuses what the drivers before JPKI's ask", async () => {
      const { stderr, stdout } = await logged("opensc-tool", "--name");
      const exchanges = loggedExchanges(stdout + stderr);
      const last = exchanges.at(-1);
      expect(last).toEqual({ command: "00A4040C0AD392F000260100000001", response: "9000" });
      const probes = exchanges.slice(0, -1).map(({ response }) => response);
      expect(probes.length).toBeGreaterThan(10);
      expect(probes.filter((status) => !/^6[9ADE]..$/.test(status))).toEqual([]);
    });

    it("is found at once by the driver a user forces", async () => {
      const env = { ...pcscd.env, OPENSC_DRIVER: "jpki", OPENSC_DEBUG: "9" };
      const { stdout, stderr } = await finish("opensc-tool", ["--name"], { env, cwd: folder });
      expect(loggedExchanges(stdout + stderr)).toEqual(BINDING.slice(0, 1));
    });

    it("shows its PINs", async () => {
      const { stdout } = await run("pkcs15-tool", "--list-pins");
      expect(pkcs15Objects(stdout)).toEqual(PINS);
    });

    it("shows its keys and certificates, by their labels and ids", async () => {
      const { stdout } = await run("pkcs15-tool", "-D");
      expect(stdout.split("\n").map((line) => line.trim())).toEqual(expect.arrayContaining(CARD));
      const objects = pkcs15Objects(stdout);
      const shown = objects.map(
        ({ kind, label, fields }) => `${kind} ${fields.ID} ${label} ${fields["Object Flags"]}`,
      );
      expect(shown).toEqual(OBJECTS);
      expect(objects.find(({ label }) => label === "Digital Signature Key")?.fields.Usage).toBe(
        "[0x204], sign, nonRepudiation",
      );
      const certificate = objects.find(({ label }) => label === "User Authentication Certificate");
      expect(certificate?.fields["Encoded serial"]).toBe(`02 04 ${lab.ready.cards[0]?.authSerial}`);
    });

    it.each(["1", "3", "4"])("gives certificate %s to anybody", async (id) => {
      const { exitCode, stdout } = await run("pkcs15-tool", "--read-certificate", id);
      expect(exitCode).toBe(0);
      expect(stdout).toContain("BEGIN CERTIFICATE");
    });

    it("is bound as in trace T1, and read in pieces of 256 bytes up to the last", async () => {
      const { stdout, stderr } = await logged("pkcs15-tool", "--read-certificate", "1");
      const exchanges = loggedExchanges(stdout + stderr);
      const from = exchanges.findLastIndex(({ command }) => command === BINDING[0]?.command);
      const length = new X509Certificate(stdout).raw.length;
      const reading = readingOf(length);

      expect(exchanges.slice(from, from + BINDING.length)).toEqual(BINDING);
      expect(exchanges.slice(-reading.length).map(({ command }) => command)).toEqual(reading);
      expect(exchanges.slice(-reading.length).map(({ response }) => response.slice(-4))).toEqual(
        reading.map(() => "9000"),
      );
    });

    it("gives the 署名用 certificate for its password only", async () => {
      const read = ["--read-certificate", "2"];
      const refused = await logged("pkcs15-tool", ...read);
      expect(refused.exitCode).not.toBe(0);
      expect(refused.stdout).not.toContain("BEGIN CERTIFICATE");
      expect(loggedExchanges(refused.stdout + refused.stderr).at(-1)?.response).toBe("6982");
      // 0.23 says so in its log only: what it tells the user about it is "EF offset too large".
      expect(refused.stdout + refused.stderr).toContain("Security status not satisfied");

      const verify = ["--verify-pin", "--auth-id", "2", "--pin", "ABC123"];
      const given = await run("pkcs15-tool", ...read, ...verify);
      expect(given.exitCode).toBe(0);
      expect(given.stdout).toContain("BEGIN CERTIFICATE");
    });

    it("signs a digest for pkcs15-crypt", async () => {
      await run("openssl", "dgst", "-sha256", "-binary", "-out", at("digest"), at("message"));
      const words = ["--sign", "--key", "01", "--pin", "1234", "--pkcs1", "--sha-256"];
      const files = ["-i", at("digest"), "-o", at("signature")];
      const signed = await logged("pkcs15-crypt", ...words, ...files);
      expect(signed.exitCode).toBe(0);
      expect(await verdict()).toBe("Verified OK");

      const last = loggedExchanges(signed.stdout + signed.stderr).at(-1);
      expect(last?.command).toBe(`802A008033${digestInfo()}00`);
      expect(last?.response).toMatch(/^[0-9A-F]{512}9000$/);
    });

    it.each(["01", "02"])("signs a message with key %s for pkcs11-tool", async (id) => {
      const slot = id === "01" ? "0" : "1";
      const login = ["--slot-index", slot, "--login", "--pin", id === "01" ? "1234" : "ABC123"];
      const words = ["--sign", "-m", "SHA256-RSA-PKCS", "--id", id];
      const signed = await pkcs11(...login, ...words, "-i", at("message"), "-o", at("signature"));
      expect(signed.exitCode).toBe(0);
      expect(await verdict(id)).toBe("Verified OK");
    });

    it("signs what pkcs11-tool has hashed elsewhere", async () => {
      writeFileSync(at("digest-info"), Buffer.from(digestInfo(), "hex"));
      const words = ["--login", "--pin", "1234", "--sign", "-m", "RSA-PKCS", "--id", "01"];
      const signed = await pkcs11(...words, "-i", at("digest-info"), "-o", at("signature"));
      expect(signed.exitCode).toBe(0);
      expect(await verdict()).toBe("Verified OK");
    });

    it("has two tokens, and a 署名用 key that wants its password each time", async () => {
      const { stdout } = await pkcs11("-L");
      expect([...stdout.matchAll(/token label +: (.+)/g)].map(([, label]) => label)).toEqual([
        "JPKI (User Authentication PIN)",
        "JPKI (Digital Signature PIN)",
      ]);
      const login = ["--slot-index", "1", "--login", "--pin", "ABC123"];
      const { stdout: keys } = await pkcs11("-O", ...login, "--type", "privkey");
      expect(keys).toMatch(/label: +Digital Signature Key\n/);
      expect(keys).toMatch(/Usage: +sign, non-repudiation\n/);
      expect(keys).toMatch(/Access: +always authenticate, /);
    });

    it.each([
      ["0", "1234"],
      ["1", "ABC123"],
    ])("finishes pkcs11-tool's own test suite in slot %s", async (slot, pin) => {
      const words = ["--slot-index", slot, "--login", "--pin", pin];
      const { exitCode, stdout, stderr } = await pkcs11("--test", ...words);
      expect(stdout + stderr).toMatch(/^No errors$/m);
      expect(stdout).toContain("    SHA256-RSA-PKCS: OK\n");
      expect(exitCode).toBe(0);
    });

    it.skipIf(ssh.missing.length > 0)(ssh.title("offers its free keys to OpenSSH"), async () => {
      const { stdout } = await run("ssh-keygen", "-D", pkcs11Module);
      const labels = stdout
        .trim()
        .split("\n")
        .map((line) => line.split(" ").slice(2).join(" "));
      expect(labels).toEqual([
        "User Authentication Public Key",
        "User Authentication Certificate CA",
        "Digital Signature Certificate CA",
      ]);
    });

    it("has a certificate that openssl accepts under the exported CA", async () => {
      await publicKey();
      const { stdout } = await run(
        "openssl",
        "verify",
        "-CAfile",
        lab.ready.ca.authCaCert,
        at("certificate.pem"),
      );
      expect(stdout.trim()).toBe(`${at("certificate.pem")}: OK`);
    });

    it("blocks after three wrong PINs, and stays blocked when the lab starts anew", async () => {
      const verify = (pin: string) =>
        run("pkcs15-tool", "--verify-pin", "--auth-id", "1", "--pin", pin);
      for (const left of ["2", "1", "0"]) {
        expect((await verify("9999")).stderr).toContain("PIN code or key incorrect");
        expect(await triesLeft()).toBe(left);
      }
      expect((await verify("1234")).stderr).toContain("Reference data not usable");
      expect((await pkcs11("-L")).stdout).toContain("user PIN locked");

      expect(await lab.stop()).toBe(0);
      await pcscd.cardGone(0);
      lab = await insert();

      expect(await triesLeft()).toBe("0");
      expect((await verify("1234")).exitCode).not.toBe(0);
      expect((await run("opensc-tool", "--name")).stdout.trim()).toBe("jpki");
    });

    /** Of the message, as a client builds it. */
    function digestInfo(): string {
      const digest = createHash("sha256").update("library card").digest("hex");
      return DIGEST_INFO + digest.toUpperCase();
    }

    async function insert(): Promise<RunningLab> {
      const place = ["--vpcd", `127.0.0.1:${pcscd.ports[0]}`, "--interface", reached];
      const started = await startLab([...place, "--state", at("state")]);
      await pcscd.cardSeen(0);
      return started;
    }

    /** Writes a certificate and the key in it to files; 02 needs its password presented before. */
    async function publicKey(id = "01"): Promise<string> {
      const { stdout } = await run("pkcs15-tool", "--read-certificate", id);
      writeFileSync(at("certificate.pem"), stdout);
      const words = ["-in", at("certificate.pem"), "-pubkey", "-noout", "-out", at("key.pem")];
      await run("openssl", "x509", ...words);
      return at("key.pem");
    }

    async function verdict(id?: string): Promise<string> {
      const words = ["-verify", await publicKey(id), "-signature", at("signature"), at("message")];
      return (await run("openssl", "dgst", "-sha256", ...words)).stdout.trim();
    }

    async function triesLeft(): Promise<string | undefined> {
      const { stdout } = await run("pkcs15-tool", "--list-pins");
      return pkcs15Objects(stdout)[0]?.fields["Tries left"];
    }
  },
);
