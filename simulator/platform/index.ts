/** The emulated platforms. Each is a Fastify plugin for a server of its own; see their folders. */
export type { ConsentState, Consents } from "./attribute-provision/consents.ts";
export {
  type AttributeProvision,
  type AttributeProvisionState,
  createAttributeProvision,
  type PopulationRegister,
} from "./attribute-provision/index.ts";
export {
  type AttributeProvisionProfile,
  parseAttributeProvisionProfile,
} from "./attribute-provision/profile.ts";
export type { Attributes } from "./attributes.ts";
export type { CardAtTerminal, CardDirectory, KnownCard } from "./card-ap-loader/card-directory.ts";
export {
  type CardApLoader,
  type CardApLoaderOptions,
  createCardApLoader,
} from "./card-ap-loader/index.ts";
export type {
  ApplicationRegistration,
  OperatorAccess,
  OperatorRegistration,
} from "./card-ap-loader/operators.ts";
export {
  type CardApLoaderProfile,
  DEFAULT_CARD_AP_LOADER_PROFILE,
  parseCardApLoaderProfile,
} from "./card-ap-loader/profile.ts";
export type { CardApLoaderState } from "./card-ap-loader/state.ts";
export type {
  Carrier,
  CertificateChecker,
  CheckMethod,
  CheckRequest,
  SettledVerdict,
} from "./checker.ts";
export type { IdTokenFault } from "./digital-auth-app/id-token.ts";
export {
  createDigitalAuthApp,
  type DigitalAuthApp,
  type DigitalAuthOptions,
} from "./digital-auth-app/index.ts";
export type { Outcome } from "./digital-auth-app/outcomes.ts";
export {
  DEFAULT_DIGITAL_AUTH_PROFILE,
  type DigitalAuthProfile,
  parseDigitalAuthProfile,
} from "./digital-auth-app/profile.ts";
export type {
  RelyingParty,
  RelyingPartyRegistration,
} from "./digital-auth-app/relying-parties.ts";
export type { DigitalAuthSeen } from "./digital-auth-app/seen.ts";
export type { DigitalAuthState } from "./digital-auth-app/state.ts";
export type { TestCard, TestCards } from "./digital-auth-app/test-cards.ts";
export type { AnswerEvidence } from "./evidence.ts";
export type { PlatformFault } from "./fault.ts";
export { PLATFORM_FAULTS, type PlatformFaultMode } from "./fault-names.ts";
export { type FaultScope, type PlatformFaultRequest, PlatformFaults } from "./faults.ts";
export {
  KeptLists,
  type KeptListsOptions,
  type ListSchedule,
  type RefreshableSource,
} from "./kept-lists.ts";
export type { AccessApplication, AccessInformation, AccessState } from "./local-auth-pf/access.ts";
export {
  createLocalAuthPf,
  type LocalAuthPf,
  type LocalAuthPfOptions,
  type LocalAuthPfSeen,
} from "./local-auth-pf/index.ts";
export type { LocalAuthOutcome } from "./local-auth-pf/outcome.ts";
export {
  DEFAULT_LOCAL_AUTH_PF_PROFILE,
  type LocalAuthPfProfile,
  parseLocalAuthPfProfile,
} from "./local-auth-pf/profile.ts";
export type { LocalAuthPfState } from "./local-auth-pf/state.ts";
export type { ClientSoftwareApplication } from "./mkpf/client-software.ts";
export type {
  CardOnCounter,
  CardTrouble,
  CounterCardReader,
} from "./mkpf/counter/card-reader.ts";
export type { CounterReason } from "./mkpf/counter/judge.ts";
export { createMkpf, type Mkpf, type MkpfOptions } from "./mkpf/index.ts";
export type {
  InvalidReason,
  PpidRegistration,
  ProofSeen,
  SignStatusOutcome,
  UnconfirmedReason,
  ValidityOutcome,
} from "./mkpf/outcome.ts";
export { DEFAULT_MKPF_PROFILE, type MkpfProfile, parseMkpfProfile } from "./mkpf/profile.ts";
export type { MkpfSeen } from "./mkpf/seen.ts";
export type { MkpfEnvironment, MkpfState, SystemRegistration } from "./mkpf/state.ts";
export type { RegisteredSystem } from "./mkpf/systems.ts";
export { NOTICE, NOTICE_HEADER } from "./notice.ts";
export type { LinkedCertificate, PersonDirectory } from "./person-directory.ts";
export { type PkiCheckerOptions, pkiChecker } from "./pki-checker.ts";
export {
  DEFAULT_PROFILES,
  type PlatformProfiles,
  PROFILED_PLATFORMS,
  type ProfiledPlatform,
  parseProfileFile,
} from "./profile-files.ts";
export type { SeenLog } from "./seen.ts";
