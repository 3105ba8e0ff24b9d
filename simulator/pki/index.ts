export { CertificateAuthority, type IssuedCredential } from "./authority.ts";
export type { IssuedCertificate } from "./authority-state.ts";
export { type CertificateView, readCertificate } from "./certificate.ts";
export { type ListEntry, makeCrl, type RevocationList, readCrl, verifyCrl } from "./crl.ts";
export type { RevokedEntry } from "./crl-reader.ts";
export { CRL_TYPE, CrlSource, type CrlSourceOptions } from "./crl-source.ts";
export { type ListHead, type ListStream, type RevokedColumns, writeList } from "./crl-writer.ts";
export {
  type CaIdentity,
  type Carrier,
  ENVIRONMENTS,
  type EnvironmentName,
  type Policies,
} from "./environment.ts";
export { CRL_FAULTS, type CrlFault, OCSP_FAULTS, type OcspFault } from "./fault-names.ts";
export type { ServiceWorld } from "./hierarchy.ts";
export type { AuthorityWorld, IssueRequest } from "./issuing.ts";
export { ageOn, birthdayAfter, endOfJstDay, jstDay, startOfJstDay } from "./jst.ts";
export { KeyPool, type KeySource } from "./key-pool.ts";
export type { ListScope } from "./list-extensions.ts";
export { type MaintenanceWindow, sundayMaintenance } from "./maintenance.ts";
export type { CertificateMunicipality } from "./names.ts";
export { OCSP_REQUEST_TYPE, OCSP_RESPONSE_TYPE, ocspRoutes } from "./ocsp-http.ts";
export {
  buildOcspRequest,
  type CertId,
  type CertIdHash,
  certIdOf,
  parseOcspRequest,
} from "./ocsp-request.ts";
export { ocspResponder, type Respond, type ResponderOptions } from "./ocsp-responder.ts";
export type { OcspError } from "./ocsp-response.ts";
export { type OcspSourceOptions, ocspSource } from "./ocsp-source.ts";
export { type OcspExpectation, verifyOcspResponse } from "./ocsp-verify.ts";
export { joinColumns, paddingEntries } from "./padding.ts";
export { type CertifiedPerson, type CertifiedText, certifiedText } from "./personal-data.ts";
export { Publication, type Snapshot } from "./publication.ts";
export { parseReason, REASON_CODE, type Revocation } from "./revocation.ts";
export { SerialCounter } from "./serials.ts";
export { JpkiService, type ServiceOptions } from "./service.ts";
export type { ServiceState } from "./service-state.ts";
export { inTurn } from "./sources.ts";
export type {
  CertificateKind,
  CertificateStatus,
  RevocationReason,
  StatusEvidence,
  StatusSource,
} from "./status.ts";
export { parseStored, storedBytes, storedDate, storedSerial, toStoredBytes } from "./stored.ts";
export { type StatusProblem, StatusUnavailable } from "./unavailable.ts";
export {
  carrierOf,
  kindOf,
  type ValidationOptions,
  type Verdict,
  validateCertificate,
} from "./validate.ts";
export type { Verifier, VerifierRegister } from "./verifiers.ts";
