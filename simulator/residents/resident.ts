/**
 * 住民: what the municipality's register knows of a test resident. All of it is synthetic, and looks
 * it: names say 試験, addresses lie in 試験町, numbers begin with six zeros.
 */
import type { CardHolder } from "../card/spec.ts";
import { ageOn, type CertifiedPerson, certifiedText, jstDay } from "../pki/index.ts";
import type { Random } from "../random.ts";
import { type Municipality, testAddress } from "./municipalities.ts";
import type { Persona } from "./personas.ts";

export type ResidentStatus = "registered" | "dead" | "emigrated";

export interface Resident {
  /** `R0001`, in the order of registration. */
  readonly id: string;
  /** Persona the resident was made from. */
  readonly persona: string;
  readonly status: ResidentStatus;
  /** Family and given name separated by U+3000. */
  readonly name: string;
  /** 通称. */
  readonly alias?: string;
  readonly address: string;
  /** Five digits. */
  readonly municipalityCode: string;
  /** YYYYMMDD, Gregorian. */
  readonly birthDate: string;
  /** ISO/IEC 5218. */
  readonly sex: "0" | "1" | "2" | "9";
  /** Twelve digits of the test range. */
  readonly myNumber: string;
  /** Last day of the period of stay, YYYYMMDD. */
  readonly stayUntil?: string;
  readonly substitutes: Readonly<Record<string, string>>;
}

export interface Birth {
  readonly id: string;
  readonly persona: Persona;
  readonly place: Municipality;
  readonly myNumber: string;
  /** Day of registration. */
  readonly today: Date;
  readonly random: Random;
}

export function makeResident({ id, persona, place, myNumber, today, random }: Birth): Resident {
  const day = jstDay(today);
  return {
    id,
    persona: persona.id,
    status: "registered",
    name: random.pick(persona.names),
    ...(persona.alias !== undefined && { alias: persona.alias }),
    address: drawAddress(place, random),
    municipalityCode: place.code,
    birthDate: drawBirthDate(persona, day, random),
    sex: persona.sex,
    myNumber,
    ...(persona.stay !== undefined && { stayUntil: yearsLater(day, persona.stay) }),
    substitutes: persona.substitutes ?? {},
  };
}

export function drawAddress(place: Municipality, random: Random): string {
  return testAddress(place, 1 + random.below(9), 1 + random.below(30), 1 + random.below(30));
}

/** Another family name, which says that it is a test as well, before the same given name. */
export function marriedName(name: string): string {
  const [family, ...given] = name.split("　");
  return [family === "検証試験" ? "再試験" : "検証試験", ...given].join("　");
}

/** As the text and visual applications of the card carry it. */
export function asCardHolder(resident: Resident): CardHolder {
  const { name, address, birthDate, sex, myNumber } = resident;
  return { name: withAlias(resident, name), address, birthDate, sex, myNumber };
}

/** As a 署名用 certificate carries it. */
export function asCertifiedPerson(resident: Resident): CertifiedPerson {
  const { name, address, birthDate, sex, substitutes } = resident;
  return {
    name: certifiedText(withAlias(resident, name), substitutes),
    address: certifiedText(address, substitutes),
    birthDate,
    sex,
  };
}

/** UNVERIFIED: an alias stands in the name field, in brackets (card-facts section 5.2 guesses so). */
function withAlias({ alias }: Resident, name: string): string {
  return alias === undefined ? name : `${name}（${alias}）`;
}

function drawBirthDate({ age, birthday }: Persona, day: string, random: Random): string {
  const monthDay = birthday ?? twoDigits(1 + random.below(12)) + twoDigits(1 + random.below(28));
  let year = Number(day.slice(0, 4)) - age;
  while (ageOn(`${year}${monthDay}`, day) < age || (monthDay === "0229" && !isLeap(year)))
    year -= 1;
  return `${year}${monthDay}`;
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

/** The same day of another year; the 28th where there is no 29 February. */
export function yearsLater(day: string, years: number): string {
  const year = Number(day.slice(0, 4)) + years;
  return `${year}${day.endsWith("0229") ? "0228" : day.slice(4)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
