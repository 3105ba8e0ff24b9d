/**
 * The CA as the certificates it hands out name it. All of one CA and one municipality say the same of
 * it, in the same five extensions, so those are made once: handing out cards is as fast as this is.
 */
import type { Asn1 } from "../der/asn1.ts";
import type { OwnCaIdentity } from "../environment.ts";
import {
  authorityInfoAccess,
  authorityKeyIdentifier,
  certificatePolicies,
  crlDistributionPoint,
  directoryName,
  issuerAltName,
} from "./extensions.ts";
import { type CertificateMunicipality, caNameJa, distributionPointName } from "./names.ts";

/** The CA as its end-entity certificates name it. */
export interface Issuer {
  readonly identity: OwnCaIdentity;
  readonly name: Asn1;
  /** Serial number of the CA's own certificate. */
  readonly serial: number;
  readonly keyIdentifier: Uint8Array;
  /** Policy of the certificates it issues. */
  readonly policy: string;
  readonly cpsUrl: string;
  /** Address of its OCSP responder. */
  readonly ocspUrl: string;
}

const made = new WeakMap<Issuer, Map<string, readonly Asn1[]>>();

/** In the order in which both kinds of certificate have them (card-facts sections 7.2 and 7.3). */
export function issuerExtensions(
  issuer: Issuer,
  municipality: CertificateMunicipality,
): readonly Asn1[] {
  const known = made.get(issuer) ?? new Map<string, readonly Asn1[]>();
  made.set(issuer, known);
  const place = Object.values(municipality).join("/");
  const extensions = known.get(place) ?? makeExtensions(issuer, municipality);
  known.set(place, extensions);
  return extensions;
}

function makeExtensions(issuer: Issuer, municipality: CertificateMunicipality): readonly Asn1[] {
  return [
    certificatePolicies(issuer.policy, issuer.cpsUrl),
    issuerAltName(directoryName(caNameJa(issuer.identity))),
    crlDistributionPoint(distributionPointName(issuer.identity, municipality)),
    authorityInfoAccess(issuer.ocspUrl),
    authorityKeyIdentifier(issuer),
  ];
}
