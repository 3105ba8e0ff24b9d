// A list of ten million entries, 370 MB (platform-facts 5.7), from and to a file. The limit is how fast
// the same machine hashes that file, which nobody who signs or verifies can do without; for a look-up
// it is the search of a bare array.
import { execFile } from "node:child_process";
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";
import { toHex } from "../../iso7816/index.ts";
import { MORNING, testService } from "../testing/world.ts";
import { readCrlStream } from "./stream.ts";
import { type RevokedColumns, writeList } from "./writer.ts";

const run = promisify(execFile);

const ENTRIES = 10_000_000;
const FIRST_SERIAL = 0x01000000;
/** Spreads the serial numbers over nearly all there are, so that most are not in the list. */
const STEP = 200;
const SUPERSEDED = 4;
/** What reading may take besides the size of the file, bytes: without it the time does not count. */
const MEMORY = 300_000_000;
const LOOKUPS = 100_000;
const PIECE = 1 << 20;

export const benchmarks = [
  {
    name: "crl/read",
    title: {
      ja: "失効リスト1000万件の読込みと署名検証（ファイルサイズ+300MB以内のメモリで）",
      en: "Reading and verifying a list of 10 million, in no more memory than its size + 300 MB",
    },
    peer: { ja: "openssl dgst -sha256", en: "openssl dgst -sha256" },
    unit: "ms",
    target: 1 / 3,
    needs: "openssl",
    run: async () => {
      const list = await listOnDisk();
      return { figure: () => readInFreshProcess(list) };
    },
    reference: digest,
  },
  {
    name: "crl/write",
    title: {
      ja: "失効リスト1000万件の署名とファイルへの書出し",
      en: "Signing a list of 10 million and writing it to a file",
    },
    peer: { ja: "openssl dgst -sha256", en: "openssl dgst -sha256" },
    unit: "ms",
    target: 1 / 6,
    needs: "openssl",
    run: async () => {
      const { folder, write } = await listOnDisk();
      const path = join(folder, "written.crl");
      return { operation: () => write(path), close: () => rmSync(path, { force: true }) };
    },
    reference: digest,
  },
  {
    name: "crl/lookup",
    title: {
      ja: "1000万件の失効リストの検索",
      en: "Looking a serial number up in a list of 10 million",
    },
    peer: { ja: "Uint32Arrayの二分探索", en: "a binary search of a Uint32Array" },
    unit: "lookups/s",
    target: 0.5,
    run: async () => {
      const { path, ca } = await listOnDisk();
      const list = await readCrlStream(createReadStream(path, { highWaterMark: PIECE }), ca);
      const wanted = wantedSerials().map(BigInt);
      return { count: LOOKUPS, operation: () => requireSome(wanted, (one) => list.find(one)) };
    },
    reference: async () => {
      const { serials } = columns();
      const wanted = wantedSerials();
      return {
        count: LOOKUPS,
        operation: () => requireSome(wanted, (one) => search(serials, one)),
      };
    },
  },
];

type ListOnDisk = Awaited<ReturnType<typeof makeList>>;

let made: Promise<ListOnDisk> | undefined;

/** One list for all benchmarks of this file, gone with the process. */
function listOnDisk(): Promise<ListOnDisk> {
  made ??= makeList();
  return made;
}

async function makeList() {
  const folder = mkdtempSync(join(tmpdir(), "jpki-bench-crl-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const { jpki } = await testService();
  const { certificate: ca, key } = jpki.auth.authority;
  const nextUpdate = new Date(MORNING.getTime() + 1);
  const head = { issuer: ca.subject, number: 1, thisUpdate: MORNING, nextUpdate };
  const entries = columns();
  const path = join(folder, "list.crl");
  const write = (to: string) => writeFile(to, writeList(head, entries, key).chunks);
  write(path);
  return { folder, path, ca, write };
}

function writeFile(path: string, chunks: Iterable<Uint8Array>): void {
  const file = openSync(path, "w");
  try {
    for (const chunk of chunks) writeSync(file, chunk);
  } finally {
    closeSync(file);
  }
}

function columns(): RevokedColumns {
  const now = MORNING.getTime() / 1000;
  return {
    serials: new Uint32Array(ENTRIES).map((_, i) => FIRST_SERIAL + i * STEP),
    revokedAt: new Uint32Array(ENTRIES).map((_, i) => now - (i % 31_536_000)),
    reasons: new Uint8Array(ENTRIES).fill(SUPERSEDED),
  };
}

async function digest() {
  const { path } = await listOnDisk();
  return { figure: () => milliseconds(() => run("openssl", ["dgst", "-sha256", path])) };
}

async function milliseconds(task: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await task();
  return performance.now() - began;
}

/** Run by a process of its own: its peak of memory is not that of whoever made the list. */
const READER = `
  import { createReadStream } from "node:fs";
  import { performance } from "node:perf_hooks";
  const [stream, certificate, path, ca] = process.argv.slice(1);
  const { readCrlStream } = await import(stream);
  const { readCertificate } = await import(certificate);
  const issuer = readCertificate(Buffer.from(ca, "hex"));
  const began = performance.now();
  const chunks = createReadStream(path, { highWaterMark: ${PIECE} });
  const { size } = await readCrlStream(chunks, issuer);
  const milliseconds = performance.now() - began;
  const peak = process.resourceUsage().maxRSS * 1024;
  process.stdout.write(JSON.stringify({ size, milliseconds, peak }));
`;

async function readInFreshProcess({ path, ca }: ListOnDisk): Promise<number> {
  const modules = ["./stream.ts", "../certificate/certificate.ts"].map(
    (name) => new URL(name, import.meta.url).href,
  );
  const options = ["--import", "tsx", "--input-type=module", "--eval", READER];
  const { stdout } = await run(process.execPath, [...options, ...modules, path, toHex(ca.der)]);
  const { size, milliseconds: taken, peak } = JSON.parse(stdout);
  if (size !== ENTRIES) throw new Error(`${size} entries were read of ${ENTRIES}`);
  const allowed = (await stat(path)).size + MEMORY;
  if (peak > allowed) throw new Error(`reading took ${peak} bytes of memory, not ${allowed}`);
  return taken;
}

/** Every second one is in the list, in no order a cache could guess. */
function wantedSerials(): number[] {
  return Array.from({ length: LOOKUPS }, (_, i) => {
    const row = Math.imul(i, 2_654_435_761) >>> 0;
    return FIRST_SERIAL + (row % ENTRIES) * STEP + (i % 2);
  });
}

function requireSome<T>(wanted: readonly T[], find: (one: T) => unknown): void {
  let found = 0;
  for (const one of wanted) if (find(one) !== undefined) found += 1;
  if (found !== LOOKUPS / 2) throw new Error(`${found} were found of ${LOOKUPS / 2}`);
}

function search(sorted: Uint32Array, wanted: number): number | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === wanted ? low : undefined;
}
