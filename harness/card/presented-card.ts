/**
 * A card that its holder presents, and what software at a counter or on a phone does with it
 * (platform-facts 1.3 and 3.2): read, sign after a PIN, or without one prove that it is genuine.
 */
import type { Reader } from "../reader/reader.ts";
import type { Challenge } from "./card-authenticity.ts";
import { CardError } from "./card-error.ts";
import { JpkiClient } from "./jpki-client.ts";
import type { PinName } from "./pin-name.ts";
import { sha256 } from "./rsa-key.ts";
import { Secret } from "./secret.ts";
import { TextApClient } from "./text-ap-client.ts";
import { VisualApClient } from "./visual-ap-client.ts";

/** A card on an open reader, whose holder knows its PINs. `CardInHand` of a scenario is one. */
export interface PresentedCard {
  readonly reader: Reader;
  pin(name: PinName): Secret;
}

/** DER of the 利用者証明用 certificate, which a card gives freely. */
export async function authCertificateOf({
  reader,
}: Pick<PresentedCard, "reader">): Promise<Uint8Array> {
  const jpki = new JpkiClient(reader);
  await jpki.select();
  return jpki.authCertificate();
}

/** DER of the 署名用 certificate, which needs the sign password. It carries the 4情報. */
export async function signCertificateOf(card: PresentedCard): Promise<Uint8Array> {
  const jpki = new JpkiClient(card.reader);
  await jpki.select();
  await jpki.verifySignPassword(card.pin("sign"));
  return (await jpki.signCertificate()).reveal();
}

/** Signs a challenge after the 利用者証明用 PIN (電子利用者証明). */
export async function prove(card: PresentedCard, challenge: Uint8Array) {
  const jpki = new JpkiClient(card.reader);
  await jpki.select();
  const certificate = await jpki.authCertificate();
  await jpki.verifyAuthPin(card.pin("auth"));
  return {
    jpki,
    certificate,
    signature: await jpki.signWithAuthKey({ sha256: sha256(challenge) }),
  };
}

/** The 4情報 after the 券面事項入力補助用 PIN. Never trace the result. */
export async function readAttributes(card: PresentedCard) {
  const text = new TextApClient(card.reader);
  await text.select();
  await text.verifyPin(card.pin("text"));
  return (await text.attributes()).reveal();
}

/** Signs a challenge and reads the 4情報. Never trace the result. */
export async function readForRegistration(card: PresentedCard, challenge: Uint8Array) {
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
  { reader }: Pick<PresentedCard, "reader">,
  birthDateKey: string,
  challenge: Challenge,
): Promise<boolean> {
  const visual = new VisualApClient(reader);
  await visual.select();
  await visual.verifyBirthDate(new Secret(birthDateKey));
  return isGenuine(visual, challenge);
}

/** With the 生年月日PIN verified. @throws CardError for anything but a card that could not prove itself */
export async function isGenuine(visual: VisualApClient, challenge: Challenge): Promise<boolean> {
  try {
    await visual.authenticateCard(challenge);
    return true;
  } catch (error) {
    if (error instanceof CardError && error.code === "CARD_NOT_GENUINE") return false;
    throw error;
  }
}
