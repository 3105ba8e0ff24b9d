/** A simulated card of card-facts 5.2's holder, in a reader of this process. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  type CardImage,
  type CardSpec,
  MemoryCardStore,
  personalise,
  type Quirks,
  SimulatedCard,
} from "../../../simulator/card/index.ts";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { Random } from "../../../simulator/random.ts";
import type { Reader } from "../../reader/reader.ts";

export interface HolderKey {
  readonly publicKey: KeyObject;
  /** PKCS #8 DER. */
  readonly pkcs8: Uint8Array;
}

export function holderKey(): HolderKey {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pkcs8 = new Uint8Array(pair.privateKey.export({ format: "der", type: "pkcs8" }));
  return { publicKey: pair.publicKey, pkcs8 };
}

/** `30 82 LL LL` and filling: all a client needs to read a certificate. */
export function certificateOf(length: number, filling: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(filling);
  bytes.set([0x30, 0x82, (length - 4) >> 8, (length - 4) & 0xff]);
  return bytes;
}

export interface HolderKeys {
  readonly auth: HolderKey;
  /** Absent for a holder under 15. */
  readonly sign?: HolderKey;
}

/** Keys behind the signed records of the 券面 applications. */
export interface RecordKeys {
  readonly ca: HolderKey;
  readonly municipality: HolderKey;
  readonly text: HolderKey;
  readonly visual: HolderKey;
}

/** What a card with signed records has beside `holderSpec`. */
export function signedRecords(keys: RecordKeys): Partial<CardSpec> {
  const ca = keys.ca.pkcs8;
  const municipality = keys.municipality.pkcs8;
  return {
    issuer: { municipality, textCa: ca, visualCa: ca, masterCa: ca, intermediateCa: ca },
    textKey: keys.text.pkcs8,
    visualKey: keys.visual.pkcs8,
    commonKey: keys.visual.pkcs8,
  };
}

export function holderSpec({ auth, sign }: HolderKeys, quirks: Quirks = {}): CardSpec {
  const pins = { auth: "1234", text: "5678", juki: "4321" };
  const spec: CardSpec = {
    atr: fromHex("3B 88 80 01 00 00 05 E0 B3 81 A1 00 7F"),
    holder: {
      name: "山田　太郎",
      address: "東京都千代田区丸の内１丁目２番１０号",
      birthDate: "19900102",
      sex: "1",
      myNumber: "123456789018",
    },
    municipalityCode: "13101",
    expiry: "20320102",
    securityCode: "1234",
    tokenSerial: "0123456789012345",
    auth: { certificate: certificateOf(1583, 0xa1), privateKey: auth.pkcs8 },
    authCaCertificate: certificateOf(1319, 0xac),
    signCaCertificate: certificateOf(1304, 0x5c),
    pins,
    quirks,
  };
  if (sign === undefined) return spec;
  return {
    ...spec,
    sign: { certificate: certificateOf(1700, 0x51), privateKey: sign.pkcs8 },
    pins: { ...pins, sign: "PASSWORD" },
  };
}

export function cardOf(spec: CardSpec): SimulatedCard {
  return cardFrom(personalise(spec));
}

export function cardFrom(image: CardImage): SimulatedCard {
  const options = { store: new MemoryCardStore(), random: new Random("card clients") };
  return new SimulatedCard(image, options);
}

/** The shortest way from a client to a simulated card. */
export function readerHolding(card: SimulatedCard): Reader {
  const powered = { atr: card.powerOn() };
  return {
    info: { driver: "simulated", name: "in hand", physical: false },
    open: async () => powered,
    transmit: async (command) => card.transmit(command),
    reset: async (kind) => ({ atr: kind === "warm" ? card.reset() : card.powerOn() }),
    close: async () => card.powerOff(),
  };
}
