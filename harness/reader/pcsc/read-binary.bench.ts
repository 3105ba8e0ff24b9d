// What the simulated card costs behind PC/SC: READ BINARY through pcscd and vpcd, by a client that
// costs next to nothing, against a bare socket that always gives the same answer, and against the card
// emulator that comes with vpcd. Both sides lie in the slots of one pcscd and take turns with one client.
import { SELECT_JPKI, selectFile } from "../../../simulator/card/testing/card.ts";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import type { Benchmark, Figure } from "../../bench/benchmark.ts";
import { type Pcscd, startPcscd } from "../testing/pcscd.ts";
import { type PyscardClient, startPyscardClient } from "../testing/pyscard-client.ts";
import { PCSCD_PARTS, systemParts } from "../testing/require-system.ts";
import { bareCard, simulatedCard, VICC_PARTS, viccCard } from "../testing/vpcd-cards.ts";

const READ_BINARY = "00 B0 00 00 00";
const AUTH_CERTIFICATE = "000A";
/** Transparent, identifier 0101, 512 bytes; vicc fills them with zeros, and fails when it writes. */
const CREATE_FILE = "00 E0 00 00 0D 62 0B 80 02 02 00 82 01 01 83 02 01 01";
/** A hundred exchanges and more, and short enough for both sides to meet the same machine. */
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
  run: () => inSlot(0, simulatedCard, [SELECT_JPKI, selectFile(AUTH_CERTIFICATE)]),
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
    reference: () => inSlot(1, bareCard, []),
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
    reference: () => inSlot(1, viccCard, [CREATE_FILE]),
  },
];

/** Each card is a process of its own, as vicc cannot but be. */
async function inSlot(
  slot: number,
  card: (port: number) => string[],
  before: readonly string[],
): Promise<Figure> {
  const { pcscd, client } = await borrowBed();
  const reader = pcscd.readers[slot] ?? "";
  const process = pcscd.startBeside(slot, card);
  await pcscd.cardSeen(slot);
  await client.connect(reader, [...before, READ_BINARY].map(fromHex));
  await client.rate(reader, WARM_UP_MILLISECONDS);
  return {
    figure: () => client.rate(reader, ROUND_MILLISECONDS),
    close: async () => {
      process.kill();
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
