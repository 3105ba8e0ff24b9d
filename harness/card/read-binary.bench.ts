// What lies between a scenario and its card: client, guard, trace and simulated reader.
import {
  SELECT_JPKI,
  selectFile as selectFileHex,
  testCard,
} from "../../simulator/card/testing/card.ts";
import { encodeCommand } from "../../simulator/iso7816/index.ts";
import { InProcessReader } from "../../simulator/reader/index.ts";
import type { Benchmark } from "../bench/benchmark.ts";
import { guarded } from "../guard/index.ts";
import { simulatedReader, traced } from "../reader/index.ts";
import { Application } from "./application.ts";
import { JPKI_AP } from "./applications.ts";
import { type CardFile, selectFile } from "./card-file.ts";
import { readBinary } from "./read-binary.ts";

const CHUNK = 256;

const AUTH_CERTIFICATE: CardFile = {
  id: 0x000a,
  label: { ja: "利用者証明用電子証明書", en: "user authentication certificate" },
};

export const benchmarks: readonly Benchmark[] = [
  {
    name: "reader/read-binary",
    title: {
      ja: "READ BINARY 256バイト（クライアント→ガード→トレース→模擬読取装置→カード）",
      en: "READ BINARY of 256 bytes, client to card through guard, trace and simulated reader",
    },
    peer: { ja: "カードを直接呼び出し", en: "the card called directly" },
    unit: "commands/s",
    // The card itself takes one or two microseconds; what lies before it may take its time 25 times.
    target: 0.04,
    run: async () => {
      const slot = new InProcessReader();
      slot.insert(testCard().card);
      // The trace is made and thrown away: writing it down is journal/write.
      const reader = guarded(
        traced(simulatedReader(slot), () => undefined),
        {},
      );
      await reader.open();
      const jpki = new Application(reader, JPKI_AP);
      await jpki.select();
      await jpki.run((exchange) => selectFile(exchange, AUTH_CERTIFICATE));
      return {
        operation: () => jpki.run((exchange) => readBinary(exchange, AUTH_CERTIFICATE, 0, CHUNK)),
        close: () => reader.close(),
      };
    },
    reference: () => {
      const { card, statuses } = testCard();
      statuses(SELECT_JPKI, selectFileHex("000A"));
      const command = encodeCommand({ cla: 0x00, ins: 0xb0, p1: 0, p2: 0, ne: CHUNK });
      return { operation: () => void card.transmit(command) };
    },
  },
];
