/**
 * The municipal register as the 4情報 provision service asks it: who holds a certificate, on a card or
 * a smartphone, or held it once, and what is true of them now.
 */
import type { PopulationRegister } from "../platform/index.ts";
import { allHoldings, type MunicipalOffice } from "../residents/index.ts";

export function populationOf(office: MunicipalOffice): PopulationRegister {
  return {
    entryOf: (serial) => {
      const number = Number.parseInt(serial, 16);
      for (const resident of office.residents) {
        const held = allHoldings(office.file(resident));
        if (!held.some((holding) => holding.serial === number)) continue;
        const { id, status, name, address, birthDate, sex } = resident;
        return { person: id, status, attributes: { name, address, birthDate, sex } };
      }
      return undefined;
    },
  };
}
