export { CARD_ATR, type CardRecord, cardExpiry, DEFAULT_PINS } from "./card.ts";
export type { NewCertificate, NewCertificates } from "./certify.ts";
export { MUNICIPALITIES, type Municipality, municipalityOf } from "./municipalities.ts";
export { isMyNumber, isTestMyNumber } from "./my-number.ts";
export {
  type IssuedCard,
  type LifeEvent,
  MunicipalOffice,
  type OfficeWorld,
  type Renewal,
} from "./office.ts";
export type { HistoryEntry, OfficeState, ResidentFile } from "./office-state.ts";
export { PERSONAS, type Persona, personaOf } from "./personas.ts";
export type { ResidentRef } from "./register.ts";
export type { Resident, ResidentStatus } from "./resident.ts";
