/**
 * Client of the 券面事項入力補助AP: 個人番号 and 4情報 as text (card-facts 2.2, 5.1 and 5.2), and
 * proof that the card is genuine (6.1).
 *
 * Every method rejects with a `CardError`, or with the `BenchError` of the reader. `select` comes
 * first, and again whenever the reader was opened or reset.
 */
import type { Reader } from "../reader/reader.ts";
import { Application } from "./application.ts";
import { TEXT_AP } from "./applications.ts";
import { authenticate, type CardProof, type Challenge } from "./card-authenticity.ts";
import { computeSignature, KEY } from "./compute-signature.ts";
import { digestInfoOf, type ToSign } from "./digest-info.ts";
import type { Exchange } from "./exchange.ts";
import type { ReadOptions, RecordFile } from "./files.ts";
import { triesLeft, type VerifyOptions, verifyPin } from "./pin.ts";
import { TEXT_CODE_A, TEXT_CODE_B, TEXT_PIN } from "./pin-table.ts";
import { damaged, HEADER, readFields, readRecord, textOf } from "./record.ts";
import { Personal, type Secret } from "./secret.ts";

/** 基本4情報. */
export interface FourAttributes {
  /** Family and given name separated by U+3000. */
  readonly name: string;
  readonly address: string;
  /** YYYYMMDD, Gregorian. */
  readonly birthDate: string;
  /** ISO/IEC 5218: 1 male, 2 female; 0 and 9 are rare. */
  readonly sex: string;
}

const MY_NUMBER: RecordFile = {
  id: 0x0001,
  label: { ja: "個人番号", en: "My Number" },
  tag: 0xff10,
  // The whole file with its filler, and still all of the object under the longer outer header.
  first: 17,
};

const ATTRIBUTES: RecordFile = {
  id: 0x0002,
  label: { ja: "基本4情報", en: "four attributes" },
  tag: 0xff20,
  first: HEADER,
};

const SIGNED_KEY: RecordFile = {
  id: 0x0007,
  label: { ja: "署名付きAP公開鍵", en: "signed public key of the text application" },
  tag: 0xff50,
  first: HEADER,
};

const PINS = { pin: TEXT_PIN, codeA: TEXT_CODE_A, codeB: TEXT_CODE_B };

export type TextPin = keyof typeof PINS;

export class TextApClient {
  readonly #ap: Application;
  readonly #reading: ReadOptions;

  constructor(reader: Reader, reading: ReadOptions = {}) {
    this.#ap = new Application(reader, TEXT_AP);
    this.#reading = reading;
  }

  select(): Promise<void> {
    return this.#ap.select();
  }

  /** 0 when blocked. Spends no try. */
  triesLeft(pin: TextPin): Promise<number> {
    return triesLeft(this.#ap, PINS[pin]);
  }

  /** 券面事項入力補助用PIN: opens everything. @throws CardError as in `verifyPin` of pin.ts */
  verifyPin(pin: Secret, options?: VerifyOptions): Promise<void> {
    return verifyPin(this.#ap, TEXT_PIN, pin, options);
  }

  /** 照合番号A, twelve digits: opens the 個人番号, not the 4情報. */
  verifyCodeA(code: Secret, options?: VerifyOptions): Promise<void> {
    return verifyPin(this.#ap, TEXT_CODE_A, code, options);
  }

  /** 照合番号B, fourteen digits: opens the 4情報, not the 個人番号. */
  verifyCodeB(code: Secret, options?: VerifyOptions): Promise<void> {
    return verifyPin(this.#ap, TEXT_CODE_B, code, options);
  }

  /** Twelve digits; whether the check digit is right is not looked at. */
  async myNumber(): Promise<Personal<string>> {
    const value = await this.#ap.run((exchange) => readRecord(exchange, MY_NUMBER, this.#reading));
    const digits = textOf(MY_NUMBER, value);
    if (!/^[0-9]{12}$/.test(digits)) throw damaged(MY_NUMBER);
    return new Personal(digits);
  }

  async attributes(): Promise<Personal<FourAttributes>> {
    const fields = await this.#ap.run((exchange) =>
      readFields(exchange, ATTRIBUTES, this.#reading),
    );
    return new Personal({
      name: fields.text(0xdf22),
      address: fields.text(0xdf23),
      birthDate: fields.text(0xdf24),
      sex: fields.text(0xdf25),
    });
  }

  /** Signs with the key of this application, which needs no PIN (card-facts T10). 256 bytes. */
  async signWithCardKey(input: ToSign): Promise<Uint8Array> {
    const digestInfo = digestInfoOf(input, SIGNING);
    return this.#ap.run((exchange) =>
      computeSignature(exchange, KEY.ofApplication, digestInfo, SIGNING),
    );
  }

  /**
   * 内部認証: the card signs a challenge, and its public key is followed through the signed record
   * and the CV certificate to a trusted CA. Needs the PIN or either code, to read the record.
   *
   * @throws CardError CARD_NOT_GENUINE, telling which link does not hold
   */
  authenticateCard(challenge: Challenge): Promise<CardProof> {
    const keyRecord = async (exchange: Exchange) => {
      const fields = await readFields(exchange, SIGNED_KEY, this.#reading);
      return {
        publicKey: fields.value(0xdf51),
        signedData: fields.stored(0xdf51),
        signature: fields.value(0xdf52),
      };
    };
    return this.#ap.run((exchange) => authenticate(exchange, keyRecord, challenge, this.#reading));
  }
}

const SIGNING = { ja: "入力補助APの鍵による署名", en: "sign with the key of the text application" };
