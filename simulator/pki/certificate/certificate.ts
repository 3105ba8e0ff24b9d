/**
 * Certificates as their readers see them (RFC 5280 section 4.1), over pkijs. Names stay DER: they are
 * compared byte by byte.
 */
import type { BitString, OctetString } from "asn1js";
import {
  type AuthorityKeyIdentifier,
  type BasicConstraints,
  Certificate,
  type CertificatePolicies,
  type Extension,
  type ExtKeyUsage,
  type InfoAccess,
} from "pkijs";
import { SimulatorError } from "../../errors.ts";
import { decode, encode } from "../der/asn1.ts";
import { OID } from "../der/oids.ts";
import { verifySignature } from "../keys/keys.ts";
import { distributionPointsIn } from "./distribution-points.ts";
import { extensionValue } from "./extension-value.ts";
import { KEY_USAGE_BIT, type KeyUsage } from "./extensions.ts";

/** What was signed, how and with which result: certificates, lists and OCSP answers alike. */
export interface Signed {
  readonly toBeSigned: Uint8Array;
  /** Object identifier of the signature algorithm. */
  readonly algorithm: string;
  readonly signature: Uint8Array;
}

export interface CertificateView extends Signed {
  readonly der: Uint8Array;
  readonly serial: bigint;
  /** Distinguished names, DER. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** SubjectPublicKeyInfo DER. */
  readonly publicKey: Uint8Array;
  readonly keyIdentifier?: Uint8Array;
  /** Key identifier of the issuer. */
  readonly authorityKeyIdentifier?: Uint8Array;
  readonly isCa: boolean;
  /** Absent when the certificate does not say what its key is for. */
  readonly keyUsages?: readonly KeyUsage[];
  /** Object identifiers. */
  readonly criticalExtensions: readonly string[];
  readonly policies: readonly string[];
  readonly extendedKeyUsages: readonly string[];
  /** Whether id-pkix-ocsp-nocheck is there. */
  readonly ocspNoCheck: boolean;
  readonly ocspUrl?: string;
  /** Directory entries its CRLDistributionPoints name, DER. */
  readonly distributionPoints: readonly Uint8Array[];
}

/** @throws SimulatorError PKI_INVALID when the bytes are not one certificate and nothing more */
export function readCertificate(der: Uint8Array): CertificateView {
  const certificate = parse(der);
  const extensions = certificate.extensions ?? [];
  const value = extensionValues(extensions);
  const keyUsages = keyUsagesOf(value<BitString>(OID.keyUsage));
  const keyIdentifier = octetsOf(value<OctetString>(OID.subjectKeyIdentifier));
  const authority = value<AuthorityKeyIdentifier>(OID.authorityKeyIdentifier);
  const authorityKeyIdentifier = octetsOf(authority?.keyIdentifier);
  const issuer = new Uint8Array(certificate.issuer.valueBeforeDecode);
  const points = contentOf(extensions, OID.crlDistributionPoints);
  const ocspUrl = ocspUrlOf(value<InfoAccess>(OID.authorityInfoAccess));
  return {
    der,
    toBeSigned: certificate.tbsView,
    algorithm: signatureAlgorithm(certificate),
    signature: certificate.signatureValue.valueBlock.valueHexView,
    serial: certificate.serialNumber.toBigInt(),
    issuer,
    subject: new Uint8Array(certificate.subject.valueBeforeDecode),
    notBefore: certificate.notBefore.value,
    notAfter: certificate.notAfter.value,
    publicKey: encode(certificate.subjectPublicKeyInfo.toSchema()),
    criticalExtensions: extensions.filter(({ critical }) => critical).map(({ extnID }) => extnID),
    isCa: value<BasicConstraints>(OID.basicConstraints)?.cA ?? false,
    policies: policiesOf(value<CertificatePolicies>(OID.certificatePolicies)),
    extendedKeyUsages: value<ExtKeyUsage>(OID.extendedKeyUsage)?.keyPurposes ?? [],
    ocspNoCheck: extensions.some((one) => one.extnID === OID.ocspNoCheck),
    distributionPoints: points === undefined ? [] : distributionPointsIn(points, issuer),
    ...(keyUsages && { keyUsages }),
    ...(keyIdentifier && { keyIdentifier }),
    ...(authorityKeyIdentifier && { authorityKeyIdentifier }),
    ...(ocspUrl !== undefined && { ocspUrl }),
  };
}

/** Whether the signature is that of `publicKey`; JPKI signs with sha256WithRSAEncryption only. */
export function isSignedBy(signed: Signed, publicKey: Uint8Array): boolean {
  return (
    signed.algorithm === OID.sha256WithRsa &&
    verifySignature(publicKey, signed.toBeSigned, signed.signature)
  );
}

function parse(der: Uint8Array): Certificate {
  const schema = decode(der, "certificate");
  try {
    return new Certificate({ schema });
  } catch (cause) {
    throw new SimulatorError("PKI_INVALID", "this is no certificate", { cause });
  }
}

function signatureAlgorithm(certificate: Certificate): string {
  const outer = certificate.signatureAlgorithm.algorithmId;
  const inner = certificate.signature.algorithmId;
  if (outer === inner) return outer;
  throw new SimulatorError("PKI_INVALID", `it says both ${inner} and ${outer} signed it`);
}

/** A look-up of parsed extension values by identifier. */
function extensionValues(extensions: readonly Extension[]): <T>(type: string) => T | undefined {
  const types = extensions.map((extension) => extension.extnID);
  const twice = types.find((type, i) => types.indexOf(type) !== i);
  if (twice !== undefined) {
    throw new SimulatorError("PKI_INVALID", `the certificate has extension ${twice} twice`);
  }
  return <T>(type: string) => {
    const extension = extensions.find((one) => one.extnID === type);
    return extension && extensionValue<T>(extension);
  };
}

function octetsOf(block: OctetString | undefined): Uint8Array | undefined {
  return block?.valueBlock.valueHexView;
}

function keyUsagesOf(value: BitString | undefined): KeyUsage[] | undefined {
  if (value === undefined) return undefined;
  const byte = value.valueBlock.valueHexView[0] ?? 0;
  return (Object.keys(KEY_USAGE_BIT) as KeyUsage[]).filter((usage) => byte & KEY_USAGE_BIT[usage]);
}

function policiesOf(policies: CertificatePolicies | undefined): string[] {
  return policies?.certificatePolicies.map((one) => one.policyIdentifier) ?? [];
}

function ocspUrlOf(access: InfoAccess | undefined): string | undefined {
  const found = access?.accessDescriptions.find((one) => one.accessMethod === OID.ocsp);
  return found?.accessLocation.type === URI ? found.accessLocation.value : undefined;
}

/** GeneralName choice. */
const URI = 6;

/** The value of an extension, DER. */
function contentOf(extensions: readonly Extension[], type: string): Uint8Array | undefined {
  const extension = extensions.find((one) => one.extnID === type);
  return extension && new Uint8Array(extension.extnValue.valueBlock.valueHexView);
}
