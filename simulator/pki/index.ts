/**
 * JPKI itself, and what relying parties know of it. The only door of this room, whose parts are:
 *
 * - `der`: the encoding (X.690); `keys`: RSA keys and where they are kept.
 * - `certificate`: what stands in certificates and how they are read (card-facts section 7).
 * - `authority`: the CAs, what they issued and revoked, and when the world gets to see it.
 * - `crl` and `ocsp`: both ways of asking about a certificate, as written and as read.
 * - `service`: all of it behind HTTP; `faults`: everything that can be made wrong with it.
 * - `validation`: how a relying party decides (platform-facts section 5).
 */
export { CertificateAuthority, type IssuedCredential } from "./authority/authority.ts";
export type { ServiceWorld } from "./authority/hierarchy.ts";
export type { AuthorityWorld, IssueRequest } from "./authority/issuing.ts";
export { Publication, type Snapshot } from "./authority/publication.ts";
export { parseReason, REASON_CODE, type Revocation } from "./authority/revocation.ts";
export { SerialCounter } from "./authority/serials.ts";
export type { IssuedCertificate } from "./authority/state.ts";
export { type CertificateView, readCertificate } from "./certificate/certificate.ts";
export type { CertificateMunicipality } from "./certificate/names.ts";
export {
  type CertifiedPerson,
  type CertifiedText,
  certifiedText,
  MAX_ADDRESS,
} from "./certificate/personal-data.ts";
export { type ListEntry, makeCrl, type RevocationList, readCrl, verifyCrl } from "./crl/crl.ts";
export type { ListScope } from "./crl/list-extensions.ts";
export { joinColumns, MAX_PADDING, type PaddingTime, paddingEntries } from "./crl/padding.ts";
export type { RevokedEntry } from "./crl/reader.ts";
export { type ListHead, type ListStream, type RevokedColumns, writeList } from "./crl/writer.ts";
export {
  type CaIdentity,
  type Carrier,
  ENVIRONMENTS,
  type EnvironmentName,
  type Policies,
} from "./environment.ts";
export { CRL_FAULTS, type CrlFault, OCSP_FAULTS, type OcspFault } from "./faults/names.ts";
export { ageOn, birthdayAfter, endOfJstDay, jstDay, startOfJstDay } from "./jst.ts";
export { KeyPool, type KeySource } from "./keys/key-pool.ts";
export { OCSP_RESPONSE_TYPE } from "./ocsp/caching.ts";
export { OCSP_REQUEST_TYPE, ocspRoutes } from "./ocsp/http.ts";
export {
  buildOcspRequest,
  type CertId,
  type CertIdHash,
  certIdOf,
  parseOcspRequest,
} from "./ocsp/request.ts";
export { ocspResponder, type Respond, type ResponderOptions } from "./ocsp/responder.ts";
export type { OcspError } from "./ocsp/response.ts";
export { type OcspExpectation, verifyOcspResponse } from "./ocsp/verify.ts";
export { type MaintenanceWindow, sundayMaintenance } from "./service/maintenance.ts";
export { JpkiService, type ServiceOptions } from "./service/service.ts";
export type { ServiceState } from "./service/state.ts";
export type { Verifier, VerifierRegister } from "./service/verifiers.ts";
export type {
  CertificateKind,
  CertificateStatus,
  RevocationReason,
  StatusEvidence,
  StatusSource,
} from "./status.ts";
export { parseStored, storedBytes, storedDate, storedSerial, toStoredBytes } from "./stored.ts";
export { CRL_TYPE, CrlSource, type CrlSourceOptions } from "./validation/crl-source.ts";
export { type OcspSourceOptions, ocspSource } from "./validation/ocsp-source.ts";
export { inTurn } from "./validation/sources.ts";
export { type StatusProblem, StatusUnavailable } from "./validation/unavailable.ts";
export {
  carrierOf,
  kindOf,
  type ValidationOptions,
  type Verdict,
  validateCertificate,
} from "./validation/validate.ts";
