/**
 * Distinguished names of the hierarchy (card-facts sections 7.1 to 7.3): country in PrintableString,
 * everything else in UTF8String, one attribute an RDN. Wherever the real names say who the issuer
 * is, these say that it is a test.
 */
import { type Asn1, oid, printable, sequence, set, utf8 } from "../der/asn1.ts";
import { OID } from "../der/oids.ts";
import { type CaIdentity, ENVIRONMENTS } from "../environment.ts";

/** 市区町村, as certificates name it. */
export interface CertificateMunicipality {
  /** Five digits, without the check digit. */
  readonly code: string;
  /** Romanised, for example `Tokyo-to`. */
  readonly prefecture: string;
  /** Romanised, for example `Chiyoda-ku`. */
  readonly municipality: string;
}

const JAPAN = attribute(OID.country, printable("JP"));
const OPERATOR = "Japan Agency for Local Authority Information Systems";

/**
 * UNVERIFIED: smartphone certificates come from CAs of their own, which are named like this; their
 * profile is not public.
 */
const UNIT = {
  card: { auth: "JPKI for user authentication", sign: "JPKI for digital signature" },
  smartphone: {
    auth: "JPKI for user authentication on smartphone",
    sign: "JPKI for digital signature on smartphone",
  },
} as const;

const UNIT_JA = {
  card: { auth: "公的個人認証サービス利用者証明用", sign: "公的個人認証サービス署名用" },
  smartphone: {
    auth: "公的個人認証サービススマートフォン利用者証明用",
    sign: "公的個人認証サービススマートフォン署名用",
  },
} as const;

/** The name of a CA; every generation of it has the same. */
export function caName(ca: CaIdentity): Asn1 {
  return name(JAPAN, ...organization(ca), ou(OPERATOR));
}

/** The Japanese name of a CA, for SubjectAltName and IssuerAltName. */
export function caNameJa({ kind, carrier, environment }: CaIdentity): Asn1 {
  const { noteJa } = ENVIRONMENTS[environment];
  return name(
    JAPAN,
    o(`公的個人認証サービス${noteJa}`),
    ou(`${UNIT_JA[carrier][kind]}${noteJa}`),
    ou(`地方公共団体情報システム機構${noteJa}`),
  );
}

/** Where the list for one municipality's certificates hangs in the directory. */
export function distributionPointName(ca: CaIdentity, place: CertificateMunicipality): Asn1 {
  return name(
    JAPAN,
    ...organization(ca),
    ou("CRL Distribution Points"),
    ou(place.prefecture),
    cn(`${place.municipality} CRLDP`),
  );
}

/** Subject of the certificate an OCSP responder signs with. */
export function responderName(ca: CaIdentity): Asn1 {
  return name(JAPAN, ...organization(ca), cn("OCSP Responder"));
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

function organization({ kind, carrier, environment }: CaIdentity): Asn1[] {
  return [o(ENVIRONMENTS[environment].organization), ou(UNIT[carrier][kind])];
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
