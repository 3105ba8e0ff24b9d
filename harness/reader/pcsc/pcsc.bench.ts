// What PC/SC costs: the link between vpcd and a card by itself, and the same exchange all the way
// through the process that holds the reader, the binding, pcscd and vpcd. The reference columns of the
// two tell which binding is the faster one.

import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import { encodeFrame, type VirtualCard, VpcdCard } from "../../../simulator/reader/index.ts";
import type { Benchmark, Operation } from "../../bench/benchmark.ts";
import { startPcscd } from "../testing/pcscd.ts";
import { openPcscReader } from "./index.ts";

const READ_BINARY = Uint8Array.of(0x00, 0xb0, 0x00, 0x00, 0x00);
const ANSWER = new Uint8Array(258).fill(0x90);
/** With its frame. */
const ANSWER_LENGTH = 260;

/** Answers at once, so that the way to it is all there is to measure. */
const CARD: VirtualCard = {
  atr: Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01),
  powerOn: () => CARD.atr,
  powerOff: () => undefined,
  reset: () => CARD.atr,
  transmit: () => ANSWER,
};

export const benchmarks: readonly Benchmark[] = (["pcsclite", "koffi"] as const).map((binding) => ({
  name: `reader/pcsc-${binding}`,
  title: {
    ja: "カードとの1往復（5バイト、応答258バイト、vpcdのTCPだけ）",
    en: "round trip to a card, 5 bytes and 258 back, over vpcd's TCP alone",
  },
  peer: {
    ja: `PC/SC（pcscd、${binding}、子プロセス）を通した同じ往復`,
    en: `the same through PC/SC: pcscd, ${binding}, a process of its own`,
  },
  unit: "round trips/s",
  target: null,
  needs: "pcscd",
  run: linkAlone,
  reference: () => throughPcsc(binding),
}));

/** Plays vpcd, and sends a command whenever the last one has been answered. */
async function linkAlone(): Promise<Operation> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const connected = once(server, "connection");
  const { port } = server.address() as AddressInfo;
  const card = await VpcdCard.connect({ card: CARD, port });
  const [socket] = (await connected) as [Socket];
  const command = encodeFrame(READ_BINARY);
  socket.setNoDelay(true);
  let missing = 0;
  let arrived: () => void = () => undefined;
  socket.on("data", (bytes) => {
    missing -= bytes.length;
    if (missing === 0) arrived();
  });
  return {
    operation: () =>
      new Promise<void>((resolve) => {
        missing = ANSWER_LENGTH;
        arrived = resolve;
        socket.write(command);
      }),
    close: async () => {
      await card.close();
      socket.destroy();
      server.close();
    },
  };
}

async function throughPcsc(binding: "pcsclite" | "koffi"): Promise<Operation> {
  const pcscd = await startPcscd();
  const card = await VpcdCard.connect({ card: CARD, port: pcscd.ports[0] ?? 0 });
  await pcscd.cardSeen(0);
  const service = pcscd.socket;
  const name = pcscd.readers[0];
  const reader = await openPcscReader({ name, physical: false, service, binding });
  await reader.open();
  return {
    operation: () => reader.transmit(READ_BINARY),
    close: async () => {
      await reader.close();
      await card.close();
      await pcscd.stop();
    },
  };
}
