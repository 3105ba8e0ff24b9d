/** A synthetic card for tests: the holder of card-facts 5.2 and 4.4, with keys made once a process. */
import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { concat, fromHex } from "../../iso7816/index.ts";
import type { CardSpec } from "../spec.ts";

export interface TestKey {
  readonly publicKey: KeyObject;
  /** PKCS #8 DER. */
  readonly privateKey: Uint8Array;
}

const keys = new Map<string, TestKey>();

/** The RSA-2048 key pair of that name; the same one throughout a test file. */
export function testKey(name: string): TestKey {
  const known = keys.get(name);
  if (known !== undefined) return known;
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const privateKey = new Uint8Array(pair.privateKey.export({ format: "der", type: "pkcs8" }));
  const key = { publicKey: pair.publicKey, privateKey };
  keys.set(name, key);
  return key;
}

/** Stands for a certificate of `length` bytes: framed as DER, told from others by what fills it. */
export function blankCertificate(length: number, fill: number): Uint8Array {
  const content = new Uint8Array(length - 4).fill(fill);
  return concat(Uint8Array.of(0x30, 0x82, content.length >> 8, content.length & 0xff), content);
}

export const HOLDER: CardSpec["holder"] = {
  name: "山田　太郎",
  address: "東京都千代田区丸の内１丁目２番１０号",
  birthDate: "19900102",
  sex: "1",
  myNumber: "123456789018",
};

/** Length of the 利用者証明用 certificate in trace T2. */
export const AUTH_CERTIFICATE_BYTES = 1583;

export function testSpec(changes: Partial<CardSpec> = {}): CardSpec {
  return {
    atr: fromHex("3B8880010000 05E0B381A100 7F"),
    holder: HOLDER,
    municipalityCode: "13101",
    expiry: "20350102",
    securityCode: "4321",
    tokenSerial: "0123456789012345",
    auth: {
      certificate: blankCertificate(AUTH_CERTIFICATE_BYTES, 0xa1),
      privateKey: testKey("auth").privateKey,
    },
    sign: {
      certificate: blankCertificate(1700, 0x51),
      privateKey: testKey("sign").privateKey,
    },
    authCaCertificate: blankCertificate(1319, 0xac),
    signCaCertificate: blankCertificate(1304, 0x5c),
    pins: { auth: "1234", sign: "PASSWORD", text: "1234", juki: "2345" },
    ...changes,
  };
}

/** What a holder under 15 gets: no 署名用 certificate. */
export function childSpec(changes: Partial<CardSpec> = {}): CardSpec {
  const { sign: _certificate, ...spec } = testSpec(changes);
  return { ...spec, pins: { auth: "1234", text: "1234", juki: "2345" } };
}
