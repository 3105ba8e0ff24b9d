/** Clients of the platforms, in the role of a municipal system (自治体システム). */
export {
  AttributeProvisionClient,
  type AttributeProvisionClientOptions,
  type ProvidedAttributes,
} from "./attribute-provision-client.ts";
export type { PendingAuthorization, Tokens } from "./authorization-code.ts";
export {
  type CardApInventory,
  CardApLoaderClient,
  type CardApplication,
  type LoadingChannel,
} from "./card-ap-loader-client.ts";
export { differsFromCertificate } from "./certified-attributes.ts";
export type { ClientKey } from "./client-key.ts";
export {
  CounterDisplay,
  type CounterDisplayOptions,
  type CounterRegistration,
  type CounterStep,
} from "./counter-display.ts";
export {
  DigitalAuthClient,
  type DigitalAuthClientOptions,
  type DigitalAuthUser,
  type DigitalAuthWish,
} from "./digital-auth-client.ts";
export {
  LOGIN_NOTICES,
  LoginDesk,
  type LoginDeskOptions,
  type LoginEnd,
  type LoginTrouble,
} from "./digital-auth-login.ts";
export type { SignedDocument } from "./digital-auth-signing.ts";
export { examineSignature, type SignatureFinding } from "./document-signature.ts";
export type { HttpTrace, HttpTraceSink } from "./exchange.ts";
export {
  LocalAuthPfClient,
  type LocalAuthPfClientOptions,
  type LocalAuthVerdict,
} from "./local-auth-pf-client.ts";
export type { MkpfSignStatus, MkpfValidity } from "./mkpf-answers.ts";
export { MkpfClient, type MkpfClientOptions, type MkpfValidityQuestion } from "./mkpf-client.ts";
export {
  type CounterPurpose,
  type CounterVisitor,
  type FinishedVisit,
  MkpfCounterClient,
  type MkpfCounterClientOptions,
} from "./mkpf-counter-client.ts";
export type { SpoilAssertion } from "./oauth-configuration.ts";
export { PlatformError, type PlatformErrorCode } from "./platform-error.ts";
export {
  grantAccess,
  type MkpfCredentials,
  type RegisteredService,
  registerService,
  registerWithMkpf,
} from "./registration.ts";
export { REVOCATION_GUIDANCE, type RevocationGuidance } from "./revocation-guidance.ts";
export {
  type CardPresentation,
  type ScreenStep,
  type TestResponse,
  TestResponseScreen,
} from "./test-response-screen.ts";
export { readUserAttributes, type UserAttribute, type UserAttributes } from "./user-attributes.ts";
export { answerFrom, decide, type WindowDecision } from "./window-decision.ts";
