export type { LabCard } from "./card-box.ts";
export { byContact } from "./contact.ts";
export {
  cardRow,
  type FaultRequest,
  type LabControl,
  LIFE_EVENTS,
  type LifeEventName,
  labControl,
  personaNames,
} from "./control.ts";
export { CardIssuer, type CvAnchor, type CvAnchors } from "./issuer.ts";
export { Lab, type LabOptions } from "./lab.ts";
export { serialText } from "./people.ts";
export type { CardRow, CertificateRow, LabAddresses, ResidentRow } from "./rows.ts";
export { StateDirectory } from "./state-directory.ts";
