/** The register as plain data: residents, their cards, and what happened when. */
import { z } from "zod";
import { SimulatorError } from "../errors.ts";
import { parseStored, storedDate, storedSerial } from "../pki/index.ts";
import type { CardRecord } from "./card.ts";
import type { SmartphoneRecord } from "./device.ts";
import { isTestMyNumber } from "./my-number.ts";
import type { Resident } from "./resident.ts";

const STATE_VERSION = 1;

export const EVENTS = [
  "registered",
  "cardIssued",
  "moved",
  "renamed",
  "corrected",
  "cardLost",
  "cardFound",
  "certificateGivenUp",
  "died",
  "emigrated",
  "renewed",
  "signReissued",
  "smartphoneAdded",
  "smartphoneLost",
  "smartphoneGivenUp",
] as const;

export interface HistoryEntry {
  readonly at: Date;
  readonly event: (typeof EVENTS)[number];
}

export interface ResidentFile {
  readonly resident: Resident;
  /** The present card last. */
  readonly cards: readonly CardRecord[];
  /** The present device last: a person has one at a time. */
  readonly smartphones: readonly SmartphoneRecord[];
  readonly history: readonly HistoryEntry[];
}

const day = z.string().regex(/^\d{8}$/);
const digits = (length: number) => z.string().regex(new RegExp(`^\\d{${length}}$`));

const resident = z.strictObject({
  id: z.string().regex(/^R\d{4,}$/),
  persona: z.string(),
  status: z.enum(["registered", "dead", "emigrated"]),
  name: z.string(),
  alias: z.string().exactOptional(),
  address: z.string(),
  municipalityCode: digits(5),
  birthDate: day,
  sex: z.enum(["0", "1", "2", "9"]),
  myNumber: z.string().refine(isTestMyNumber, "not a 個人番号 of the test range"),
  stayUntil: day.exactOptional(),
  substitutes: z.record(z.string(), z.string()),
});

const card = z.strictObject({
  number: z.int().positive(),
  state: z.enum(["valid", "stopped", "replaced", "ended"]),
  expiry: day,
  securityCode: digits(4),
  tokenSerial: digits(16),
  pinless: z.literal(true).exactOptional(),
  authSerials: z.array(storedSerial),
  signSerials: z.array(storedSerial),
});

const smartphone = z.strictObject({
  device: z.enum(["android", "iphone"]),
  state: z.enum(["valid", "stopped", "ended"]),
  tokenSerial: digits(16),
  authSerial: storedSerial,
  signSerial: storedSerial,
});

const schema = z.strictObject({
  version: z.literal(STATE_VERSION),
  residents: z.array(
    z.strictObject({
      resident,
      cards: z.array(card),
      smartphones: z.array(smartphone),
      history: z.array(z.strictObject({ at: storedDate, event: z.enum(EVENTS) })),
    }),
  ),
});

/** As JSON can hold it. */
export type OfficeState = z.input<typeof schema>;

export function toOfficeState(files: readonly ResidentFile[]): OfficeState {
  return {
    version: STATE_VERSION,
    residents: files.map(({ resident, cards, smartphones, history }) => ({
      resident: { ...resident, substitutes: { ...resident.substitutes } },
      cards: cards.map((one) => ({
        ...one,
        authSerials: [...one.authSerials],
        signSerials: [...one.signSerials],
      })),
      smartphones: smartphones.map((one) => ({ ...one })),
      history: history.map(({ at, event }) => ({ at: at.toISOString(), event })),
    })),
  };
}

/** @throws SimulatorError STATE_INVALID */
export function parseOfficeState(value: unknown): readonly ResidentFile[] {
  const { residents } = parseStored(schema, value, "the state of the register");
  residents.forEach(({ resident: { id } }, i) => {
    if (id === residentId(i)) return;
    throw new SimulatorError("STATE_INVALID", `${id} stands where ${residentId(i)} should stand`);
  });
  return residents;
}

/** Id of the n-th resident of a world, from 0. */
export function residentId(n: number): string {
  return `R${String(n + 1).padStart(4, "0")}`;
}
