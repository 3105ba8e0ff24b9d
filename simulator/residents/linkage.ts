/**
 * 証明書紐付け情報 (which 署名用 and 利用者証明用 certificates are one person's) and 証明書新旧紐付け情報 (which
 * followed which), as verifiers get them (platform-facts 5.5). The data is brought up to date in
 * batches: a certificate is in it 90 minutes after it was issued, and whoever asks earlier is told to
 * wait.
 */
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import type { JpkiService } from "../pki/index.ts";
import { allHoldings, type Holding } from "./holdings.ts";
import type { MunicipalOffice } from "./office.ts";

/** UNVERIFIED: seen in a client library's notes only, for a platform on top of the real service. */
const DELAY = 90 * 60 * 1000;

export interface LinkageWorld {
  readonly office: MunicipalOffice;
  readonly jpki: JpkiService;
  readonly clock: Clock;
}

export interface Linkage {
  /**
   * The certificate of the other kind that its holder has beside this one, on the card or the
   * smartphone; undefined when there is none.
   */
  counterpart(serial: number): number | undefined;
  /** The newest certificate of the same kind and carrier of the same person; the same when it is. */
  newest(serial: number): number;
  /** The certificate this one followed; undefined for the first. */
  previous(serial: number): number | undefined;
  /** Whether two certificates are one person's. */
  samePerson(a: number, b: number): boolean;
}

/**
 * All functions throw SimulatorError PKI_LINKAGE_PENDING for a certificate of the last 90 minutes,
 * and PKI_SERIAL_UNKNOWN for one that was never issued to a resident.
 */
export function certificateLinkage(world: LinkageWorld): Linkage {
  return {
    counterpart: (serial) => {
      const { own, known } = lookUp(serial, world);
      const others = known.filter(
        ({ carrier, kind }) => carrier === own.carrier && kind !== own.kind,
      );
      return others.at(-1)?.serial;
    },
    newest: (serial) => line(serial, world).at(-1) ?? serial,
    previous: (serial) => {
      const serials = line(serial, world);
      return serials[serials.indexOf(serial) - 1];
    },
    samePerson: (a, b) => {
      lookUp(b, world);
      return lookUp(a, world).known.some(({ serial }) => serial === b);
    },
  };
}

/** Certificates of one kind on one carrier, the oldest first. */
function line(serial: number, world: LinkageWorld): number[] {
  const { own, known } = lookUp(serial, world);
  return known
    .filter(({ carrier, kind }) => carrier === own.carrier && kind === own.kind)
    .map((holding) => holding.serial);
}

/** A certificate and all its holder's that are in the data. */
function lookUp(serial: number, world: LinkageWorld): { own: Holding; known: Holding[] } {
  const { office, jpki, clock } = world;
  const cut = clock.now().getTime() - DELAY;
  for (const resident of office.residents) {
    const holdings = allHoldings(office.file(resident));
    const own = holdings.find((holding) => holding.serial === serial);
    if (own === undefined) continue;
    const known = holdings.filter((holding) => issuedAt(holding, jpki) <= cut);
    if (known.includes(own)) return { own, known };
    const from = new Date(issuedAt(own, jpki) + DELAY).toISOString();
    throw new SimulatorError("PKI_LINKAGE_PENDING", `${serial} can be linked from ${from} on`);
  }
  throw new SimulatorError("PKI_SERIAL_UNKNOWN", `no resident ever had a certificate ${serial}`);
}

function issuedAt({ serial }: Holding, jpki: JpkiService): number {
  return jpki.authorityOf(serial).find(serial).issuedAt.getTime();
}
