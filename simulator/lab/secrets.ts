/**
 * What must never appear in a journal, report or log, although it is only of test residents: a bench
 * that leaks these would leak a real person's as well.
 */
import { codeA, codeB } from "../card/index.ts";
import type { MunicipalOffice } from "../residents/index.ts";
import { type LabCard, printedOn } from "./card-box.ts";

export function secretsOf(office: MunicipalOffice, cards: readonly LabCard[]): string[] {
  const people = office.residents.flatMap(({ name, alias, address, birthDate, myNumber }) => [
    name,
    ...(alias === undefined ? [] : [alias]),
    address,
    birthDate,
    myNumber,
  ]);
  const printed = office.residents.flatMap((resident) =>
    office.file(resident).cards.flatMap((record) => {
      const card = printedOn(resident, record);
      return [codeA(card), codeB(card), card.securityCode];
    }),
  );
  const pins = cards.flatMap((card) => Object.values(card.pins));
  return [...new Set([...people, ...printed, ...pins])];
}
