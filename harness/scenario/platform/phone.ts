/**
 * A phone with the app for test cards: reads the card that is held to it, as far as the service has
 * asked and the holder enters PINs (platform-facts 4.5).
 */
import type { JpkiClient } from "../../card/index.ts";
import { type PresentedCard, prove, readAttributes } from "../../card/presented-card.ts";
import type { CardPresentation } from "../../platform/index.ts";

export interface AppAsk {
  /** What proves that the card is there. */
  readonly challenge: Uint8Array;
  /** Whether 4情報 are to be read, which needs the 券面事項入力補助用 PIN. */
  readonly attributes: boolean;
  /** DigestInfo to be signed with the 署名用 key; empty for 認証API. */
  readonly toSign: Uint8Array;
}

/** @throws CardError as the card answers */
export async function readByApp(
  card: PresentedCard,
  { challenge, attributes, toSign }: AppAsk,
): Promise<CardPresentation> {
  const { jpki, ...proof } = await prove(card, challenge);
  const signed = toSign.length === 0 ? undefined : await sign(jpki, card, toSign);
  return {
    ...proof,
    ...(signed && { signed }),
    ...(attributes && { attributes: await readAttributes(card) }),
  };
}

async function sign(jpki: JpkiClient, card: PresentedCard, toSign: Uint8Array) {
  await jpki.verifySignPassword(card.pin("sign"));
  const certificate = (await jpki.signCertificate()).reveal();
  return { certificate, signature: await jpki.signWithSignKey(toSign) };
}
