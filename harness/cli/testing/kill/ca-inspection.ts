/**
 * What a CA that was killed has to show when it is back: every certificate and every revocation that
 * was answered, in what it knows, in the list, in the next list and in OCSP.
 */
import type { CertificateRow } from "../../../../simulator/lab/index.ts";
import type { CertificateKind, RevocationList } from "../../../../simulator/pki/index.ts";
import type { Random } from "../../../../simulator/random.ts";
import type { CaWorld, LivingCa } from "./ca-clients.ts";
import type { Status } from "./ledger.ts";
import { listed } from "./status-witness.ts";
import type { Trace } from "./violation.ts";

/** How many OCSP is asked about besides those that something was done to. */
const OTHERS = 4;
/** How many one OCSP request asks about. */
const ASKED = 8;

export interface CaInspection extends LivingCa, CaWorld {
  readonly random: Random;
  readonly trace: Trace;
}

/**
 * @returns the highest number of a list
 * @throws Violation
 */
export async function inspectCa(inspection: CaInspection): Promise<number> {
  const { lab, ledger, trace } = inspection;
  await trace.holds("certificates", async () =>
    inspectCertificates(await lab("listCertificates"), inspection),
  );
  const numbers = [await inspectKind("auth", inspection), await inspectKind("sign", inspection)];
  ledger.published();
  return Math.max(...numbers);
}

/** Those that nobody was told of are new to the ledger. */
function inspectCertificates(rows: readonly CertificateRow[], { ledger, kinds }: CaWorld): void {
  const serials = new Set(rows.map(({ serial }) => serial));
  if (serials.size !== rows.length) throw new RangeError("a serial number was issued twice");
  const lost = ledger.serials.find((serial) => !serials.has(serial));
  if (lost !== undefined) throw new RangeError(`certificate ${lost} is lost`);
  for (const { serial, kind, reason } of rows) {
    if (!kinds.has(serial)) {
      ledger.issued(serial);
      kinds.set(serial, kind);
    }
    ledger.seen(serial, (reason ?? "good") as Status);
  }
}

async function inspectKind(kind: CertificateKind, inspection: CaInspection): Promise<number> {
  const { lab, services, witnesses, ledger, trace } = inspection;
  const list = () => trace.holds("the list", () => witnesses[kind].list(services[kind]));
  const before = await list();
  requireListed(before, kind, inspection, (serial) => ledger.visible(serial));
  await lab("publish");
  const next = await list();
  if (next.number <= before.number) {
    throw trace.violation(`list ${next.number} followed list ${before.number}`);
  }
  requireListed(next, kind, inspection, (serial) => [ledger.status(serial)]);
  for (const serials of chunks(worthAsking(kind, inspection), ASKED)) {
    const ask = () => witnesses[kind].ask(services[kind], serials);
    requireTold(await trace.holds("OCSP", ask), serials, inspection);
  }
  return Number(next.number);
}

function requireListed(
  list: RevocationList,
  kind: CertificateKind,
  { trace, ...world }: CaInspection,
  possible: (serial: string) => readonly Status[],
): void {
  for (const serial of certificatesOf(kind, world)) {
    const status = listed(list, serial);
    if (possible(serial).includes(status)) continue;
    throw trace.violation(
      `list ${list.number} says ${status} of ${serial} in the place of ${possible(serial)}`,
    );
  }
}

function requireTold(
  told: readonly Status[],
  serials: readonly string[],
  { ledger, trace }: CaInspection,
): void {
  for (const [place, serial] of serials.entries()) {
    const status = ledger.status(serial);
    if (told[place] === status) continue;
    throw trace.violation(`OCSP says ${told[place]} of ${serial} in the place of ${status}`);
  }
}

/** What something was done to, and some others; the list, which costs less, tells of all. */
function worthAsking(kind: CertificateKind, { ledger, random, ...world }: CaInspection): string[] {
  const own = new Set(certificatesOf(kind, { ledger, ...world }));
  const touched = ledger.touched.filter((serial) => own.has(serial));
  const others = ledger.revoked.filter((serial) => own.has(serial));
  const drawn = Array.from({ length: OTHERS }, () => others[random.below(others.length + 1)]);
  return [...new Set([...touched, ...drawn.filter((serial) => serial !== undefined)])];
}

function certificatesOf(kind: CertificateKind, { ledger, kinds }: CaWorld): string[] {
  return ledger.serials.filter((serial) => kinds.get(serial) === kind);
}

function chunks<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, place) =>
    all.slice(place * size, (place + 1) * size),
  );
}
