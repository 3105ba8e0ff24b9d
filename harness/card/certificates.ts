/**
 * Certificates of the JPKI AP, and telling "this card has none" from "it could not be read"
 * (card-facts 2.1 and 7.3; platform-facts CR-27).
 */
import { SW } from "../../simulator/iso7816/index.ts";
import { CardError, dataError } from "./card-error.ts";
import type { CardFile } from "./card-file.ts";
import type { Exchange } from "./exchange.ts";
import { type ReadOptions, readDer, readExactly } from "./files.ts";
import { reading } from "./read-binary.ts";

const AVAILABILITY: CardFile = {
  id: 0x0008,
  label: { ja: "電子証明書の有無", en: "certificate availability" },
};

const PRESENT = 0x8f;
const ABSENT = 0x00;

export interface CertificateAvailability {
  readonly auth: boolean;
  readonly sign: boolean;
}

/** @throws CardError CARD_DATA_INVALID for a mark that is neither 8F nor 00 */
export async function readAvailability(exchange: Exchange): Promise<CertificateAvailability> {
  const [sign, auth] = await readExactly(exchange, AVAILABILITY, 3);
  return { auth: isPresent(auth), sign: isPresent(sign) };
}

/**
 * DER of the certificate in `file`.
 *
 * @param of the holder's certificate it is; undefined for a CA certificate, which is simply there
 * @throws CardError CARD_CERTIFICATE_MISSING when the file is not there, empty or filler, or when it
 * may not be read and the card says that it has none: then no PIN would help
 */
export async function readCertificate(
  exchange: Exchange,
  file: CardFile,
  of: keyof CertificateAvailability | undefined,
  options: ReadOptions,
): Promise<Uint8Array> {
  const certificate = await readDer(exchange, file, options).catch(async (error: unknown) => {
    if (of !== undefined && (await explainsAbsence(exchange, of, error))) return undefined;
    throw error;
  });
  if (certificate === undefined) throw missing(file);
  return certificate;
}

async function explainsAbsence(
  exchange: Exchange,
  of: keyof CertificateAvailability,
  error: unknown,
): Promise<boolean> {
  const sw = error instanceof CardError ? error.sw : undefined;
  if (sw !== SW.FILE_NOT_FOUND && sw !== SW.SECURITY_STATUS) return false;
  const available = await readAvailability(exchange).catch(() => undefined);
  // Without an answer the AP itself may be gone, after a reset for example.
  if (available === undefined) return false;
  return sw === SW.FILE_NOT_FOUND || !available[of];
}

// UNVERIFIED: 8F was measured on cards with both certificates; 00 for "none" is the guess of one
// client's unit test. Any other value is refused rather than guessed at.
function isPresent(mark: number | undefined): boolean {
  if (mark === PRESENT) return true;
  if (mark === ABSENT) return false;
  const hex = mark?.toString(16).toUpperCase();
  throw dataError(reading(AVAILABILITY), { ja: `未知の値 ${hex}`, en: `unknown mark ${hex}` });
}

function missing(file: CardFile): CardError {
  return new CardError("CARD_CERTIFICATE_MISSING", {
    purpose: reading(file),
    finding: { ja: "証明書なし（未発行）", en: "this card carries none" },
  });
}
