/**
 * What must never appear in a journal, report or log, although it is only of test residents: a bench
 * that leaks these would leak a real person's as well.
 */
import type { MunicipalOffice } from "../residents/index.ts";
import type { LabCard } from "./card-box.ts";

export function secretsOf(office: MunicipalOffice, cards: readonly LabCard[]): string[] {
  const people = office.residents.flatMap(({ name, alias, address, birthDate, myNumber }) => [
    name,
    ...(alias === undefined ? [] : [alias]),
    address,
    birthDate,
    myNumber,
  ]);
  const pins = cards.flatMap((card) => Object.values(card.pins));
  return [...new Set([...people, ...pins])];
}
