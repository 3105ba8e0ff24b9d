// What a simulated reader with its card in it costs in one process, against the least that anything
// awaited can cost, and what the trace adds to it.
import { SELECT_JPKI, selectFile, testCard } from "../../simulator/card/testing/card.ts";
import { encodeCommand, fromHex } from "../../simulator/iso7816/index.ts";
import { InProcessReader } from "../../simulator/reader/index.ts";
import type { Benchmark, Operation } from "../bench/benchmark.ts";
import { simulatedReader, traced } from "./index.ts";
import type { Reader } from "./reader.ts";

const AUTH_CERTIFICATE = "000A";
const READ_BINARY = encodeCommand({ cla: 0x00, ins: 0xb0, p1: 0, p2: 0, ne: 256 });
const ANSWER = new Uint8Array(258).fill(0x90);
/** So many between two looks at the time, which takes as long as the least of what is measured. */
const BATCH = 100;
/** Short, and many of them: another process that wants the core strikes few. */
const ROUNDS = { rounds: 41, milliseconds: 50 };

export const benchmarks: readonly Benchmark[] = [
  {
    ...ROUNDS,
    name: "reader/in-process",
    title: {
      ja: "READ BINARY 256バイト（模擬読取装置→カード、プロセス内）",
      en: "READ BINARY of 256 bytes, simulated reader to card in process",
    },
    peer: {
      ja: "258バイトの複製を返すだけの非同期関数",
      en: "an async function that gives a copy of 258 bytes",
    },
    unit: "commands/s",
    target: 0.04,
    run: () => reading((reader) => reader),
    reference: () => batched(async () => ANSWER.slice()),
  },
  {
    ...ROUNDS,
    name: "reader/traced",
    title: {
      ja: "同じREAD BINARY（トレースあり）",
      en: "the same READ BINARY with the trace on",
    },
    peer: { ja: "トレースなし", en: "without the trace" },
    unit: "commands/s",
    target: 0.25,
    // The trace is made and thrown away: writing it down is journal/write.
    run: () => reading((reader) => traced(reader, () => undefined)),
    reference: () => reading((reader) => reader),
  },
];

async function reading(wrap: (reader: Reader) => Reader): Promise<Operation> {
  const slot = new InProcessReader();
  slot.insert(testCard().card);
  const reader = wrap(simulatedReader(slot));
  await reader.open();
  for (const command of [SELECT_JPKI, selectFile(AUTH_CERTIFICATE)]) {
    await reader.transmit(fromHex(command));
  }
  const { length } = await reader.transmit(READ_BINARY);
  if (length !== ANSWER.length) throw new Error(`the card answered with ${length} bytes`);
  return { ...batched(() => reader.transmit(READ_BINARY)), close: () => reader.close() };
}

function batched(once: () => Promise<unknown>): Operation {
  return {
    count: BATCH,
    operation: async () => {
      for (let i = 0; i < BATCH; i += 1) await once();
    },
  };
}
