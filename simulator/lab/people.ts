/**
 * 証明書紐付け情報 and 証明書新旧紐付け情報 (platform-facts 5.5), computed from the municipal register: which
 * certificates belong to one person, and which followed which.
 */
import { SimulatorError } from "../errors.ts";
import type { JpkiService } from "../pki/index.ts";
import type { PersonDirectory } from "../platform/index.ts";
import type { MunicipalOffice, ResidentFile } from "../residents/index.ts";

export function peopleOf(office: MunicipalOffice, jpki: JpkiService): PersonDirectory {
  return {
    personOf: (serial) => {
      const number = Number.parseInt(serial, 16);
      for (const { id } of office.residents) {
        const serials = authSerials(office.file({ id }));
        const place = serials.indexOf(number);
        if (place < 0) continue;
        const { issuedAt } = jpki.authorityOf(number).find(number);
        const previous = serials[place - 1];
        if (previous === undefined) return { person: id, issuedAt };
        return { person: id, issuedAt, previous: serialText(previous) };
      }
      return undefined;
    },
    signCertificatesOf: (person) =>
      signSerials(office, person)
        .toReversed()
        .map((serial) => jpki.authorityOf(serial).find(serial).certificate),
  };
}

/** Serial number as certificates are named everywhere: upper-case hexadecimal, whole bytes. */
export function serialText(serial: number): string {
  const digits = serial.toString(16).toUpperCase();
  return digits.padStart(digits.length + (digits.length % 2), "0");
}

function authSerials({ cards }: ResidentFile): number[] {
  return cards.flatMap((card) => [...card.authSerials]);
}

function signSerials(office: MunicipalOffice, person: string): number[] {
  try {
    return office.file({ id: person }).cards.flatMap((card) => [...card.signSerials]);
  } catch (error) {
    if (error instanceof SimulatorError && error.code === "RESIDENT_UNKNOWN") return [];
    throw error;
  }
}
