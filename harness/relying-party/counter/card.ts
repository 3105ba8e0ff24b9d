/**
 * The card on the window's reader: its 利用者証明用 certificate, which anybody could copy, and the proof
 * that the card itself is there with somebody who knows the PIN.
 */
import { randomBytes, verify, X509Certificate } from "node:crypto";
import { CardError, JpkiClient, type Secret } from "../../card/index.ts";
import { BenchError } from "../../errors.ts";
import type { Reader } from "../../reader/index.ts";

/** Why a card brought nothing; words.ts says what the clerk does about it. */
export type CardTrouble =
  | "noCard"
  | "noCertificate"
  | "pinWrong"
  | "pinLastTry"
  | "pinBlocked"
  | "pinFormat"
  | "otherCard"
  | "unreadable";

export class CardTroubleError extends Error {
  override readonly name = "CardTroubleError";
  readonly trouble: CardTrouble;
  readonly triesLeft: number | undefined;

  constructor(trouble: CardTrouble, cause: unknown, triesLeft?: number) {
    super(`the card on the window's reader: ${trouble}`, { cause });
    this.trouble = trouble;
    this.triesLeft = triesLeft;
  }
}

/** @throws CardTroubleError */
export function certificateOn(reader: Reader): Promise<Uint8Array> {
  return withCard(reader, async (jpki) => jpki.authCertificate());
}

/**
 * 電子利用者証明 over fresh random bytes. The PIN is presented once.
 *
 * @param certificate of the card that was asked about before
 * @throws CardTroubleError
 */
export async function provePresence(
  reader: Reader,
  certificate: Uint8Array,
  pin: Secret,
): Promise<void> {
  const challenge = new Uint8Array(randomBytes(32));
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", challenge));
  const signature = await withCard(reader, async (jpki) => {
    await jpki.verifyAuthPin(pin);
    return jpki.signWithAuthKey({ sha256 });
  });
  const { publicKey } = new X509Certificate(certificate);
  if (!verify("sha256", challenge, publicKey, signature)) {
    throw new CardTroubleError("otherCard", undefined);
  }
}

async function withCard<T>(reader: Reader, use: (jpki: JpkiClient) => Promise<T>): Promise<T> {
  try {
    await reader.open();
    const jpki = new JpkiClient(reader);
    await jpki.select();
    return await use(jpki);
  } catch (error) {
    throw asTrouble(error);
  } finally {
    await reader.close();
  }
}

const TROUBLES: Readonly<Partial<Record<string, CardTrouble>>> = {
  READER_NO_CARD: "noCard",
  CARD_CERTIFICATE_MISSING: "noCertificate",
  CARD_PIN_WRONG: "pinWrong",
  CARD_PIN_LAST_TRY: "pinLastTry",
  CARD_PIN_BLOCKED: "pinBlocked",
  CARD_PIN_FORMAT: "pinFormat",
};

function asTrouble(error: unknown): unknown {
  if (!(error instanceof BenchError)) return error;
  const triesLeft = error instanceof CardError ? error.triesLeft : undefined;
  return new CardTroubleError(TROUBLES[error.code] ?? "unreadable", error, triesLeft);
}
