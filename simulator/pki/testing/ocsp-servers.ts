/**
 * Two OCSP responders in processes of their own, for the same CA: that of this house, and OpenSSL's
 * (openssl-ocsp(1), `-port` with `-multi`).
 */
import { type ChildProcess, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { CertificateAuthority } from "../authority/authority.ts";

export interface RunningServer {
  readonly port: number;
  readonly path: string;
  stop(): Promise<void>;
}

const OUR_SERVER = fileURLToPath(new URL("./ocsp-server.ts", import.meta.url));

/** Serves the first certificate of `testService` with HTTP as a lab does. */
export async function ourServer(signing: "live" | "preSigned" = "live"): Promise<RunningServer> {
  const child = fork(OUR_SERVER, [signing]);
  const [{ port, path }] = (await once(child, "message")) as [{ port: number; path: string }];
  return { port, path, stop: () => end(child, () => child.disconnect()) };
}

/**
 * Serves `serials` of `authority` as good. OpenSSL 3.0 can only listen on all addresses of the
 * machine; what it signs with is a test key.
 */
export async function opensslServer(
  authority: CertificateAuthority,
  serials: readonly number[],
  processes = 2,
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "jpki-ocsp-"));
  const file = (name: string) => join(folder, name);
  const { certificate, key } = authority.responder;
  await writeFile(file("ca.pem"), pem("CERTIFICATE", authority.certificate.der));
  await writeFile(file("responder.pem"), pem("CERTIFICATE", certificate.der));
  await writeFile(file("responder.key"), pem("PRIVATE KEY", key.privateKey), { mode: 0o600 });
  await writeFile(file("index.txt"), serials.map(indexLine).join(""));
  const child = spawn(
    "openssl",
    [
      [
        "ocsp",
        "-port",
        "0",
        "-multi",
        String(processes),
        "-nmin",
        "5",
        "-index",
        file("index.txt"),
      ],
      ["-CA", file("ca.pem"), "-rsigner", file("responder.pem"), "-rkey", file("responder.key")],
    ].flat(),
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  const { pid } = child;
  if (pid === undefined) throw new Error("openssl cannot be started");
  // It waits for its children and hears no signal meanwhile; but it founds a process group for them.
  const kill = () => process.kill(-pid, "SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.off("exit", kill);
    await end(child, kill);
    await rm(folder, { recursive: true });
  };
  return { port: await announcedPort(child), path: "/", stop };
}

/** `ACCEPT [::]:41209 PID=26334` */
async function announcedPort(child: ChildProcess): Promise<number> {
  if (child.stdout === null) throw new Error("the output of openssl is not piped");
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  const [, port] = /^ACCEPT \S+:(\d+)/.exec(line) ?? [];
  if (port === undefined) throw new Error(`openssl ocsp said: ${line}`);
  return Number(port);
}

async function end(child: ChildProcess, ask: () => unknown): Promise<void> {
  const ended = once(child, "exit");
  ask();
  await ended;
}

/** A line of OpenSSL's certificate database: good, until 2049. */
function indexLine(serial: number): string {
  const hex = serial.toString(16).toUpperCase();
  const even = hex.padStart(hex.length + (hex.length % 2), "0");
  return `V\t491231235959Z\t\t${even}\tunknown\t/CN=test\n`;
}

function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
