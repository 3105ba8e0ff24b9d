/**
 * What must never appear in a journal, report or log, although it is only of test residents: a bench
 * that leaks these would leak a real person's as well.
 */
import { codeA, codeB } from "../card/index.ts";
import { DEFAULT_PINS, type MunicipalOffice } from "../residents/index.ts";
import { type LabCard, printedOn } from "./card-box.ts";

export function secretsOf(office: MunicipalOffice, cards: readonly LabCard[]): string[] {
  // What was true of somebody before a move or a new name is as personal as what is true now.
  const residents = [...office.residents, ...office.formerly];
  const people = residents.flatMap(({ name, alias, address, birthDate, myNumber }) => [
    name,
    ...(alias === undefined ? [] : [alias]),
    address,
    birthDate,
    myNumber,
  ]);
  const printed = residents.flatMap((resident) =>
    office.file(resident).cards.flatMap((record) => {
      const card = printedOn(resident, record);
      return [codeA(card), codeB(card), card.securityCode];
    }),
  );
  const pins = cards.flatMap((card) => Object.values(card.pins));
  // A PIN that was changed was a secret before.
  return [...new Set([...people, ...printed, ...Object.values(DEFAULT_PINS), ...pins])];
}
