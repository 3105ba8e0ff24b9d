/**
 * Distinguished names of the hierarchy (card-facts sections 7.1 to 7.3): country in PrintableString,
 * everything else in UTF8String, one attribute an RDN. Wherever the real names say who the issuer
 * is, these say that it is a test.
 */
import { type Asn1, oid, printable, sequence, set, utf8 } from "./asn1.ts";
import { OID } from "./oids.ts";
import type { CertificateKind } from "./status.ts";

/** 市区町村, as certificates name it. */
export interface CertificateMunicipality {
  /** Five digits, without the check digit. */
  readonly code: string;
  /** Romanised, for example `Tokyo-to`. */
  readonly prefecture: string;
  /** Romanised, for example `Chiyoda-ku`. */
  readonly municipality: string;
}

export const TEST_ORGANIZATION = "JPKI-TEST";
export const PRODUCTION_ORGANIZATION = "JPKI";

const JAPAN = attribute(OID.country, printable("JP"));

const UNIT = { auth: "JPKI for user authentication", sign: "JPKI for digital signature" } as const;
const OPERATOR = "Japan Agency for Local Authority Information Systems";

const SERVICE_JA = "公的個人認証サービス（試験用）";
const UNIT_JA = {
  auth: "公的個人認証サービス利用者証明用（試験用）",
  sign: "公的個人認証サービス署名用（試験用）",
} as const;
const OPERATOR_JA = "地方公共団体情報システム機構（試験用）";

/** The name of a CA; every generation of it has the same. */
export function caName(kind: CertificateKind, organization = TEST_ORGANIZATION): Asn1 {
  return name(JAPAN, o(organization), ou(UNIT[kind]), ou(OPERATOR));
}

/** The Japanese name of a CA, for SubjectAltName and IssuerAltName. */
export function caNameJa(kind: CertificateKind): Asn1 {
  return name(JAPAN, o(SERVICE_JA), ou(UNIT_JA[kind]), ou(OPERATOR_JA));
}

/** Where the list for one municipality's certificates hangs in the directory. */
export function distributionPointName(
  kind: CertificateKind,
  place: CertificateMunicipality,
  organization = TEST_ORGANIZATION,
): Asn1 {
  return name(
    JAPAN,
    o(organization),
    ou(UNIT[kind]),
    ou("CRL Distribution Points"),
    ou(place.prefecture),
    cn(`${place.municipality} CRLDP`),
  );
}

/** Subject of a 利用者証明用 certificate: an identifier and nothing about the person. */
export function authSubject(commonName: string): Asn1 {
  return name(JAPAN, cn(commonName));
}

/** Subject of a 署名用 certificate. */
export function signSubject(place: CertificateMunicipality, commonName: string): Asn1 {
  const locality = (value: string) => attribute(OID.locality, utf8(value));
  return name(JAPAN, locality(place.prefecture), locality(place.municipality), cn(commonName));
}

/** Subject of the certificate an OCSP responder signs with. */
export function responderName(kind: CertificateKind): Asn1 {
  return name(JAPAN, o(TEST_ORGANIZATION), ou(UNIT[kind]), cn("OCSP Responder"));
}

function name(...attributes: Asn1[]): Asn1 {
  return sequence(...attributes.map((one) => set(one)));
}

function attribute(type: string, value: Asn1): Asn1 {
  return sequence(oid(type), value);
}

function o(value: string) {
  return attribute(OID.organization, utf8(value));
}

function ou(value: string) {
  return attribute(OID.organizationalUnit, utf8(value));
}

function cn(value: string) {
  return attribute(OID.commonName, utf8(value));
}
