/**
 * The part of the counter that talks to the CAs: gets certificates for a card and reports what makes
 * them void.
 */
import type { CardCredential, CardSpec } from "../card/spec.ts";
import type { JpkiService, Publication, Revocation, RevocationReason } from "../pki/index.ts";
import { CARD_ATR, type CardRecord, DEFAULT_PINS } from "./card.ts";
import { presentHoldings } from "./holdings.ts";
import { municipalityOf } from "./municipalities.ts";
import type { ResidentFile } from "./office-state.ts";
import type { Consequences } from "./reasons.ts";
import { asCardHolder, asCertifiedPerson, type Resident } from "./resident.ts";

/** Fresh certificates for a card; a kind that was not asked for is absent. */
export interface NewCertificates {
  readonly auth?: NewCertificate;
  readonly sign?: NewCertificate;
}

export interface NewCertificate extends CardCredential {
  readonly serial: number;
}

/** Has a certificate made that ends on `lastDay`, YYYYMMDD, if the fifth birthday is not earlier. */
export async function certify(
  { authority }: Publication,
  resident: Resident,
  lastDay: string,
): Promise<NewCertificate> {
  const { serial, certificate, privateKey } = await authority.issue({
    municipality: municipalityOf(resident.municipalityCode),
    person: asCertifiedPerson(resident),
    cardExpiry: lastDay,
  });
  return { serial, certificate, privateKey };
}

/** The card with new certificates on record, each after the ones it follows. */
export function withCertificates(card: CardRecord, { auth, sign }: NewCertificates): CardRecord {
  return {
    ...card,
    authSerials: auth === undefined ? card.authSerials : [...card.authSerials, auth.serial],
    signSerials: sign === undefined ? card.signSerials : [...card.signSerials, sign.serial],
  };
}

/** Everything personalisation needs. */
export function cardSpec(
  jpki: JpkiService,
  resident: Resident,
  card: CardRecord,
  { auth, sign }: NewCertificates & { readonly auth: NewCertificate },
): CardSpec {
  const { sign: signPin, ...pins } = DEFAULT_PINS;
  return {
    atr: CARD_ATR,
    holder: asCardHolder(resident),
    municipalityCode: resident.municipalityCode,
    expiry: card.expiry,
    securityCode: card.securityCode,
    tokenSerial: card.tokenSerial,
    auth: bare(auth),
    ...(sign && { sign: bare(sign) }),
    authCaCertificate: jpki.auth.authority.certificate.der,
    signCaCertificate: jpki.sign.authority.certificate.der,
    pins: sign === undefined ? pins : { ...pins, sign: signPin },
  };
}

/** Revokes the certificates in use; one that is already void for good stays as it is. */
export function applyConsequences(
  jpki: JpkiService,
  file: ResidentFile,
  consequences: Consequences,
): Revocation[] {
  const { only } = consequences;
  return presentHoldings(file).flatMap(({ carrier, kind, serial }) => {
    const reason = consequences[kind];
    if (reason === undefined || (only !== undefined && carrier !== only)) return [];
    const authority = jpki.authorityOf(serial);
    if (!canBecome(authority.revocation(serial), reason)) return [];
    return [authority.revoke(serial, reason)];
  });
}

function canBecome(earlier: Revocation | undefined, reason: RevocationReason): boolean {
  if (earlier === undefined) return true;
  return earlier.reason === "certificateHold" && reason !== "certificateHold";
}

function bare({ certificate, privateKey }: CardCredential): CardCredential {
  return { certificate, privateKey };
}
