// What the simulated card costs behind PC/SC: READ BINARY through pcscd and vpcd, by a client that
// costs next to nothing, against a bare socket that always gives the same answer, and against the card
// emulator that comes with vpcd. Both sides lie in the slots of one pcscd and take turns with one client.
import { once } from "node:events";
import { connect } from "node:net";
import { SELECT_JPKI, selectFile, testCard } from "../../../simulator/card/testing/card.ts";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { encodeFrame, FrameDecoder, VpcdCard } from "../../../simulator/reader/index.ts";
import type { Benchmark, Figure } from "../../bench/benchmark.ts";
import { type Pcscd, startPcscd } from "../testing/pcscd.ts";
import { type PyscardClient, startPyscardClient } from "../testing/pyscard-client.ts";
import { PCSCD_PARTS, systemParts } from "../testing/require-system.ts";
import { startVicc, VICC_PARTS } from "../testing/vicc.ts";

const READ_BINARY = "00 B0 00 00 00";
const AUTH_CERTIFICATE = "000A";
/** Transparent, identifier 0101, 512 bytes; vicc fills them with zeros, and fails when it writes. */
const CREATE_FILE = "00 E0 00 00 0D 62 0B 80 02 02 00 82 01 01 83 02 01 01";
const GET_ATR = 0x04;
/** Long enough for many exchanges, short enough for both sides to meet the same machine. */
const ROUND_MILLISECONDS = 20;
const WARM_UP_MILLISECONDS = 1000;

const CLIENT_PARTS = [...PCSCD_PARTS, "python3-pyscard"];

const common = {
  title: {
    ja: "READ BINARY 256バイト（pyscard→pcscd→vpcd→模擬カード）",
    en: "READ BINARY of 256 bytes, pyscard to pcscd to vpcd to simulated card",
  },
  unit: "commands/s",
  rounds: 201,
  run: () => inSlot(0, insertSimulated, [SELECT_JPKI, selectFile(AUTH_CERTIFICATE)]),
};

export const benchmarks: readonly Benchmark[] = [
  {
    ...common,
    name: "reader/vpcd-bare",
    peer: {
      ja: "同じpcscdで、常に同じ応答を返すだけのソケット",
      en: "a bare socket that always gives the same answer, at the same pcscd",
    },
    target: 0.9,
    missing: () => systemParts(CLIENT_PARTS).missing,
    reference: () => inSlot(1, insertBare, []),
  },
  {
    ...common,
    name: "reader/vpcd-vicc",
    peer: {
      ja: "同じpcscdで、Debianのvicc（iso7816カード、作成した512バイトのEF）",
      en: "Debian's vicc at the same pcscd, an EF of 512 bytes created on its iso7816 card",
    },
    target: 3,
    missing: () => systemParts([...CLIENT_PARTS, ...VICC_PARTS]).missing,
    reference: () => inSlot(1, insertVicc, [CREATE_FILE]),
  },
];

/** Puts a card behind the vpcd of this port; gives what takes it out. */
type Insert = (port: number) => Promise<() => unknown>;

async function insertSimulated(port: number): ReturnType<Insert> {
  const card = await VpcdCard.connect({ card: testCard().card, port });
  return () => card.close();
}

async function insertBare(port: number): ReturnType<Insert> {
  const answer = encodeFrame(Uint8Array.of(...new Uint8Array(256).fill(0x5a), 0x90, 0x00));
  const atr = encodeFrame(fromHex("3B80800101"));
  const socket = connect(port, "127.0.0.1").setNoDelay(true);
  const decoder = new FrameDecoder();
  socket.on("data", (bytes) => {
    for (const message of decoder.push(bytes)) {
      if (message.length > 1) socket.write(answer);
      else if (message[0] === GET_ATR) socket.write(atr);
    }
  });
  await once(socket, "connect");
  return () => socket.destroy();
}

async function insertVicc(port: number): ReturnType<Insert> {
  return startVicc(port);
}

async function inSlot(slot: number, insert: Insert, before: readonly string[]): Promise<Figure> {
  const { pcscd, client } = await borrowBed();
  const reader = pcscd.readers[slot] ?? "";
  const remove = await insert(pcscd.ports[slot] ?? 0);
  await pcscd.cardSeen(slot);
  await client.connect(reader, [...before, READ_BINARY].map(fromHex));
  await client.rate(reader, WARM_UP_MILLISECONDS);
  return {
    figure: () => client.rate(reader, ROUND_MILLISECONDS),
    close: async () => {
      await remove();
      await returnBed();
    },
  };
}

/** What both sides have in common: with two of each, one could lie on the busier core. */
interface Bed {
  readonly pcscd: Pcscd;
  readonly client: PyscardClient;
}

let bed: Promise<Bed> | undefined;
let sides = 0;

function borrowBed(): Promise<Bed> {
  sides += 1;
  bed ??= makeBed();
  return bed;
}

async function makeBed(): Promise<Bed> {
  const pcscd = await startPcscd();
  return { pcscd, client: startPyscardClient(pcscd.env) };
}

async function returnBed(): Promise<void> {
  sides -= 1;
  if (sides > 0 || bed === undefined) return;
  const { pcscd, client } = await bed;
  bed = undefined;
  client.close();
  await pcscd.stop();
}
