/** The public door of the simulated card. */
export {
  ANSWERS_TO_RESET,
  type AnswerToReset,
  ATR_NAMES,
  type AtrName,
  withAnswerToReset,
} from "./answers-to-reset.ts";
export { CARD_AP } from "./applets/card-ap.ts";
export { COMMON, COMMON_AID } from "./applets/common.ts";
export { JPKI, JPKI_AID } from "./applets/jpki.ts";
export { JUKI, JUKI_AID } from "./applets/juki.ts";
export { TEXT, TEXT_AID } from "./applets/text.ts";
export { VISUAL, VISUAL_AID } from "./applets/visual.ts";
export { OBJECTS } from "./base-objects.ts";
export { type CardOptions, SimulatedCard } from "./card.ts";
export { birthKey, codeA, codeB, type PrintedOnCard } from "./codes.ts";
export {
  type HolderPin,
  holderPins,
  holderTries,
  rewriteCertificates,
  rewriteFace,
  unblockPin,
  withTriesLeft,
} from "./counter.ts";
export { type CvAuthority, cvCertificate } from "./cv-certificate.ts";
export { type CardDifference, diffCards, diffExports, exportCard } from "./export.ts";
export type { Access, FileImage, PinFile } from "./files.ts";
export { clearFreeArea, deleteCardAp, loadCardAp, lockApplication } from "./free-area.ts";
export {
  type ApplicationImage,
  type ApplicationName,
  type CardImage,
  type CardProfile,
  type DataObject,
  type FreeArea,
  parseCard,
  serialiseCard,
} from "./image.ts";
export { keyIdentifier } from "./key-identifier.ts";
export { type LatencyProfile, powerLatency, spread, typicalLatency } from "./latency.ts";
export { personalise } from "./personalise.ts";
export { presign } from "./presign.ts";
export { QUIRKS, type QuirkName, type Quirks } from "./quirks.ts";
export { withQuirks } from "./quirky-files.ts";
export type {
  CardApFile,
  CardApSpec,
  CardCredential,
  CardHolder,
  CardPins,
  CardSpec,
  IssuerKeys,
  TerminalCa,
} from "./spec.ts";
export { type CardStore, FileCardStore, MemoryCardStore } from "./store.ts";
export { withForeignKey, withLastDay } from "./tampering.ts";
