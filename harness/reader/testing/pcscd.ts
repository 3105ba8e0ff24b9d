/**
 * A private PC/SC service with two virtual readers for system tests. Nothing it does is seen by the
 * machine's own pcscd, and nothing of it is left when the test ends, however it ends.
 *
 * @example
 * const pcscd = await startPcscd();
 * const card = await VpcdCard.connect({ card: someCard, port: pcscd.ports[0] });
 * await pcscd.cardSeen(0);
 * execFile("opensc-tool", ["--atr"], { env: pcscd.env });
 * await card.close();
 * await pcscd.stop();
 */
import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { listPcscReaders } from "../pcsc/index.ts";
import {
  joining,
  NAMESPACES,
  READER_CONF,
  READY,
  SCRIPT,
  SLOT_NAMES,
  SLOTS,
  VPCD_PORT,
} from "./pcscd-recipe.ts";
import { Relay } from "./relay.ts";
import { until } from "./until.ts";

export class Pcscd {
  /** For PCSCLITE_CSOCK_NAME, and for `service` of the PC/SC driver. Outlives `halt`. */
  readonly socket: string;
  /** The environment of this process, pointed at this service: for opensc-tool and the like. */
  readonly env: NodeJS.ProcessEnv;
  /** Where vpcd listens for the cards of its two readers, on 127.0.0.1. Outlive `halt`. */
  readonly ports: readonly number[];
  /** Names of the two readers. */
  readonly readers = SLOT_NAMES;
  /** What pcscd wrote so far. */
  readonly log: string[] = [];
  readonly #folder: string;
  readonly #relays: readonly Relay[];
  #process: ChildProcessByStdio<Writable, Readable, null> | undefined;

  /** @internal use `startPcscd` */
  constructor(folder: string, relays: readonly Relay[]) {
    this.#folder = folder;
    this.#relays = relays;
    this.socket = join(folder, "run/pcscd.comm");
    this.env = { ...process.env, PCSCLITE_CSOCK_NAME: this.socket };
    this.ports = relays.map((relay) => relay.port);
  }

  /**
   * Starts a program beside the service, from where vpcd is reached without a relay: to measure, for
   * which the way to a card should be as short as on a machine that has a pcscd of its own.
   *
   * @param words the program and what it is told, given the port of a slot on 127.0.0.1
   */
  startBeside(slot: number, words: (port: number) => readonly string[]): ChildProcess {
    const pid = this.#process?.pid;
    if (pid === undefined) throw new Error("the service does not run");
    const [program = "", ...rest] = [...joining(pid), ...words(VPCD_PORT + slot)];
    return spawn(program, rest, { stdio: ["pipe", "ignore", "inherit"] });
  }

  /** Starts the service anew after `halt`. */
  async start(): Promise<void> {
    if (NAMESPACES === undefined) throw new Error("this machine allows no namespaces");
    await mkdir(join(this.#folder, "run"));
    const words = [...NAMESPACES, "sh", "-c", SCRIPT, "pcscd", this.#folder];
    const child = spawn("unshare", words, { stdio: ["pipe", "pipe", "inherit"] });
    this.#process = child;
    await this.#ready(child.stdout);
    for (let slot = 0; slot < SLOTS; slot += 1) {
      await until(() => existsSync(slotSocket(this.#folder, slot)), "vpcd is reachable");
    }
    await Promise.all(this.#relays.map((relay) => relay.open()));
  }

  /** Ends the service, as when somebody stops or loses pcscd. Clients and cards see it at once. */
  async halt(): Promise<void> {
    const child = this.#process;
    if (child === undefined) return;
    this.#process = undefined;
    const ended = once(child, "exit");
    child.stdin.end();
    // The service goes first: with its links cut before, it would have time to tell of lost cards.
    await ended;
    await Promise.all(this.#relays.map((relay) => relay.close()));
    await rm(join(this.#folder, "run"), { recursive: true });
  }

  /** Ends everything and takes it away. Safe to call twice. */
  async stop(): Promise<void> {
    await this.halt();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Waits until the service has noticed that a card lies in a slot (by itself within 0.4 s). */
  async cardSeen(slot: number): Promise<void> {
    await until(async () => (await this.#atr(slot)) !== undefined, `a card in slot ${slot}`);
  }

  /** Waits until the service has noticed that a slot is empty. */
  async cardGone(slot: number): Promise<void> {
    await until(async () => (await this.#atr(slot)) === undefined, `no card in slot ${slot}`);
  }

  async #atr(slot: number): Promise<Uint8Array | undefined> {
    const readers = await listPcscReaders({ service: this.socket });
    return readers.find((reader) => reader.name === this.readers[slot])?.atr;
  }

  async #ready(output: Readable): Promise<void> {
    const lines = createInterface(output);
    const ready = new Promise<void>((resolve, reject) => {
      lines.on("line", (line) => {
        this.log.push(line);
        if (line.includes(READY)) resolve();
      });
      lines.once("close", () => reject(new Error(`pcscd ended:\n${this.log.join("\n")}`)));
    });
    await ready;
  }
}

export async function startPcscd(): Promise<Pcscd> {
  // Short, because a socket's path may have 107 bytes at most.
  const folder = await mkdtemp(join(tmpdir(), "pcscd-"));
  await mkdir(join(folder, "conf"));
  await writeFile(join(folder, "conf/vpcd"), READER_CONF);
  const slots = Array.from({ length: SLOTS }, (_, slot) => slotSocket(folder, slot));
  const pcscd = new Pcscd(folder, await Promise.all(slots.map((socket) => Relay.reserve(socket))));
  await pcscd.start();
  return pcscd;
}

function slotSocket(folder: string, slot: number): string {
  return join(folder, `vpcd${slot}`);
}
