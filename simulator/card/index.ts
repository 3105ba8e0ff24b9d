/** The public door of the simulated card. */
export { JPKI, JPKI_AID } from "./applets/jpki.ts";
export { TEXT, TEXT_AID } from "./applets/text.ts";
export { type CardOptions, SimulatedCard } from "./card.ts";
export { birthKey, codeA, codeB } from "./codes.ts";
export { type HolderPin, unblockPin } from "./counter.ts";
export type { Access, FileImage, PinFile } from "./files.ts";
export {
  type ApplicationImage,
  type ApplicationName,
  type CardImage,
  type CardProfile,
  parseCard,
  serialiseCard,
} from "./image.ts";
export { personalise } from "./personalise.ts";
export { QUIRKS, type QuirkName, type Quirks } from "./quirks.ts";
export type { CardCredential, CardHolder, CardPins, CardSpec } from "./spec.ts";
export { type CardStore, FileCardStore, MemoryCardStore } from "./store.ts";
