/**
 * かざし利用 as a whole (platform-facts 3.3 steps ②④⑤): a certificate without PIN, somebody registered
 * under it, and a card that proves itself genuine. A certificate alone can be copied, so it is given
 * to nobody before the card has proved itself. Loaded by pages, too.
 */
import { ClientSoftwareError } from "./error.ts";

/** What is needed of the software: `Kazashi` of a page fits, and `ClientSoftware` with a few words. */
export interface TouchedCard<Certificate> {
  certificate(): Promise<Certificate>;
  proveGenuine(birthDateKey: string): Promise<boolean>;
}

/**
 * Who registered with PIN before: MKPF, or another 大臣認定 service.
 *
 * @returns the 生年月日PIN to open the card with; undefined for somebody who is not registered
 */
export type RegistrationLookup<Certificate> = (
  certificate: Certificate,
) => Promise<string | undefined>;

/**
 * @returns the certificate of a genuine card of somebody registered; its validity is still to be checked
 * @throws ClientSoftwareError registrationRequired, birthDateMismatch, notGenuine and those of the card
 */
export async function touch<Certificate>(
  card: TouchedCard<Certificate>,
  lookUp: RegistrationLookup<Certificate>,
): Promise<Certificate> {
  const certificate = await card.certificate();
  const birthDateKey = await lookUp(certificate);
  if (birthDateKey === undefined) throw new ClientSoftwareError("registrationRequired");
  if (await card.proveGenuine(birthDateKey)) return certificate;
  throw new ClientSoftwareError("notGenuine");
}
