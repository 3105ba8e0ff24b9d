export type { LabCard } from "./card-box.ts";
export {
  cardRow,
  type LabControl,
  LIFE_EVENTS,
  type LifeEventName,
  labControl,
  personaNames,
} from "./control.ts";
export { Lab, type LabOptions } from "./lab.ts";
export { serialText } from "./people.ts";
export type { CardRow, CertificateRow, LabAddresses, ResidentRow } from "./rows.ts";
export { StateDirectory } from "./state-directory.ts";
