/**
 * The links between a bench and a card that this machine can make without hardware, and the same
 * scenarios over each of them, compared.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PtyPair } from "../../reader/serial/testing/pty-pair.ts";
import { startPcscd } from "../../reader/testing/pcscd.ts";
import { PCSCD_PARTS } from "../../reader/testing/require-system.ts";
import { type Finished, jpkiBench } from "./cli.ts";

export interface Link {
  /** Heads its column. */
  readonly name: string;
  /** System parts it takes; see `systemParts`. */
  readonly parts: readonly string[];
  open(): Promise<OpenLink>;
}

interface OpenLink {
  /** `reader` of a project in bench.config. */
  readonly reader: Readonly<Record<string, unknown>>;
  readonly env?: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

export const LINKS: readonly Link[] = [
  {
    name: "in-process",
    parts: [],
    open: async () => ({ reader: { driver: "simulated" }, close: async () => undefined }),
  },
  { name: "PC/SC (vpcd)", parts: [...PCSCD_PARTS, "pcsclite"], open: openPcsc },
  { name: "PN532 (pty)", parts: ["socat", "serialport"], open: () => openSerial("pn532") },
  { name: "TWN4 (pty)", parts: ["socat", "serialport"], open: () => openSerial("twn4") },
];

async function openPcsc(): Promise<OpenLink> {
  const pcscd = await startPcscd();
  const vpcd = `127.0.0.1:${pcscd.ports[0]}`;
  return {
    reader: { driver: "pcsc", name: pcscd.readers[0], vpcd },
    env: pcscd.env,
    close: () => pcscd.stop(),
  };
}

async function openSerial(driver: string): Promise<OpenLink> {
  const ptys = await PtyPair.open();
  return {
    reader: { driver, device: ptys.near, emulator: ptys.far },
    close: () => ptys.close(),
  };
}

/**
 * Runs the scenarios over each of `links` in turn, into folders of `out`, and compares the runs.
 *
 * @param words for `report compare`, such as `--json`
 * @returns how the runs ended, in the order of the links, and what `report compare` said
 */
export async function compareLinks(
  links: readonly Link[],
  filters: readonly string[],
  out: string,
  words: readonly string[] = [],
): Promise<{ runs: Finished[]; comparison: Finished; page: string }> {
  const runs: Finished[] = [];
  for (const [place, link] of links.entries()) {
    runs.push(await runOver(link, filters, join(out, `link-${place + 1}`)));
  }
  const page = join(out, "links.html");
  const named = links.map(({ name }, place) => `${name}=${join(out, `link-${place + 1}`)}`);
  const comparison = await jpkiBench(["report", "compare", ...named, "--out", page, ...words]);
  return { runs, comparison, page };
}

async function runOver(link: Link, filters: readonly string[], out: string): Promise<Finished> {
  mkdirSync(out, { recursive: true });
  const open = await link.open();
  try {
    const config = join(out, "bench.config.json");
    writeFileSync(config, JSON.stringify({ projects: { link: { reader: open.reader } } }));
    const words = ["run", ...filters, "--config", config, "--project", "link", "--out", out];
    return await jpkiBench([...words, "--json", "--seed", "links"], {
      cwd: out,
      ...(open.env === undefined ? {} : { env: open.env }),
    });
  } finally {
    await open.close();
  }
}
