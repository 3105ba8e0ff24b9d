/** The municipal register as the 4情報 provision service asks it: who holds a certificate, now. */
import type { PopulationRegister } from "../platform/index.ts";
import type { MunicipalOffice } from "../residents/index.ts";

export function populationOf(office: MunicipalOffice): PopulationRegister {
  return {
    entryOf: (serial) => {
      const number = Number.parseInt(serial, 16);
      for (const resident of office.residents) {
        const { cards } = office.file(resident);
        const held = cards.flatMap((card) => [...card.authSerials, ...card.signSerials]);
        if (!held.includes(number)) continue;
        const { id, status, name, address, birthDate, sex } = resident;
        return { person: id, status, attributes: { name, address, birthDate, sex } };
      }
      return undefined;
    },
  };
}
