/**
 * When the world gets to see what a CA did (platform-facts 5.2): the data OCSP answers from is
 * refreshed every 15 minutes, the revocation list comes out once a day. In between both are out of
 * date, and differently; that is the normal state of the service and not a fault.
 *
 * Nothing runs here: what is visible follows from the clock at the moment somebody asks.
 *
 * UNVERIFIED: the list is cut at 00:00 in Japan and promises the next within three days (the hour and
 * the interval are not public; "revocations of the same day are not visible" suggests midnight). Until
 * ten minutes after the cut, while lists are swapped, that of the day before is served (5 to 10 minutes
 * at one platform operator). OCSP answers promise news within 30 minutes, two refreshes.
 */
import type { Clock } from "../../clock.ts";
import { SimulatorError } from "../../errors.ts";
import { concat } from "../../iso7816/index.ts";
import { readCertificate } from "../certificate/certificate.ts";
import { toColumns } from "../crl/crl.ts";
import { joinColumns, paddingEntries } from "../crl/padding.ts";
import { type ListStream, type RevokedColumns, writeList } from "../crl/writer.ts";
import { wholeSeconds } from "../der/asn1.ts";
import { jstDay, startOfJstDay } from "../jst.ts";
import type { SigningKey } from "../keys/keys.ts";
import type { CertificateAuthority } from "./authority.ts";
import type { Revocation } from "./revocation.ts";

const MINUTE = 60 * 1000;
const DAY = 24 * 60 * MINUTE;
const REFRESH = 15 * MINUTE;
const OCSP_LIFE = 2 * REFRESH;
const LIST_LIFE = 3 * DAY;
const SWAP = 10 * MINUTE;

/** What was visible at one moment. */
export interface Snapshot {
  readonly thisUpdate: Date;
  readonly nextUpdate: Date;
  readonly revoked: ReadonlyMap<number, Revocation>;
}

/** A publication out of turn. */
export interface ForcedPublication {
  readonly at: Date;
  /** How many steps of the CA's log it covers. */
  readonly steps: number;
}

/** A list other than the right one, for a client to find out. */
export interface ListVariation {
  /** Milliseconds: the list that was current so long ago. */
  readonly age?: number;
  readonly number?: number;
  readonly key?: SigningKey;
  /** Directory entry, DER, of a place where nobody was revoked. */
  readonly elsewhere?: Uint8Array;
}

export class Publication {
  readonly authority: CertificateAuthority;
  /** How many made-up entries the list of all certificates has besides the true ones. */
  padding = 0;
  readonly #clock: Clock;
  readonly #forced: ForcedPublication[];
  readonly #listed = latest<Uint8Array>();
  readonly #ocspView = latest<Snapshot["revoked"]>();
  readonly #listView = latest<Snapshot["revoked"]>();

  /** @param forced publications out of turn of a world that is opened again */
  constructor(
    authority: CertificateAuthority,
    clock: Clock,
    forced: readonly ForcedPublication[] = [],
  ) {
    this.authority = authority;
    this.#clock = clock;
    this.#forced = [...forced];
  }

  get forced(): readonly ForcedPublication[] {
    return this.#forced;
  }

  /** Publishes everything up to this moment, to OCSP and to the list. */
  publishNow(): void {
    this.#forced.push({ at: this.#clock.now(), steps: this.authority.revocations.length });
  }

  /** What OCSP answers from at this moment. */
  ocspData(): Snapshot {
    const now = this.#clock.now();
    const refresh = new Date(Math.floor(now.getTime() / REFRESH) * REFRESH);
    return this.#visible(now, refresh, OCSP_LIFE, this.#ocspView);
  }

