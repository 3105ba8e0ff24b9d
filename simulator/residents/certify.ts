/**
 * The part of the counter that talks to the CAs: gets certificates for a card and reports what makes
 * them void.
 */
import type { CardCredential, CardSpec } from "../card/spec.ts";
import type {
  CertificateKind,
  JpkiService,
  Publication,
  Revocation,
  RevocationReason,
} from "../pki/index.ts";
import { CARD_ATR, type CardRecord, DEFAULT_PINS } from "./card.ts";
import type { CardPlan } from "./card-plan.ts";
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

/** Private keys of the certificates on a card, PKCS #8 DER. */
export interface CertifiedKeys {
  readonly auth: Uint8Array;
  readonly sign?: Uint8Array;
}

/**
 * Has a certificate made that ends on `lastDay`, YYYYMMDD, if the fifth birthday is not earlier.
 *
 * @param at now, unless a certificate from the past is wanted
 */
export async function certify(
  { authority }: Publication,
  resident: Resident,
  lastDay: string,
  at?: Date,
): Promise<NewCertificate> {
  const { serial, certificate, privateKey } = await authority.issue({
    municipality: municipalityOf(resident.municipalityCode),
    person: asCertifiedPerson(resident),
    cardExpiry: lastDay,
    ...(at && { at }),
  });
  return { serial, certificate, privateKey };
}

/** Certificates for a new card: by the CAs of the time they are issued at. */
export async function certifyCard(
  jpki: JpkiService,
  resident: Resident,
  lastDay: string,
  { sign, certifiedAt }: Pick<CardPlan, "sign" | "certifiedAt">,
): Promise<NewCertificates & { readonly auth: NewCertificate }> {
  const made = (kind: CertificateKind) =>
    certify(issuingAt(jpki, kind, certifiedAt), resident, lastDay, certifiedAt);
  const auth = await made("auth");
  return sign ? { auth, sign: await made("sign") } : { auth };
}

function issuingAt(jpki: JpkiService, kind: CertificateKind, at: Date | undefined): Publication {
  if (at === undefined) return jpki[kind];
  const founded = ({ authority }: Publication) => authority.certificate.notBefore <= at;
  return jpki.generations(kind).findLast(founded) ?? jpki[kind];
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
    authCaCertificate: jpki.authorityOf(auth.serial).certificate.der,
    signCaCertificate: (sign === undefined ? jpki.sign.authority : jpki.authorityOf(sign.serial))
      .certificate.der,
    ...(card.pinless && { pinless: true }),
    pins: sign === undefined ? pins : { ...pins, sign: signPin },
  };
}

/** The same for a card that was handed out: what would be written on it now. */
export function presentSpec(
  jpki: JpkiService,
  resident: Resident,
  card: CardRecord,
  keys: CertifiedKeys,
): CardSpec {
  const newest = (serials: readonly number[], privateKey: Uint8Array): NewCertificate => {
    // Nobody issued 0, which is what a card without any is refused for.
    const serial = serials.at(-1) ?? 0;
    const { certificate } = jpki.authorityOf(serial).find(serial);
    return { serial, certificate, privateKey };
  };
  const { auth, sign } = keys;
  return cardSpec(jpki, resident, card, {
    auth: newest(card.authSerials, auth),
    ...(sign && { sign: newest(card.signSerials, sign) }),
  });
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
