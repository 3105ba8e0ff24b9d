/**
 * Clients that work with one CA at once until it is gone: some revoke, hold and make holds final, each
 * its own certificates, one asks what is revoked. All they are answered goes into the ledger.
 */
import { SimulatorError } from "../../../../simulator/errors.ts";
import type { LabClient } from "../../../../simulator/lab/index.ts";
import type { CertificateKind, RevocationReason } from "../../../../simulator/pki/index.ts";
import type { Random } from "../../../../simulator/random.ts";
import type { Ledger } from "./ledger.ts";
import type { StatusService, StatusWitness } from "./status-witness.ts";
import type { Trace } from "./violation.ts";

/** One lab while it lives. */
export interface LivingCa {
  readonly lab: LabClient;
  readonly services: Readonly<Record<CertificateKind, StatusService>>;
}

/** Of one world, from its first life to its last. */
export interface CaWorld {
  readonly ledger: Ledger;
  readonly witnesses: Readonly<Record<CertificateKind, StatusWitness>>;
  readonly kinds: Map<string, CertificateKind>;
}

export interface CaClientParts extends LivingCa, CaWorld {
  readonly random: Random;
  readonly trace: Trace;
  /** Called after every answer, with how long it took in milliseconds. */
  readonly onAnswer: (duration: number) => void;
}

const REASONS: readonly [RevocationReason, ...RevocationReason[]] = [
  "unspecified",
  "keyCompromise",
  "affiliationChanged",
  "superseded",
  "cessationOfOperation",
];
const KINDS: readonly [CertificateKind, ...CertificateKind[]] = ["auth", "sign"];
const WRITERS = 3;

/** Settles when every client has found the lab gone. */
export async function workUntilGone(parts: CaClientParts): Promise<void> {
  const clients = Array.from({ length: WRITERS }, (_, place) => writer(parts, place));
  await Promise.all([...clients, reader(parts)]);
}

async function writer(parts: CaClientParts, place: number): Promise<void> {
  const { ledger, random } = parts;
  const own = ledger.serials.filter((_, index) => index % WRITERS === place);
  await untilGone(async () => {
    const open = own.filter((serial) =>
      ["good", "certificateHold"].includes(ledger.status(serial)),
    );
    const serial = open[random.below(Math.max(open.length, 1))];
    if (serial === undefined || random.below(20) === 0) own.push(...(await newResident(parts)));
    else await revoke(parts, serial);
  });
}

async function revoke({ lab, ledger, random, trace, onAnswer }: CaClientParts, serial: string) {
  const hold = ledger.status(serial) === "good" && random.below(2) === 0;
  const reason = hold ? "certificateHold" : random.pick(REASONS);
  const publish = random.below(4) > 0;
  ledger.asks(serial, reason);
  trace.add(`${serial}: ${reason}${publish ? ", published" : ""}?`);
  const began = performance.now();
  const answer = await lab("revokeCertificate", { serial, reason, publish });
  if (answer.reason !== reason) throw trace.violation(`${serial} was answered ${answer.reason}`);
  ledger.answered(serial, publish);
  trace.add(`${serial}: ${reason}.`);
  onAnswer(performance.now() - began);
}

/** A card with two certificates, for somebody who was not there before. */
export async function newResident({ lab, ledger, kinds, trace }: Omit<CaClientParts, "random">) {
  const { card } = await lab("newResident", { persona: "adult" });
  const issued: [string | undefined, CertificateKind][] = [
    [card?.authSerial, "auth"],
    [card?.signSerial, "sign"],
  ];
  return issued.flatMap(([serial, kind]) => {
    if (serial === undefined) throw trace.violation(`a card without a ${kind} certificate`);
    ledger.issued(serial);
    kinds.set(serial, kind);
    trace.add(`${serial}: issued.`);
    return [serial];
  });
}

/** Lists and answers while others revoke: what it was told must still be so when the lab is back. */
async function reader({ services, witnesses, ledger, kinds, random, trace }: CaClientParts) {
  await untilGone(async () => {
    const kind = random.pick(KINDS);
    await witnesses[kind].list(services[kind]);
    const asked = ledger.revoked.filter((serial) => kinds.get(serial) === kind).slice(-5);
    const visible = asked.map((serial) => ledger.visible(serial));
    const told = await witnesses[kind].ask(services[kind], asked);
    for (const [place, serial] of asked.entries()) {
      // What was so when the question was sent, or has become so by now.
      const possible = [...(visible[place] ?? []), ...ledger.visible(serial)];
      const status = told[place] ?? "good";
      if (!possible.includes(status)) {
        throw trace.violation(`OCSP says ${status} of ${serial} in the place of ${possible}`);
      }
      ledger.told(serial, status);
    }
  });
}

/** Goes on until nobody answers. Refusals and violations are for whoever started it. */
async function untilGone(act: () => Promise<void>): Promise<void> {
  for (;;) {
    try {
      await act();
    } catch (error) {
      if (isGone(error)) return;
      throw error;
    }
  }
}

/** The connection was refused, reset or broken off in the middle of an answer. */
function isGone(error: unknown): boolean {
  if (error instanceof SimulatorError) return error.code === "LAB_NOT_RUNNING";
  return error instanceof TypeError && ["fetch failed", "terminated"].includes(error.message);
}
