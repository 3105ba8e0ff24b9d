// One command and its answer over the vpcd link, framing and card left aside as far as they can be,
// against the same bytes going to and fro over a bare socket.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { encodeCommand } from "../iso7816/index.ts";
import type { VirtualCard } from "./card-slot.ts";
import { VpcdCard } from "./vpcd.ts";
import { encodeFrame } from "./vpcd-frame.ts";

const COMMAND = encodeFrame(encodeCommand({ cla: 0x00, ins: 0xb0, p1: 0, p2: 0, ne: 256 }));
const RESPONSE = new Uint8Array(258).fill(0x90);
const ANSWER = encodeFrame(RESPONSE);

/** Answers at once, so that the link is all there is to measure. */
const CARD: VirtualCard = {
  atr: Uint8Array.of(0x3b, 0x80, 0x80, 0x01, 0x01),
  powerOn: () => CARD.atr,
  powerOff: () => undefined,
  reset: () => CARD.atr,
  transmit: () => RESPONSE,
};

export const benchmarks = [
  {
    name: "reader/vpcd-frame",
    title: {
      ja: "vpcdの1往復（コマンド7バイト、応答260バイト、TCP）",
      en: "vpcd round trip over TCP, 7 bytes to the card and 260 back",
    },
    peer: { ja: "同じ長さの裸のTCPエコー", en: "a bare TCP echo of the same sizes" },
    unit: "round trips/s",
    target: 0.6,
    run: () =>
      link(async (port) => {
        const card = await VpcdCard.connect({ card: CARD, port });
        return () => card.close();
      }),
    reference: () =>
      link(async (port) => {
        const socket = connect(port, "127.0.0.1").setNoDelay(true);
        socket.on("data", () => socket.write(ANSWER));
        await once(socket, "connect");
        return async () => void socket.destroy();
      }),
  },
];

/** Listens as vpcd does, and sends a command whenever the last one has been answered. */
async function link(answerer: (port: number) => Promise<() => Promise<void>>) {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const connected = once(server, "connection");
  const leave = await answerer((server.address() as AddressInfo).port);
  const [socket] = (await connected) as [Socket];
  socket.setNoDelay(true);
  return {
    operation: roundTrip(socket),
    close: async () => {
      await leave();
      socket.destroy();
      server.close();
    },
  };
}

function roundTrip(socket: Socket): () => Promise<void> {
  let missing = 0;
  let arrived: () => void = () => undefined;
  socket.on("data", (bytes) => {
    missing -= bytes.length;
    if (missing === 0) arrived();
  });
  return () =>
    new Promise((resolve) => {
      missing = ANSWER.length;
      arrived = resolve;
      socket.write(COMMAND);
    });
}
