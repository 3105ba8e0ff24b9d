/**
 * What the card-reading software of MKPF 類型① does with a card (platform-facts 1.3 and 3.2): with PINs at
 * a registration; without PIN in かざし利用, where the card has to prove that it is genuine.
 */

import type { Challenge } from "../../card/index.ts";
import { CardError, JpkiClient, Secret, TextApClient, VisualApClient } from "../../card/index.ts";
import type { CounterRegistration } from "../../platform/index.ts";
import type { Reader } from "../../reader/index.ts";
import type { PinName } from "../pins.ts";

/** A card on the reader, whose holder knows its PINs. `CardInHand` of a scenario is one. */
export interface PresentedCard {
  readonly reader: Reader;
  pin(name: PinName): Secret;
}

/** DER of the 利用者証明用 certificate, which needs no PIN. */
export async function readCertificate(card: PresentedCard): Promise<Uint8Array> {
  const jpki = new JpkiClient(card.reader);
  await jpki.select();
  return jpki.authCertificate();
}

/** Signs a challenge after the 利用者証明用 PIN (電子利用者証明). */
export async function prove(card: PresentedCard, challenge: Uint8Array) {
  const jpki = new JpkiClient(card.reader);
  await jpki.select();
  const certificate = await jpki.authCertificate();
  await jpki.verifyAuthPin(card.pin("auth"));
  const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(challenge)));
  return { jpki, certificate, signature: await jpki.signWithAuthKey({ sha256 }) };
}

/** The 4情報 after the 券面事項入力補助用 PIN. Never trace the result. */
export async function readAttributes(card: PresentedCard) {
  const text = new TextApClient(card.reader);
  await text.select();
  await text.verifyPin(card.pin("text"));
  return (await text.attributes()).reveal();
}

/** Signs the visit's challenge and reads the 4情報. Never trace the result. */
export async function readForRegistration(
  card: PresentedCard,
  challenge: Uint8Array,
): Promise<CounterRegistration> {
  const { certificate, signature } = await prove(card, challenge);
  return { certificate, signature, ...(await readAttributes(card)) };
}

/**
 * 券面事項確認APの内部認証.
 *
 * @param birthDateKey 生年月日PIN, as MKPF tells it
 * @throws CardError for anything but a card that could not prove itself
 */
export async function provesGenuine(
  card: PresentedCard,
  birthDateKey: string,
  challenge: Challenge,
): Promise<boolean> {
  const visual = new VisualApClient(card.reader);
  await visual.select();
  await visual.verifyBirthDate(new Secret(birthDateKey));
  try {
    await visual.authenticateCard(challenge);
    return true;
  } catch (error) {
    if (error instanceof CardError && error.code === "CARD_NOT_GENUINE") return false;
    throw error;
  }
}
