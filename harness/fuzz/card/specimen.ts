/**
 * The card that is fuzzed: the one that the tables of simulator/card/model describe, with everything
 * on it that can be asked for. Its holder is nobody, its keys are the machine's test keys.
 */
import { createPrivateKey, createPublicKey } from "node:crypto";
import {
  type CardImage,
  type CardSpec,
  keyIdentifier,
  personalise,
} from "../../../simulator/card/index.ts";
import { withFreeArea } from "../../../simulator/card/model/free-area.ts";
import { fromHex } from "../../../simulator/iso7816/index.ts";
import { KeyPool } from "../../../simulator/pki/index.ts";
import { cacheFolder } from "../../config/folders.ts";

/** Of the PIN objects of `specimen`. */
export const PINS = {
  auth: "1234",
  sign: "PASSWORD",
  text: "1234",
  codeA: "123456789018",
  codeB: "02010220354321",
  birthDate: "020102",
} as const;

export async function specimen(): Promise<CardImage> {
  const pool = new KeyPool(cacheFolder("keys"));
  const [auth, sign, application, authority] = await Promise.all(
    ([0, 1, 2, 3] as const).map((index) => pool.key(index)),
  );
  if (!auth || !sign || !application || !authority) throw new TypeError("four keys were drawn");
  const card = personalise(specOf({ auth, sign, application, authority }));
  return withFreeArea(card, publicHalf(authority));
}

type Keys = Readonly<Record<"auth" | "sign" | "application" | "authority", Uint8Array>>;

function specOf({ auth, sign, application, authority }: Keys): CardSpec {
  const issuer = authority;
  return {
    atr: fromHex("3B8880010000 05E0B381A100 7F"),
    holder: {
      name: "山田　太郎",
      address: "東京都千代田区丸の内１丁目２番１０号",
      birthDate: "19900102",
      sex: "1",
      myNumber: PINS.codeA,
    },
    municipalityCode: "13101",
    expiry: "20350102",
    securityCode: "4321",
    tokenSerial: "0123456789012345",
    auth: { certificate: framed(1583), privateKey: auth },
    sign: { certificate: framed(1700), privateKey: sign },
    authCaCertificate: framed(1319),
    signCaCertificate: framed(1304),
    pins: { auth: PINS.auth, sign: PINS.sign, text: PINS.text, juki: "2345" },
    issuer: {
      municipality: issuer,
      textCa: issuer,
      visualCa: issuer,
      masterCa: issuer,
      intermediateCa: issuer,
    },
    textKey: application,
    visualKey: application,
    sessionKey: application,
    commonKey: application,
    terminalCa: { keyId: keyIdentifier("9200073", "001"), publicKey: publicHalf(authority) },
  };
}

/** SubjectPublicKeyInfo of a PKCS #8 key. */
function publicHalf(pkcs8: Uint8Array): Uint8Array {
  const key = createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
  return new Uint8Array(createPublicKey(key).export({ format: "der", type: "spki" }));
}

/** Stands for a certificate: framed as DER, and nothing a client would look into while reading. */
function framed(length: number): Uint8Array {
  const bytes = new Uint8Array(length).fill(0xa1);
  bytes.set([0x30, 0x82, (length - 4) >> 8, (length - 4) & 0xff]);
  return bytes;
}
