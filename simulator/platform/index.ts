/** The emulated platforms. Each is a Fastify plugin for a server of its own; see their folders. */
export { readCertificate } from "./certificate.ts";
export type {
  Carrier,
  CertificateChecker,
  CheckMethod,
  CheckRequest,
  Verdict,
} from "./checker.ts";
export type { AnswerEvidence } from "./evidence.ts";
export { type FaultScope, type PlatformFault, PlatformFaults } from "./faults.ts";
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
export type { SeenLog } from "./seen.ts";
