/**
 * Certificate status from a revocation list fetched before (CRL提供方式): the list is kept and used
 * until it is out of date. A list that cannot be trusted never takes the place of one that can.
 */
import type { Clock } from "../../clock.ts";
import { type CertificateView, readCertificate } from "../certificate/certificate.ts";
import { sameName } from "../certificate/same-name.ts";
import type { ListContent, RevokedEntry } from "../crl/reader.ts";
import { ListReceiver, readCrlStream } from "../crl/stream.ts";
import { DEFAULT_SKEW } from "../ocsp/verify.ts";
import { bearer } from "../service/verifiers.ts";
import type { CertificateStatus, StatusSource } from "../status.ts";
import { fetchPieces } from "./http-get.ts";
import { findAnchor } from "./trust.ts";
import { StatusUnavailable } from "./unavailable.ts";

export const CRL_TYPE = "application/pkix-crl";

/** A list of national size is hundreds of megabytes. */
const DEFAULT_TIMEOUT = 60_000;

export interface CrlSourceOptions {
  /** The CA whose list it is, DER. */
  readonly anchor: Uint8Array;
  readonly clock: Clock;
  /** Where the list is; absent when it is only ever handed in by `load`. */
  readonly url?: string;
  /** Milliseconds the CA's clock may be off; default five minutes. */
  readonly skew?: number;
  /** Milliseconds; default 60,000. */
  readonly timeout?: number;
  /** Token of a registered verifier, for a service that asks for one. */
  readonly token?: string;
}

export class CrlSource implements StatusSource {
  readonly #options: CrlSourceOptions;
  readonly #anchor: CertificateView;
  #list: ListContent | undefined;

  constructor(options: CrlSourceOptions) {
    this.#options = options;
    this.#anchor = readCertificate(options.anchor);
  }

  /** The list in use. */
  get list(): ListContent | undefined {
    return this.#list;
  }

  /**
   * Takes a list into use if it is by this CA, in date and no older than the one in use.
   *
   * @throws StatusUnavailable whose `problem` says why not; the list in use stays
   */
  load(der: Uint8Array): void {
    this.#use(receive(der, this.#anchor));
  }

  #use(list: ListContent): void {
    this.#requireInDate(list);
    const newest = this.#list?.number;
    if (newest !== undefined && list.number < newest) {
      const message = `the revocation list has number ${list.number}, ${newest} was seen before`;
      throw new StatusUnavailable("rollback", message);
    }
    this.#list = list;
  }

  /** Fetches the list and takes it into use. */
  async refresh(): Promise<void> {
    const { url, timeout = DEFAULT_TIMEOUT, token } = this.#options;
    if (url === undefined) {
      throw new StatusUnavailable("connection", "it was not said where the revocation list is");
    }
    const authorization = token === undefined ? {} : { authorization: bearer(token) };
    const chunks = fetchPieces({ url, expect: CRL_TYPE, timeout, ...authorization });
    this.#use(await readCrlStream(chunks, this.#anchor).catch(unreadable));
  }

  /** Looks into the list in use; fetches one when there is none, or none that is in date. */
  async check(certificate: Uint8Array): Promise<CertificateStatus> {
    const view = readCertificate(certificate);
    if (findAnchor([this.#anchor], view) === undefined) {
      throw new StatusUnavailable(
        "otherList",
        `the list is not that of certificate ${view.serial}`,
      );
    }
    const list = await this.#current();
    requireCovered(view, list);
    const { thisUpdate, number } = list;
    const evidence = { method: "crl", thisUpdate, crlNumber: number } as const;
    const entry = findEntry(list, view.serial);
    return entry === undefined
      ? { status: "good", evidence }
      : { status: "revoked", ...entry, evidence };
  }

  async #current(): Promise<ListContent> {
    if (this.#options.url !== undefined && !this.#isInDate()) await this.refresh();
    const list = this.#list;
    if (list === undefined)
      throw new StatusUnavailable("connection", "there is no revocation list");
    this.#requireInDate(list);
    return list;
  }

  #isInDate(): boolean {
    const { clock, skew = DEFAULT_SKEW } = this.#options;
    const list = this.#list;
    return list !== undefined && list.nextUpdate.getTime() >= clock.now().getTime() - skew;
  }

  #requireInDate({ thisUpdate, nextUpdate }: ListContent): void {
    const { clock, skew = DEFAULT_SKEW } = this.#options;
    const now = clock.now().getTime();
    if (thisUpdate.getTime() > now + skew) {
      const message = `the revocation list is from the future (${thisUpdate.toISOString()}); is a clock wrong?`;
      throw new StatusUnavailable("time", message);
    }
    if (nextUpdate.getTime() < now - skew) {
      const message = `the revocation list is out of date since ${nextUpdate.toISOString()}`;
      throw new StatusUnavailable("time", message);
    }
  }
}

/** A list of one municipality knows nothing of certificates that name another (PK-12). */
function requireCovered(certificate: CertificateView, { scope }: ListContent): void {
  if (scope === undefined) return;
  const { serial, isCa } = certificate;
  if (scope.indirect || scope.someReasons) {
    throw new StatusUnavailable(
      "otherScope",
      "the revocation list is of a kind JPKI does not have",
    );
  }
  if (scope.only !== undefined && scope.only !== (isCa ? "cas" : "users")) {
    throw new StatusUnavailable(
      "otherScope",
      `the list is of ${scope.only} only, ${serial} is none`,
    );
  }
  if (isOfPlace(certificate, scope.distributionPoints)) return;
  throw new StatusUnavailable(
    "otherScope",
    `the list is of another place than certificate ${serial}`,
  );
}

function isOfPlace(
  { distributionPoints }: CertificateView,
  covered: readonly Uint8Array[] | undefined,
): boolean {
  if (covered === undefined) return true;
  return distributionPoints.some((one) => covered.some((name) => sameName(name, one)));
}

function findEntry(list: ListContent, serial: bigint): RevokedEntry | undefined {
  try {
    return list.find(serial);
  } catch (cause) {
    const message = `what the list says about ${serial} cannot be read`;
    throw new StatusUnavailable("malformedAnswer", message, { cause });
  }
}

function receive(der: Uint8Array, ca: CertificateView): ListContent {
  try {
    const receiver = new ListReceiver();
    receiver.push(der);
    return receiver.finish(ca);
  } catch (cause) {
    return unreadable(cause);
  }
}

function unreadable(cause: unknown): never {
  if (cause instanceof StatusUnavailable) throw cause;
  throw new StatusUnavailable("malformedAnswer", "the revocation list cannot be read", { cause });
}
