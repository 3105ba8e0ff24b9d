/** Clients of the card, an application each, and what is made of what they read. */
export { Application, type ApplicationName } from "./application.ts";
export { COMMON_AP, JPKI_AP, TEXT_AP, VISUAL_AP } from "./applications.ts";
export type { CardProof, Challenge } from "./card-authenticity.ts";
export { CardError, type CardErrorCode, type PinResetPlace } from "./card-error.ts";
export { hasCardExpired } from "./card-expiry.ts";
export type { CardFace } from "./card-face.ts";
export { type CardFile, selectFile } from "./card-file.ts";
export { cardIdentity } from "./card-identity.ts";
export type { CertificateAvailability } from "./certificates.ts";
export {
  type CertifiedName,
  certifiedNameOf,
  matchName,
  type NameMatch,
} from "./certified-name.ts";
export { getChallenge } from "./challenge.ts";
export { type CardNumber, CommonApClient } from "./common-ap-client.ts";
export type { CvTrustAnchor } from "./cv-certificate.ts";
export type { ToSign } from "./digest-info.ts";
export { type CardCommand, type Exchange, exchange } from "./exchange.ts";
export {
  type ReadOptions,
  type RecordFile,
  readDer,
  readExactly,
  readFile,
  readObject,
} from "./files.ts";
export { JpkiClient, type JpkiPin } from "./jpki-client.ts";
export type { VerifyOptions } from "./pin.ts";
export { type PinName, wrongPin } from "./pin-name.ts";
export {
  authCertificateOf,
  type PresentedCard,
  provesGenuine,
  readForRegistration,
  signCertificateOf,
} from "./presented-card.ts";
export { resuming } from "./resume.ts";
export { Personal, Secret } from "./secret.ts";
export { type FourAttributes, TextApClient, type TextPin } from "./text-ap-client.ts";
export type { TokenInfo } from "./token-info.ts";
export { isSignedWith, type Signed } from "./verify-signature.ts";
export { VisualApClient, type VisualPin } from "./visual-ap-client.ts";
