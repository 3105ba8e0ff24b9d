/**
 * One reader, one run: a lock by the reader's identity that holds for every process of this machine.
 *
 * The lock is a listening socket, which the operating system takes back from a process that dies, so
 * no lock outlives its holder. Linux: an abstract socket (unix(7)), which has no file. Windows: a
 * named pipe. Elsewhere a socket in the temporary folder; a file of a dead holder is found out by
 * that nobody answers there, and is replaced. Whoever connects is told who the holder is.
 *
 * Abstract sockets belong to a network namespace: containers that share a USB reader and no network
 * do not see each other's locks.
 */
import { createHash } from "node:crypto";
import { rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BenchError } from "../../errors.ts";

export interface LockHolder {
  readonly pid: number;
  /** What it does, for people: `run --project desk`. */
  readonly purpose: string;
  /** ISO 8601. */
  readonly since: string;
}

export interface ReaderLock {
  readonly identity: string;
  release(): Promise<void>;
}

/** Milliseconds a holder has for its answer; it may be busy with a card. */
const ANSWER_WITHIN = 2_000;

/**
 * Takes the lock of a reader until `release`, or until this process ends.
 *
 * @param identity of the reader, as the functions of reader-identity.ts give it
 * @throws BenchError READER_LOCKED, naming the holder
 */
export async function lockReader(identity: string, purpose: string): Promise<ReaderLock> {
  const address = addressOf(identity);
  const holder: LockHolder = { pid: process.pid, purpose, since: new Date().toISOString() };
  const server = (await listen(address, holder)) ?? (await listenAfter(address, holder, identity));
  // A run that is over ends, whether or not somebody forgot to release.
  server.unref();
  return {
    identity,
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Somebody has the address: a holder that answers keeps it, a dead one's file is taken away. */
async function listenAfter(address: string, own: LockHolder, identity: string): Promise<Server> {
  const other = await askHolder(address);
  if (other === "nobody") {
    if (isFile(address)) rmSync(address, { force: true });
    const server = await listen(address, own);
    if (server !== undefined) return server;
  }
  const { pid, purpose, since } = typeof other === "string" ? UNKNOWN : other;
  throw new BenchError(
    "READER_LOCKED",
    `${identity} is held by process ${pid} (${purpose}) since ${since}`,
  );
}

const UNKNOWN = { pid: "unknown", purpose: "it does not answer", since: "unknown" };

/** Undefined when the address is taken. */
function listen(address: string, holder: LockHolder): Promise<Server | undefined> {
  const server = createServer((caller) => {
    caller.on("error", () => undefined);
    caller.end(JSON.stringify(holder));
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE" || error.code === "EACCES") resolve(undefined);
      else reject(new BenchError("READER_TRANSPORT", `no lock: ${error.message}`));
    });
    server.listen(address, () => resolve(server));
  });
}

/** `nobody`: nothing listens there any more. `silent`: something does, and does not tell. */
function askHolder(address: string): Promise<LockHolder | "nobody" | "silent"> {
  return new Promise((resolve) => {
    const caller = connect(address);
    let text = "";
    caller.setEncoding("utf8").setTimeout(ANSWER_WITHIN, () => {
      caller.destroy();
      resolve("silent");
    });
    caller.on("data", (part) => {
      text += String(part);
    });
    caller.on("error", () => resolve("nobody"));
    caller.on("end", () => resolve(holderIn(text)));
  });
}

function holderIn(text: string): LockHolder | "silent" {
  try {
    return JSON.parse(text) as LockHolder;
  } catch {
    return "silent";
  }
}

function addressOf(identity: string): string {
  const name = `jpki-bench-${createHash("sha256").update(identity).digest("hex").slice(0, 32)}`;
  if (process.platform === "linux") return `\0${name}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  return join(tmpdir(), `${name}.lock`);
}

function isFile(address: string): boolean {
  return !address.startsWith("\0") && !address.startsWith("\\");
}
