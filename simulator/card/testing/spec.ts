/** A synthetic card for tests: the holder of card-facts 5.2 and 4.4, with fixed keys. */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { concat, fromHex } from "../../iso7816/index.ts";
import { keyIdentifier } from "../key-identifier.ts";
import type { CardSpec, IssuerKeys } from "../spec.ts";
import { TEST_KEYS } from "./keys.ts";

export interface TestKey {
  readonly publicKey: KeyObject;
  /** SubjectPublicKeyInfo DER. */
  readonly spki: Uint8Array;
  /** PKCS #8 DER. */
  readonly privateKey: Uint8Array;
}

export function testKey(name: keyof typeof TEST_KEYS): TestKey {
  const der = Buffer.from(TEST_KEYS[name], "base64");
  const publicKey = createPublicKey(createPrivateKey({ key: der, format: "der", type: "pkcs8" }));
  const spki = new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
  return { publicKey, spki, privateKey: new Uint8Array(der) };
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

const { privateKey: authority } = testKey("certificateAuthority");

/** One key stands for every CA that certifies the municipality's. */
const ISSUER: IssuerKeys = {
  municipality: testKey("municipality").privateKey,
  textCa: authority,
  visualCa: authority,
  masterCa: authority,
  intermediateCa: authority,
};

export const TERMINAL_CA_ID = keyIdentifier("9200073", "001");

/** A card with every key, record and base object there is. */
export function fullSpec(changes: Partial<CardSpec> = {}): CardSpec {
  return testSpec({
    issuer: ISSUER,
    textKey: testKey("text").privateKey,
    visualKey: testKey("visual").privateKey,
    sessionKey: testKey("session").privateKey,
    commonKey: testKey("common").privateKey,
    terminalCa: { keyId: TERMINAL_CA_ID, publicKey: testKey("terminalCa").spki },
    ...changes,
  });
}
