/** Whether the card in a reader is the declared test card: by what it says itself, never by trust. */
import { cardIdentity } from "../card/card-identity.ts";
import { JpkiClient } from "../card/jpki-client.ts";
import { BenchError } from "../errors.ts";
import type { Reader } from "../reader/reader.ts";

/**
 * Reads the card's identity, and leaves another application selected.
 *
 * @returns undefined for a card that does not tell, such as a telephone before its PIN
 * @throws BenchError when the reader fails
 */
export async function identify(reader: Reader): Promise<string | undefined> {
  const jpki = new JpkiClient(reader);
  try {
    await jpki.select();
    return cardIdentity(await jpki.authCertificate());
  } catch (error) {
    if (error instanceof BenchError && error.code.startsWith("CARD_")) return undefined;
    throw error;
  }
}
