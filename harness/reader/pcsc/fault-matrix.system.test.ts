/**
 * Everything that can happen in the middle of an exchange, by both bindings: it ends in its error
 * within its deadline, the bench does not stand still meanwhile, and the next exchange works.
 */
import { monitorEventLoopDelay } from "node:perf_hooks";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { VpcdCard } from "../../../simulator/reader/index.ts";
import { LogCard, mute } from "../../../simulator/reader/testing/log-card.ts";
import { bindings } from "../testing/bindings.ts";
import { type Pcscd, startPcscd } from "../testing/pcscd.ts";
import { until } from "../testing/until.ts";
import { openPcscReader, type PcscReader } from "./index.ts";

const GET_CHALLENGE = fromHex("0084000008");
const ANSWER = fromHex("00840000 9000");
const DEADLINE = 1_500;
const STALL_MAX = 100;

/** A machine with other work can hold up any process; a call that blocks does so every time. */
const ATTEMPTS = 5;

describe.each(bindings())("in the middle of an exchange, $title,", ({ binding, missing }) => {
  if (missing) return it.skip("lacks a part");
  let pcscd: Pcscd;
  let link: VpcdCard;
  let frozen = false;
  let reader: PcscReader;
  const card = new LogCard((command) =>
    frozen ? mute() : Uint8Array.of(...command.subarray(0, 4), 0x90, 0x00),
  );

  beforeAll(async () => {
    pcscd = await startPcscd();
    link = await VpcdCard.connect({ card, port: pcscd.ports[0] ?? 0 });
    await pcscd.cardSeen(0);
    const name = pcscd.readers[0];
    reader = await openPcscReader({ name, physical: false, service: pcscd.socket, binding });
  });

  beforeEach(async () => {
    await reader.open();
  });

  afterEach(async () => {
    expect(await reader.transmit(GET_CHALLENGE)).toEqual(ANSWER);
    await reader.close();
  });

  afterAll(async () => {
    await link.close();
    await pcscd.stop();
  });

  /** Sends a command that is never answered, lets `disaster` happen, and gives the error. */
  async function struck(disaster: () => Promise<unknown>): Promise<{ code?: string }> {
    frozen = true;
    card.log.length = 0;
    const answer = reader.transmit(GET_CHALLENGE, { deadline: DEADLINE });
    const error = answer.then(
      () => ({}),
      (reason: { code: string }) => reason,
    );
    await until(() => card.log.includes("0084000008"), "the command has reached the card");
    await disaster();
    const found = await error;
    frozen = false;
    return found;
  }

  async function putBack(): Promise<void> {
    await link.remove();
    await pcscd.cardGone(0);
    await link.insert();
    await pcscd.cardSeen(0);
    await reader.open();
  }

  it("a card that is taken out", async () => {
    const error = await struck(() => link.close());
    // Not READER_TRANSPORT, which is what the broken exchange looks like before pcscd has noticed.
    const removed = { code: "READER_CARD_REMOVED" };
    expect(error).toMatchObject(removed);
    await expect(reader.transmit(GET_CHALLENGE)).rejects.toMatchObject(removed);
    await putBack();
  });

  it("a service that is killed", async () => {
    const error = await struck(() => pcscd.halt());
    expect(error).toMatchObject({ code: "PCSC_SERVICE_STOPPED" });
    await expect(reader.open()).rejects.toMatchObject({ code: "PCSC_SERVICE_STOPPED" });
    await pcscd.start();
    await pcscd.cardSeen(0);
    await reader.open();
  });

  it("a card that freezes, and pcscd with it", async () => {
    const stalls: number[] = [];
    do {
      const delay = monitorEventLoopDelay({ resolution: 10 });
      delay.enable();
      const error = await struck(async () => undefined);
      delay.disable();
      expect(error).toMatchObject({ code: "READER_DEADLINE" });
      stalls.push(delay.max / 1e6);
      await putBack();
    } while (Math.min(...stalls) > STALL_MAX && stalls.length < ATTEMPTS);
    expect(Math.min(...stalls)).toBeLessThan(STALL_MAX);
  });

  it("a process that is killed", async () => {
    const error = await struck(async () => {
      const [host] = await hostsOf(process.pid);
      process.kill(host ?? 0, "SIGKILL");
    });
    expect(error).toMatchObject({ code: "READER_LOST" });
    await putBack();
  });
});

/** Process ids of the hosts this process has started, the last one first. */
async function hostsOf(pid: number): Promise<number[]> {
  const { readFile } = await import("node:fs/promises");
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, "utf8")).split(" ");
  const own = await Promise.all(
    children.filter(Boolean).map(async (child) => {
      const words = await readFile(`/proc/${child}/cmdline`, "utf8").catch(() => "");
      return words.includes("pcsc/host") ? [Number(child)] : [];
    }),
  );
  return own.flat().reverse();
}
