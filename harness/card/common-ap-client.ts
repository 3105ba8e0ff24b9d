/**
 * Client of the 共通カードAP: the card's number record and INTERNAL AUTHENTICATE (card-facts 2.5, 5.7
 * and 6.2). No PIN is needed for either.
 */
import { uint16 } from "../../simulator/iso7816/index.ts";
import type { Reader } from "../reader/reader.ts";
import { Application } from "./application.ts";
import { COMMON_AP } from "./applications.ts";
import { dataError, requireInput } from "./card-error.ts";
import { requireSignature, SIGNATURE_LENGTH, SIGNING_DEADLINE } from "./compute-signature.ts";

export interface CardNumber {
  /** Fifteen digits. */
  readonly serial: string;
  /** Five digits, without the check digit. */
  readonly municipalityCode: string;
  /** Last day of validity of the card, YYYYMMDD. */
  readonly expiry: string;
}

/** Record 1 is `01 1C` and 28 ASCII digits. */
const HEADER = 0x011c;
const RECORD = /^([0-9]{15})([0-9]{5})([0-9]{8})$/;
/** SFI 1, record number in P1. */
const RECORD_1_OF_SFI_1 = { p1: 0x01, p2: 0x0c };
const CHALLENGE_MAX = 255;

const NUMBER_PURPOSE = { ja: "カード識別情報の読出し", en: "read the card number record" };
const AUTHENTICATE_PURPOSE = { ja: "共通カードAPの内部認証", en: "INTERNAL AUTHENTICATE" };
const CHALLENGE_BYTES = { ja: "乱数のバイト数", en: "bytes of challenge" };

export class CommonApClient {
  readonly #ap: Application;

  constructor(reader: Reader) {
    this.#ap = new Application(reader, COMMON_AP);
  }

  select(): Promise<void> {
    return this.#ap.select();
  }

  /** Free. @throws CardError CARD_DATA_INVALID for a record of another form */
  async cardNumber(): Promise<CardNumber> {
    const { data } = await this.#ap.run((exchange) =>
      exchange({ cla: 0x00, ins: 0xb2, ...RECORD_1_OF_SFI_1, ne: 256, purpose: NUMBER_PURPOSE }),
    );
    const digits = new TextDecoder("ascii").decode(data.subarray(2));
    const [, serial, municipalityCode, expiry] = RECORD.exec(digits) ?? [];
    const headed = data.length > 2 && uint16(data, 0) === HEADER;
    if (!headed || serial === undefined || municipalityCode === undefined || expiry === undefined) {
      throw dataError(NUMBER_PURPOSE, {
        ja: "レコードの構造が想定と違う",
        en: "the record does not have the structure it should have",
      });
    }
    return { serial, municipalityCode, expiry };
  }

  /**
   * The card's signature (PKCS #1 v1.5, SHA-256, 256 bytes) over a challenge of 1 to 255 bytes. The
   * public half of the key is nowhere on the card, so who checks it must have it from elsewhere.
   */
  async internalAuthenticate(challenge: Uint8Array): Promise<Uint8Array> {
    requireInput(AUTHENTICATE_PURPOSE, CHALLENGE_BYTES, challenge.length, 1, CHALLENGE_MAX);
    const { data } = await this.#ap.run((exchange) =>
      exchange({
        cla: 0x00,
        ins: 0x88,
        p1: 0x00,
        p2: 0x99,
        data: challenge,
        ne: SIGNATURE_LENGTH,
        deadline: SIGNING_DEADLINE,
        purpose: AUTHENTICATE_PURPOSE,
      }),
    );
    requireSignature(data, AUTHENTICATE_PURPOSE);
    return data;
  }
}
