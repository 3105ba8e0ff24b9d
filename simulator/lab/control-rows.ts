/** How a world's residents, cards and certificates are put into rows. */
import { holderTries } from "../card/index.ts";
import { toHex } from "../iso7816/index.ts";
import type { Carrier, JpkiService } from "../pki/index.ts";
import type { MunicipalOffice } from "../residents/index.ts";
import type { LabCard } from "./card-box.ts";
import { serialText } from "./people.ts";
import type { LabReaders } from "./readers.ts";
import { type CardRow, type CertificateRow, QUIRK_NAMES, type ResidentRow } from "./rows.ts";

export interface LabWithCards {
  readonly cards: readonly LabCard[];
  readonly smartphones: readonly LabCard[];
  readonly readers: LabReaders;
}

export interface LabWithResidents extends LabWithCards {
  readonly office: MunicipalOffice;
}

export function cardRow({ readers }: Pick<LabWithCards, "readers">, card: LabCard): CardRow {
  const { id, resident, pins, authSerial, signSerial } = card;
  const { profile, quirks, atr } = card.card.image;
  const reader = readers.all.find(({ lying }) => lying?.id === id);
  return {
    ...{ id, resident: resident.id, profile, atr: toHex(atr), pins },
    triesLeft: holderTries(card.card.image),
    quirks: QUIRK_NAMES.filter((name) => quirks[name] === true),
    authSerial,
    ...(signSerial === undefined ? {} : { signSerial }),
    ...(reader && { reader: reader.name }),
  };
}

/** Everything people can put on a reader, by resident. */
export function allCards({ cards, smartphones }: LabWithCards): LabCard[] {
  const number = ({ resident }: LabCard) => Number(resident.id.slice(1));
  return [...cards, ...smartphones].toSorted((one, other) => number(one) - number(other));
}

/** @throws SimulatorError RESIDENT_UNKNOWN */
export function residentRow(lab: LabWithResidents, id: string): ResidentRow {
  const { resident } = lab.office.file({ id });
  const { persona, status, name, address, municipalityCode, birthDate, sex } = resident;
  const card = lab.cards.find((one) => one.resident.id === id);
  const smartphone = lab.smartphones.find((one) => one.resident.id === id);
  return {
    ...{ id, persona, status, name, address, municipality: municipalityCode, birthDate, sex },
    ...(card && { card: cardRow(lab, card) }),
    ...(smartphone && { smartphone: cardRow(lab, smartphone) }),
  };
}

/** Every certificate of a world, by CA. */
export function certificateRows(jpki: JpkiService): CertificateRow[] {
  return (["auth", "sign"] as const).flatMap((kind) =>
    (["card", "smartphone"] as const)
      .flatMap((carrier) => jpki.generations(kind, carrier))
      .flatMap(({ authority }) => authority.issued)
      .map(({ serial }) => certificateRow(jpki, serial)),
  );
}

/** @throws SimulatorError PKI_SERIAL_UNKNOWN */
export function certificateRow(jpki: JpkiService, serial: number): CertificateRow {
  const authority = jpki.authorityOf(serial);
  const { kind } = authority;
  const { issuedAt, notAfter } = authority.find(serial);
  const revocation = authority.revocation(serial);
  const row = {
    serial: serialText(serial),
    kind,
    carrier: carrierOf(jpki, serial),
    issuedAt: issuedAt.toISOString(),
    notAfter: notAfter.toISOString(),
  };
  if (revocation === undefined) return { ...row, status: "good" };
  const { reason, revokedAt } = revocation;
  return { ...row, status: "revoked", reason, revokedAt: revokedAt.toISOString() };
}

function carrierOf(jpki: JpkiService, serial: number): Carrier {
  const smartphone = (["auth", "sign"] as const)
    .flatMap((kind) => jpki.generations(kind, "smartphone"))
    .some(({ authority }) => authority.has(serial));
  return smartphone ? "smartphone" : "card";
}
