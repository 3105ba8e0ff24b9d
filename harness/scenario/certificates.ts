/** Reads the holder's certificates, as most scenarios begin. */
import { JpkiClient } from "../card/index.ts";
import type { CardInHand } from "./card-in-hand.ts";

/** DER of the 利用者証明用 certificate, which a card gives freely. */
export async function authCertificateOf(card: CardInHand): Promise<Uint8Array> {
  const jpki = new JpkiClient(card.reader);
  await jpki.select();
  return jpki.authCertificate();
}

/** DER of the 署名用 certificate, which needs the sign password. It carries the 4情報. */
export async function signCertificateOf(card: CardInHand): Promise<Uint8Array> {
  const jpki = new JpkiClient(card.reader);
  await jpki.select();
  await jpki.verifySignPassword(card.pin("sign"));
  return (await jpki.signCertificate()).reveal();
}
