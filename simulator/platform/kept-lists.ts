/**
 * A platform's copy of the revocation lists, loaded once a day at an hour of its own (platform-facts
 * 5.2). Between the hour the CA publishes and the hour the platform loads, its answers are a day
 * older than they could be (LA-02); when the line to the CA is cut, the copy is used up to a set age
 * (LA-04). Nothing runs here: whether a load is due follows from the clock when somebody asks.
 */
import { z } from "zod";
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import {
  type CertificateStatus,
  inTurn,
  jstDay,
  type StatusSource,
  startOfJstDay,
} from "../pki/index.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** One CA's list, which can be fetched anew; `CrlSource` of the PKI room is one. */
export interface RefreshableSource extends StatusSource {
  /** @throws SimulatorError PKI_STATUS_UNAVAILABLE; the list in use stays */
  refresh(): Promise<void>;
}

export interface ListSchedule {
  /** Hour of the day in Japan at which the lists are loaded, 0 to 23. */
  readonly loadHourJst: number;
  /** How long to leave the CA alone after a load that failed. */
  readonly retryMinutes: number;
  /** Age of a list, from its thisUpdate, beyond which nothing is concluded from it any more. */
  readonly maxAgeHours: number;
}

/** Part of a platform's profile: `new KeptLists({ sources, clock, ...profile.lists })`. */
export function listSchedule(loadHourJst: number) {
  return z
    .strictObject({
      loadHourJst: z.int().min(0).max(23).default(loadHourJst),
      retryMinutes: z.int().min(1).max(1440).default(10),
      maxAgeHours: z.int().min(1).max(720).default(72),
    })
    .prefault({});
}

export interface KeptListsOptions extends ListSchedule {
  /** One for each CA. */
  readonly sources: readonly [RefreshableSource, ...RefreshableSource[]];
  readonly clock: Clock;
}

export class KeptLists implements StatusSource {
  readonly #options: KeptListsOptions;
  readonly #lists: StatusSource;
  #loadedAt: Date | undefined;
  #failedAt: Date | undefined;
  #loading: Promise<void> | undefined;

  constructor(options: KeptListsOptions) {
    this.#options = options;
    const [first, ...rest] = options.sources;
    this.#lists = inTurn(first, ...rest);
  }

  /** When the copy was made; undefined before the first load. */
  get loadedAt(): Date | undefined {
    return this.#loadedAt;
  }

  /** Loads all lists now, whatever the hour. @throws SimulatorError PKI_STATUS_UNAVAILABLE */
  async load(): Promise<void> {
    const at = this.#options.clock.now();
    try {
      await Promise.all(this.#options.sources.map((source) => source.refresh()));
      this.#loadedAt = at;
      this.#failedAt = undefined;
    } catch (error) {
      this.#failedAt = at;
      throw error;
    }
  }

  async check(certificate: Uint8Array): Promise<CertificateStatus> {
    if (this.#loadIsDue()) await this.#tryToLoad();
    if (this.#loadedAt === undefined) {
      throw new SimulatorError("PKI_STATUS_UNAVAILABLE", "no revocation list was ever loaded");
    }
    const status = await this.#lists.check(certificate);
    this.#requireFresh(status.evidence.thisUpdate);
    return status;
  }

  #requireFresh(thisUpdate: Date): void {
    const { clock, maxAgeHours } = this.#options;
    if (clock.now().getTime() - thisUpdate.getTime() <= maxAgeHours * HOUR) return;
    throw new SimulatorError(
      "PKI_STATUS_UNAVAILABLE",
      `the revocation list of ${thisUpdate.toISOString()} is older than ${maxAgeHours} hours`,
    );
  }

  /** Requests that arrive while a load is under way wait for that one. */
  async #tryToLoad(): Promise<void> {
    this.#loading ??= this.load().finally(() => {
      this.#loading = undefined;
    });
    // A failed load leaves the copy as it is; its age decides what can still be said.
    await this.#loading.catch(() => {});
  }

  #loadIsDue(): boolean {
    const { clock, retryMinutes } = this.#options;
    const now = clock.now();
    if (this.#failedAt !== undefined) {
      const sinceFailure = now.getTime() - this.#failedAt.getTime();
      // A clock that was set back does not keep the platform from trying.
      if (sinceFailure >= 0 && sinceFailure < retryMinutes * MINUTE) return false;
    }
    return this.#loadedAt === undefined || this.#loadedAt < this.#lastLoadHour(now);
  }

  #lastLoadHour(now: Date): Date {
    const { loadHourJst } = this.#options;
    const today = startOfJstDay(jstDay(now)).getTime() + loadHourJst * HOUR;
    return new Date(today <= now.getTime() ? today : today - DAY);
  }
}