  /** What the current list holds, or the one that was current at another moment. */
  listData(now = this.#clock.now()): Snapshot & { readonly number: number } {
    const midnight = startOfJstDay(jstDay(new Date(now.getTime() - SWAP)));
    const { notBefore } = this.authority.certificate;
    const days = Math.floor((midnight.getTime() - notBefore.getTime()) / DAY);
    // Counting days and publications out of turn makes the number grow with every list.
    const number = Math.max(days, 0) + this.#forcedBy(now).length + 1;
    return { ...this.#visible(now, midnight, LIST_LIFE, this.#listView), number };
  }

  /**
   * The current list as it is downloaded, in pieces.
   *
   * @param municipalityCode for the list of one municipality, which says critically that it is that;
   *   the list of all certificates of the CA when absent
   * @param variation how it should be wrong
   * @throws SimulatorError PKI_INVALID when no certificate was ever issued in that municipality
   */
  list(municipalityCode?: string, variation: ListVariation = {}): ListStream {
    const { authority } = this;
    const { age = 0, key = authority.key, elsewhere } = variation;
    const { revoked, ...data } = this.listData(new Date(this.#clock.now().getTime() - age));
    const head = { ...data, issuer: authority.certificate.subject, ...numbered(variation) };
    if (elsewhere !== undefined) {
      return writeList({ ...head, distributionPoint: elsewhere }, toColumns([]), key);
    }
    // Readers need not sort what comes in the order of the numbers.
    const all = [...revoked.values()].sort((a, b) => a.serial - b.serial);
    if (municipalityCode === undefined) {
      const padding = this.#paddingUntil(data.thisUpdate);
      return writeList(head, joinColumns(toColumns(all), padding), key);
    }
    const distributionPoint = this.#distributionPoint(municipalityCode);
    const own = all.filter(
      ({ serial }) => authority.find(serial).municipalityCode === municipalityCode,
    );
    return writeList({ ...head, distributionPoint }, toColumns(own), key);
  }

  /** Whether there is a list of one municipality. */
  serves(municipalityCode: string): boolean {
    return this.authority.issued.some((one) => one.municipalityCode === municipalityCode);
  }

  /** The same, whole: DER. */
  async crl(municipalityCode?: string): Promise<Uint8Array> {
    const { number } = this.listData();
    const steps = this.authority.revocations.length;
    const key = `${number}/${steps}/${this.padding}/${municipalityCode}`;
    return this.#listed(key, () => concat(...this.list(municipalityCode).chunks));
  }

  /** Another population for each CA of a world, whose serial numbers come from its seed. */
  #paddingUntil(until: Date): RevokedColumns {
    const { serial, notBefore: from } = this.authority.certificate;
    const seed = `${this.authority.kind}/${serial}`;
    return paddingEntries(this.padding, seed, { from, until });
  }

  /** The directory entry the certificates of a municipality name. */
  #distributionPoint(municipalityCode: string): Uint8Array {
    const issued = this.authority.issued.find((one) => one.municipalityCode === municipalityCode);
    const [name] =
      issued === undefined ? [] : readCertificate(issued.certificate).distributionPoints;
    if (name !== undefined) return name;
    throw new SimulatorError("PKI_INVALID", `no certificate was issued in ${municipalityCode}`);
  }

  /**
   * Steps recorded before a scheduled publication are in it; one recorded at that very moment has to
   * wait for the next. A publication out of turn covers what was recorded when it was asked for.
   */
  #visible(
    now: Date,
    scheduled: Date,
    life: number,
    remembered: Latest<Snapshot["revoked"]>,
  ): Snapshot {
    const forced = this.#forcedBy(now).at(-1);
    const steps = forced?.steps ?? 0;
    const log = this.authority.revocations;
    const thisUpdate = later(scheduled, wholeSeconds(forced?.at ?? scheduled));
    return {
      thisUpdate,
      nextUpdate: new Date(thisUpdate.getTime() + life),
      revoked: remembered(`${scheduled.getTime()}/${steps}/${log.length}`, () => {
        const visible = log.filter((step, i) => i < steps || step.recordedAt < scheduled);
        return new Map(visible.map((step) => [step.serial, step]));
      }),
    };
  }

  #forcedBy(now: Date): ForcedPublication[] {
    return this.#forced.filter(({ at }) => at <= now);
  }
}

function numbered({ number }: ListVariation): { number?: number } {
  return number === undefined ? {} : { number };
}

function later(a: Date, b: Date): Date {
  return a > b ? a : b;
}

type Latest<T> = (key: string, make: () => T) => T;

/** Remembers what was made for the key last asked for. */
function latest<T>(): Latest<T> {
  let kept: { readonly key: string; readonly value: T } | undefined;
  return (key, make) => {
    if (kept?.key !== key) kept = { key, value: make() };
    return kept.value;
  };
}
