/**
 * What becomes of a card put on the reader at a counter of 類型① (platform-facts 1.3, 3.3). With PIN it
 * registers a person; without PIN it only finds one who is registered, and only when the card itself
 * has been shown to be genuine, because a certificate alone can be copied.
 */
import { eraYear } from "../../../card/codes.ts";
import type { ReadCertificate } from "../../certificate.ts";
import type { InvalidReason, UnconfirmedReason } from "../outcome.ts";
import type { ProofWatch } from "../proof.ts";
import type { StoredSystem } from "../state.ts";
import { checkCertificate, linkagePending, lookUp, type ValidityWorld } from "../validity.ts";
import type { RegistrationReading, TouchReading } from "./reading.ts";
import type { AcceptedCard, Account } from "./visits.ts";

export type CounterReason =
  | InvalidReason
  | UnconfirmedReason
  | "cancelled"
  | "declined"
  | "registrationRequired"
  | "notGenuine"
  | "proofInvalid";

/** `final` answers the municipal system; a refusal that may pass is temporarily_unavailable. */
export interface CounterRefusal {
  readonly refused: CounterReason;
}

export interface CounterWorld extends ValidityWorld {
  readonly proofs: ProofWatch;
  /** MKPF's own record of birth dates, by person. */
  readonly birthDates: Map<string, string>;
}

/** Registration: the card signed this visit's challenge with its PIN, and its certificate is good. */
export async function acceptRegistration(
  world: CounterWorld,
  challenge: Uint8Array,
  { certificate, signature, attributes }: RegistrationReading,
): Promise<AcceptedCard | CounterRefusal> {
  const proof = world.proofs.look(certificate.publicKey, { challenge, signature });
  if (proof !== "verified") return { refused: "proofInvalid" };
  const accepted = await accept(world, certificate);
  return "refused" in accepted ? accepted : { ...accepted, attributes };
}

/** Gives the PPID, once the person has consented. */
export function register(
  world: CounterWorld,
  system: StoredSystem,
  card: AcceptedCard,
): Account | CounterRefusal {
  const { serial, linked, attributes } = card;
  const granted = world.ledger.grant({ system, serial, linked, now: world.clock.now() });
  if (!("ppid" in granted)) return { refused: linkagePending(granted.pendingSeconds).reason };
  if (attributes !== undefined) world.birthDates.set(linked.person, attributes.birthDate);
  return { ...card, ppid: granted.ppid };
}

/** かざし利用: finds the registered person. */
export async function touch(
  world: CounterWorld,
  system: StoredSystem,
  { certificate, genuine }: TouchReading,
): Promise<Account | CounterRefusal> {
  if (!genuine) return { refused: "notGenuine" };
  const accepted = await accept(world, certificate);
  if ("refused" in accepted) return accepted;
  const { serial, linked } = accepted;
  const recalled = world.ledger.recall({ system, serial, linked, now: world.clock.now() });
  if (recalled === undefined) return { refused: "registrationRequired" };
  if (!("ppid" in recalled)) return { refused: "linkagePending" };
  return { ...accepted, ppid: recalled.ppid };
}

/**
 * The key (生年月日PIN) the reading software opens 券面事項確認AP with: YYMMDD, YY being the year of the
 * Japanese era (card-facts section 2.3).
 *
 * UNVERIFIED: that the birth date MKPF stores serves this purpose (platform-facts 1.3, inferred).
 */
export function birthDateKeyFor(
  world: CounterWorld,
  { serial }: ReadCertificate,
): string | undefined {
  const linked = lookUp(world.people, serial);
  const birthDate = linked && world.birthDates.get(linked.person);
  return birthDate && eraYear(birthDate) + birthDate.slice(4);
}

async function accept(
  world: CounterWorld,
  certificate: ReadCertificate,
): Promise<AcceptedCard | CounterRefusal> {
  const checked = await checkCertificate(world.checker, certificate, ["ocsp", "crl"]);
  if (checked.result !== "good") return { refused: checked.reason };
  const linked = lookUp(world.people, certificate.serial);
  if (linked === undefined) return { refused: "linkageUnavailable" };
  return { serial: certificate.serial, linked, evidence: checked.evidence };
}
