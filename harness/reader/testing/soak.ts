/**
 * Many exchanges through the PC/SC driver, with the card taken away at random and memory watched. Not
 * a test, because it takes minutes:
 *
 *     npm run soak:pcsc -- [EXCHANGES] [pcsclite|koffi] [SEED]
 *
 * Prints one JSON line for every tenth of the way, and what it came to; ends with 1 when an exchange
 * gave something wrong, or when memory grew by more than a half between the first tenth and the last.
 */
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { fromHex, toHex } from "../../../simulator/iso7816/index.ts";
import { Random } from "../../../simulator/random.ts";
import { VpcdCard } from "../../../simulator/reader/index.ts";
import { LogCard } from "../../../simulator/reader/testing/log-card.ts";
import { openPcscReader, type PcscReader } from "../pcsc/index.ts";
import { type Pcscd, startPcscd } from "./pcscd.ts";

const [, , exchanges = "200000", binding = "pcsclite", seed = randomUUID()] = process.argv;
const TOTAL = Number(exchanges);
/** Exchanges between removals, on average. */
const REMOVAL_EVERY = 2_000;
const READ_BINARY = fromHex("00B0000000");
const ANSWER = `${toHex(new Uint8Array(256).fill(0xa5))}9000`;
const GROWTH_MAX = 1.5;

interface Sample {
  readonly exchanges: number;
  readonly removals: number;
  /** Megabytes resident: this process, and the one that holds the reader. */
  readonly bench: number;
  readonly host: number;
  readonly seconds: number;
}

const random = new Random(seed);
const began = performance.now();
const pcscd = await startPcscd();
// The log of the card is not kept: it would be what grows.
const card = new LogCard(() => fromHex(ANSWER));
card.log.push = () => 0;
const link = await VpcdCard.connect({ card, port: pcscd.ports[0] ?? 0 });
await pcscd.cardSeen(0);
const reader = await openPcscReader({
  name: pcscd.readers[0],
  physical: false,
  service: pcscd.socket,
  binding: binding === "koffi" ? "koffi" : "pcsclite",
});
await reader.open();

const samples: Sample[] = [];
let removals = 0;
let wrong = 0;
for (let done = 0; done < TOTAL; ) {
  const run = Math.min(TOTAL - done, 1 + random.below(2 * REMOVAL_EVERY));
  const tenth = Math.ceil((done + 1) / (TOTAL / 10)) * (TOTAL / 10);
  const stop = Math.min(done + run, tenth);
  for (; done < stop; done += 1) {
    if (toHex(await reader.transmit(READ_BINARY)) !== ANSWER) wrong += 1;
  }
  if (done >= tenth) report(done);
  else if (done < TOTAL) await takeAway(reader, link, pcscd);
}

await reader.close();
await link.close();
await pcscd.stop();
const growth = (samples.at(-1)?.bench ?? 0) / (samples[0]?.bench ?? 1);
const hostGrowth = (samples.at(-1)?.host ?? 0) / (samples[0]?.host ?? 1);
say({ seed, binding, exchanges: TOTAL, removals, wrong, growth, hostGrowth });
const flat = growth <= GROWTH_MAX && hostGrowth <= GROWTH_MAX;
process.exit(wrong === 0 && flat ? 0 : 1);

/** Takes the card out in the middle of an exchange, sees it fail, and puts the card back. */
async function takeAway(from: PcscReader, taken: VpcdCard, service: Pcscd): Promise<void> {
  removals += 1;
  const leaving = taken.remove();
  const failed = await from.transmit(READ_BINARY).then(
    () => undefined,
    (error: { code: string }) => error.code,
  );
  await leaving;
  // With the card gone only after the answer, the next exchange is the one that fails.
  if (failed === undefined) await from.transmit(READ_BINARY).catch(() => undefined);
  await taken.insert();
  await service.cardSeen(0);
  await from.open();
}

function report(done: number): void {
  const megabytes = (bytes: number) => Math.round(bytes / 104_857.6) / 10;
  const sample = {
    exchanges: done,
    removals,
    bench: megabytes(process.memoryUsage().rss),
    host: megabytes(hostMemory()),
    seconds: Math.round((performance.now() - began) / 1000),
  };
  samples.push(sample);
  say(sample);
}

/** Bytes resident of the largest process this one has started. */
function hostMemory(): number {
  const pid = process.pid;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ");
  const pages = children.filter(Boolean).map((child) => {
    const words = readFileSync(`/proc/${child}/cmdline`, "utf8");
    if (!words.includes("pcsc/host")) return 0;
    return Number(readFileSync(`/proc/${child}/statm`, "utf8").split(" ")[1]);
  });
  return Math.max(0, ...pages) * 4096;
}

function say(line: unknown): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
