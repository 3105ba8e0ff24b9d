/** How a world's residents, cards and certificates are put into rows. */
import { toHex } from "../iso7816/index.ts";
import type { JpkiService } from "../pki/index.ts";
import type { MunicipalOffice } from "../residents/index.ts";
import type { LabCard } from "./card-box.ts";
import { serialText } from "./people.ts";
import type { CardRow, CertificateRow, ResidentRow } from "./rows.ts";

export interface LabWithResidents {
  readonly office: MunicipalOffice;
  readonly cards: readonly LabCard[];
  readonly smartphones: readonly LabCard[];
}

export function cardRow({ id, resident, card, pins, authSerial, signSerial }: LabCard): CardRow {
  const { profile } = card.image;
  const row = { id, resident: resident.id, profile, atr: toHex(card.atr), pins, authSerial };
  return signSerial === undefined ? row : { ...row, signSerial };
}

/** @throws SimulatorError RESIDENT_UNKNOWN */
export function residentRow(lab: LabWithResidents, id: string): ResidentRow {
  const { resident } = lab.office.file({ id });
  const { persona, status, name, address, birthDate } = resident;
  const card = lab.cards.find((one) => one.resident.id === id);
  const smartphone = lab.smartphones.find((one) => one.resident.id === id);
  return {
    ...{ id, persona, status, name, address, birthDate },
    ...(card && { card: cardRow(card) }),
    ...(smartphone && { smartphone: cardRow(smartphone) }),
  };
}

/** @throws SimulatorError PKI_SERIAL_UNKNOWN */
export function certificateRow(jpki: JpkiService, serial: number): CertificateRow {
  const authority = jpki.authorityOf(serial);
  const { kind } = authority;
  const { notAfter } = authority.find(serial);
  const revocation = authority.revocation(serial);
  const row = { serial: serialText(serial), kind, notAfter: notAfter.toISOString() };
  if (revocation === undefined) return { ...row, status: "good" };
  const { reason, revokedAt } = revocation;
  return { ...row, status: "revoked", reason, revokedAt: revokedAt.toISOString() };
}
