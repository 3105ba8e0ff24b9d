/**
 * Client of the 券面事項確認AP: the card face as images and the proof that the card is genuine, the
 * latter being what かざし利用 asks of it (card-facts 2.3, 5.4 and 6.1; platform-facts 3.2).
 *
 * Every method rejects with a `CardError`, or with the `BenchError` of the reader. `select` comes
 * first, and again whenever the reader was opened or reset.
 */
import type { Reader } from "../reader/reader.ts";
import { Application } from "./application.ts";
import { VISUAL_AP } from "./applications.ts";
import {
  authenticate,
  type CardProof,
  type Challenge,
  requireSignedFace,
} from "./card-authenticity.ts";
import { CARD_FACE, type CardFace, cardFaceOf, cardFaceSignature } from "./card-face.ts";
import { computeSignature, KEY } from "./compute-signature.ts";
import { type CvTrustAnchor, readCvCertificate } from "./cv-certificate.ts";
import { digestInfoOf, type ToSign } from "./digest-info.ts";
import type { Exchange } from "./exchange.ts";
import type { ReadOptions, RecordFile } from "./files.ts";
import { triesLeft, type VerifyOptions, verifyPin } from "./pin.ts";
import { VISUAL_BIRTH_DATE, VISUAL_CODE_A, VISUAL_CODE_B } from "./pin-table.ts";
import { HEADER, type RecordFields, readFields } from "./record.ts";
import { Personal, type Secret } from "./secret.ts";

const AGE_RECORD: RecordFile = {
  id: 0x0001,
  label: { ja: "生年月日", en: "birth date" },
  tag: 0xff10,
  first: HEADER,
};

const MY_NUMBER_IMAGE: RecordFile = {
  id: 0x0005,
  label: { ja: "個人番号の画像", en: "image of My Number" },
  tag: 0xff40,
  first: HEADER,
};

const PINS = { birthDate: VISUAL_BIRTH_DATE, codeA: VISUAL_CODE_A, codeB: VISUAL_CODE_B };

export type VisualPin = keyof typeof PINS;

export class VisualApClient {
  readonly #ap: Application;
  readonly #reading: ReadOptions;

  constructor(reader: Reader, reading: ReadOptions = {}) {
    this.#ap = new Application(reader, VISUAL_AP);
    this.#reading = reading;
  }

  select(): Promise<void> {
    return this.#ap.select();
  }

  /** 0 when blocked. Spends no try. */
  triesLeft(pin: VisualPin): Promise<number> {
    return triesLeft(this.#ap, PINS[pin]);
  }

  /** 生年月日PIN, six digits YYMMDD in Japanese-era years: opens the birth date and `authenticateCard`. */
  verifyBirthDate(date: Secret, options?: VerifyOptions): Promise<void> {
    return verifyPin(this.#ap, VISUAL_BIRTH_DATE, date, options);
  }

  /** 照合番号A, twelve digits: opens the card face and the image of the 個人番号. */
  verifyCodeA(code: Secret, options?: VerifyOptions): Promise<void> {
    return verifyPin(this.#ap, VISUAL_CODE_A, code, options);
  }

  /** 照合番号B, fourteen digits: opens the card face. */
  verifyCodeB(code: Secret, options?: VerifyOptions): Promise<void> {
    return verifyPin(this.#ap, VISUAL_CODE_B, code, options);
  }

  /** YYYYMMDD, Gregorian. Needs the birth date key. */
  async birthDate(): Promise<Personal<string>> {
    const fields = await this.#ap.run((exchange) => this.#record(exchange, AGE_RECORD));
    return new Personal(fields.text(0xdf11));
  }

  /** Needs 照合番号A or B. Whether anyone signed it is not looked at; see `verifiedCardFace`. */
  async cardFace(): Promise<Personal<CardFace>> {
    const fields = await this.#ap.run((exchange) => this.#record(exchange, CARD_FACE));
    return new Personal(cardFaceOf(fields));
  }

  /**
   * The card face, its signature followed through the CV certificate to a trusted CA. Needs 照合番号A
   * or B.
   *
   * @throws CardError CARD_NOT_GENUINE, telling which link does not hold
   */
  verifiedCardFace(trusted: readonly CvTrustAnchor[]): Promise<Personal<CardFace>> {
    return this.#ap.run(async (exchange) => {
      const certificate = await readCvCertificate(exchange, this.#reading);
      const fields = await this.#record(exchange, CARD_FACE);
      requireSignedFace(certificate, trusted, cardFaceSignature(fields));
      return new Personal(cardFaceOf(fields));
    });
  }

  /** PNG. Needs 照合番号A. */
  async myNumberImage(): Promise<Personal<Uint8Array>> {
    const fields = await this.#ap.run((exchange) => this.#record(exchange, MY_NUMBER_IMAGE));
    return new Personal(fields.value(0xdf41));
  }

  /** Signs with the key of this application, which needs no PIN (card-facts T10). 256 bytes. */
  async signWithCardKey(input: ToSign): Promise<Uint8Array> {
    const digestInfo = digestInfoOf(input, SIGNING);
    return this.#ap.run((exchange) =>
      computeSignature(exchange, KEY.ofApplication, digestInfo, SIGNING),
    );
  }

  /**
   * 内部認証: the card signs a challenge, and its public key is followed through the signed age
   * record and the CV certificate to a trusted CA. Needs the birth date key, to read the record.
   *
   * UNVERIFIED: that the key in the age record (DF12) is the public half of this application's
   * signing key. The sources say so of the card face's (DF24) only; the two are the same record type
   * and かざし利用 has nothing but the birth date to open either.
   *
   * @throws CardError CARD_NOT_GENUINE, telling which link does not hold
   */
  authenticateCard(challenge: Challenge): Promise<CardProof> {
    const keyRecord = async (exchange: Exchange) => {
      const fields = await this.#record(exchange, AGE_RECORD);
      return {
        publicKey: fields.value(0xdf12),
        signedData: fields.stored(0xdf11, 0xdf12),
        signature: fields.value(0xdf13),
      };
    };
    return this.#ap.run((exchange) => authenticate(exchange, keyRecord, challenge, this.#reading));
  }

  #record(exchange: Exchange, file: RecordFile): Promise<RecordFields> {
    return readFields(exchange, file, this.#reading);
  }
}

const SIGNING = { ja: "券面APの鍵による署名", en: "sign with the key of the visual application" };
