/** Which certificates a resident holds: those on the present card, and those on a smartphone. */
import type { Carrier, CertificateKind } from "../pki/index.ts";
import type { CardRecord } from "./card.ts";
import type { SmartphoneRecord } from "./device.ts";
import type { ResidentFile } from "./office-state.ts";

export interface Holding {
  readonly carrier: Carrier;
  readonly kind: CertificateKind;
  readonly serial: number;
}

/** The certificates in use, whatever has become of them. */
export function presentHoldings({ cards, smartphones }: ResidentFile): Holding[] {
  return [...cards.slice(-1).flatMap(presentOnCard), ...smartphones.slice(-1).flatMap(onPhone)];
}

/** Every certificate a resident ever had, in the order of issue for each carrier and kind. */
export function allHoldings({ cards, smartphones }: ResidentFile): Holding[] {
  return [...cards.flatMap(onCard), ...smartphones.flatMap(onPhone)];
}

function presentOnCard({ authSerials, signSerials }: CardRecord): Holding[] {
  return onCard({ authSerials: authSerials.slice(-1), signSerials: signSerials.slice(-1) });
}

function onCard({
  authSerials,
  signSerials,
}: Pick<CardRecord, "authSerials" | "signSerials">): Holding[] {
  return [
    ...authSerials.map((serial) => ({ carrier: "card", kind: "auth", serial }) as const),
    ...signSerials.map((serial) => ({ carrier: "card", kind: "sign", serial }) as const),
  ];
}

function onPhone({ authSerial, signSerial }: SmartphoneRecord): Holding[] {
  return [
    { carrier: "smartphone", kind: "auth", serial: authSerial },
    { carrier: "smartphone", kind: "sign", serial: signSerial },
  ];
}
