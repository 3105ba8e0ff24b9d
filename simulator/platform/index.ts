/** The emulated platforms. Each is a Fastify plugin for a server of its own; see their folders. */
export type {
  Carrier,
  CertificateChecker,
  CheckMethod,
  CheckRequest,
  SettledVerdict,
} from "./checker.ts";
export type { AnswerEvidence } from "./evidence.ts";
export { type FaultScope, type PlatformFault, PlatformFaults } from "./faults.ts";
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
export type {
  CardOnCounter,
  CardTrouble,
  CounterCardReader,
} from "./mkpf/counter/card-reader.ts";
export type { CounterReason } from "./mkpf/counter/judge.ts";
export type { Attributes } from "./mkpf/counter/reading.ts";
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
export type { SeenLog } from "./seen.ts";
