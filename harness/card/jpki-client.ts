/**
 * Client of the 公的個人認証AP: certificates, their PINs and the signatures made with their keys
 * (card-facts sections 2.1, 3 and 4).
 *
 * Every method rejects with a `CardError`, or with the `BenchError` of the reader. `select` comes
 * first, and again whenever the reader was opened or reset: nothing about PINs verified before is
 * assumed (platform-facts CR-07, CR-09).
 */
import type { Reader } from "../reader/reader.ts";
import { Application } from "./application.ts";
import { JPKI_AP } from "./applications.ts";
import { type CardFile, selectFile } from "./card-file.ts";
import { type CertificateAvailability, readAvailability, readCertificate } from "./certificates.ts";
import { computeSignature, KEY } from "./compute-signature.ts";
import { digestInfoOf, type ToSign } from "./digest-info.ts";
import { type ReadOptions, readExactly } from "./files.ts";
import { changePin, triesLeft, type VerifyOptions, verifyPin } from "./pin.ts";
import { AUTH_PIN, SIGN_PASSWORD } from "./pin-table.ts";
import { Personal, type Secret } from "./secret.ts";
import { parseTokenInfo, TOKEN_INFO_LENGTH, type TokenInfo } from "./token-info.ts";

const SIGN_CERTIFICATE = file(0x0001, "署名用電子証明書", "digital signature certificate");
const SIGN_CA = file(0x0002, "署名用CA証明書", "CA certificate for digital signature");
const TOKEN_INFO = file(0x0006, "トークン情報", "token information");
const AUTH_CERTIFICATE = file(0x000a, "利用者証明用電子証明書", "user authentication certificate");
const AUTH_CA = file(0x000b, "利用者証明用CA証明書", "CA certificate for user authentication");
const AUTH_KEY = file(0x0017, "利用者証明用秘密鍵", "user authentication key");
const SIGN_KEY = file(0x001a, "署名用秘密鍵", "digital signature key");

/** 利用者証明用 (four digits) or 署名用 (6 to 16 letters and digits). */
export type JpkiPin = "auth" | "sign";

const PINS = { auth: AUTH_PIN, sign: SIGN_PASSWORD };

export class JpkiClient {
  readonly #ap: Application;
  readonly #reading: ReadOptions;

  constructor(reader: Reader, reading: ReadOptions = {}) {
    this.#ap = new Application(reader, JPKI_AP);
    this.#reading = reading;
  }

  select(): Promise<void> {
    return this.#ap.select();
  }

  async tokenInfo(): Promise<TokenInfo> {
    const bytes = await this.#ap.run((exchange) =>
      readExactly(exchange, TOKEN_INFO, TOKEN_INFO_LENGTH, this.#reading),
    );
    return parseTokenInfo(bytes);
  }

  /** Which certificates the card says it carries. */
  certificateAvailability(): Promise<CertificateAvailability> {
    return this.#ap.run((exchange) => readAvailability(exchange));
  }

  /** DER. Free on the plastic card; needs the PIN on a phone. */
  authCertificate(): Promise<Uint8Array> {
    return this.#certificate(AUTH_CERTIFICATE, "auth");
  }

  /**
   * DER, held as personal because it carries the 4情報. Needs the sign password.
   *
   * @throws CardError CARD_CERTIFICATE_MISSING on a card without one (platform-facts CR-27)
   */
  async signCertificate(): Promise<Personal<Uint8Array>> {
    return new Personal(await this.#certificate(SIGN_CERTIFICATE, "sign"));
  }

  /** DER. Free. */
  authCaCertificate(): Promise<Uint8Array> {
    return this.#certificate(AUTH_CA);
  }

  /** DER. Free. */
  signCaCertificate(): Promise<Uint8Array> {
    return this.#certificate(SIGN_CA);
  }

  /** 0 when blocked. Spends no try. */
  triesLeft(pin: JpkiPin): Promise<number> {
    return triesLeft(this.#ap, PINS[pin]);
  }

  /** @throws CardError as in `verifyPin` of pin.ts */
  verifyAuthPin(pin: Secret, options?: VerifyOptions): Promise<void> {
    return verifyPin(this.#ap, AUTH_PIN, pin, options);
  }

  /** Sent in upper case. @throws CardError as in `verifyPin` of pin.ts */
  verifySignPassword(password: Secret, options?: VerifyOptions): Promise<void> {
    return verifyPin(this.#ap, SIGN_PASSWORD, password, options);
  }

  /** Presents the current value once, then sets the next one. */
  changePin(pin: JpkiPin, current: Secret, next: Secret, options?: VerifyOptions): Promise<void> {
    return changePin(this.#ap, PINS[pin], current, next, options);
  }

  /** 電子利用者証明: RSASSA-PKCS1-v1_5, 256 bytes. Needs the auth PIN. */
  signWithAuthKey(input: ToSign): Promise<Uint8Array> {
    return this.#sign(AUTH_KEY, input);
  }

  /** 電子署名: RSASSA-PKCS1-v1_5, 256 bytes. Needs the sign password. */
  signWithSignKey(input: ToSign): Promise<Uint8Array> {
    return this.#sign(SIGN_KEY, input);
  }

  #certificate(certificate: CardFile, of?: JpkiPin): Promise<Uint8Array> {
    return this.#ap.run((exchange) => readCertificate(exchange, certificate, of, this.#reading));
  }

  async #sign(key: CardFile, input: ToSign): Promise<Uint8Array> {
    const purpose = { ja: `${key.label.ja}による署名`, en: `sign with the ${key.label.en}` };
    const digestInfo = digestInfoOf(input, purpose);
    return this.#ap.run(async (exchange) => {
      await selectFile(exchange, key);
      return computeSignature(exchange, KEY.inCurrentFile, digestInfo, purpose);
    });
  }
}

function file(id: number, ja: string, en: string): CardFile {
  return { id, label: { ja, en } };
}
