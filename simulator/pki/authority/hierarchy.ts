/**
 * All CAs of a world: for both kinds of certificate, cards and smartphones, one generation after
 * another (platform-facts 5.4).
 */
import type { Clock } from "../../clock.ts";
import { SimulatorError } from "../../errors.ts";
import type { Random } from "../../random.ts";
import type { CaIdentity, Carrier, OwnCaIdentity } from "../environment.ts";
import type { KeySource } from "../keys/key-pool.ts";
import type { StoredService } from "../service/state.ts";
import type { CertificateKind } from "../status.ts";
import { CertificateAuthority } from "./authority.ts";
import type { AuthorityWorld } from "./issuing.ts";
import { Publication } from "./publication.ts";
import { SerialCounter } from "./serials.ts";

/** How many years before a world begins its generations were founded, the newest first. */
const GENERATION_AGES = [3, 7, 11] as const;
/** Serial number of the first CA certificates there were (card-facts section 7.1). */
const FIRST_OF_ALL = 1;

export interface ServiceWorld {
  readonly keys: KeySource;
  readonly clock: Clock;
  readonly random: Random;
  /** Address of the responder as certificates will name it, for example `http://127.0.0.1:8080/ocsp`. */
  readonly ocspUrl: string;
  /** Default `test`; `rehearsal` stands in the place of production. */
  readonly environment?: OwnCaIdentity["environment"];
}

export interface Foundation {
  /** First moment of its ten years. */
  readonly founded: Date;
  /** Of its own certificate; the next of the world when absent. */
  readonly serial?: number;
}

export class CaHierarchy {
  readonly #world: ServiceWorld;
  readonly #serials: SerialCounter;
  /** Of every identity the oldest generation first. */
  readonly #publications: Publication[] = [];

  private constructor(world: ServiceWorld, serials: SerialCounter) {
    this.#world = world;
    this.#serials = serials;
  }

  /** Founds both CAs for cards of every generation; draws four keys for each. */
  static async create(world: ServiceWorld, generations: 1 | 2 | 3): Promise<CaHierarchy> {
    const serials = SerialCounter.seeded(world.random.fork("serials"));
    const hierarchy = new CaHierarchy(world, serials);
    for (const age of GENERATION_AGES.slice(0, generations).toReversed()) {
      const founded = yearsBefore(world.clock.now(), age);
      const serial = age === GENERATION_AGES.at(-1) ? { serial: FIRST_OF_ALL } : {};
      await hierarchy.found("auth", "card", { founded, ...serial });
      await hierarchy.found("sign", "card", { founded, ...serial });
    }
    return hierarchy;
  }

  /** @throws SimulatorError STATE_INVALID */
  static restore(stored: StoredService, world: ServiceWorld): CaHierarchy {
    const hierarchy = new CaHierarchy(world, new SerialCounter(stored.nextSerial));
    for (const { authority, forced, padding } of stored.publications) {
      const reopened = CertificateAuthority.restore(authority, hierarchy.#authorityWorld());
      const publication = new Publication(reopened, world.clock, forced);
      publication.padding = padding;
      hierarchy.#publications.push(publication);
    }
    for (const kind of ["auth", "sign"] as const) {
      if (hierarchy.generations({ kind, carrier: "card" }).length > 0) continue;
      throw new SimulatorError("STATE_INVALID", `the state of JPKI has no ${kind} CA`);
    }
    return hierarchy;
  }

  get nextSerial(): number {
    return this.#serials.next;
  }

  get all(): readonly Publication[] {
    return this.#publications;
  }

  /** Those with the wanted kind and carrier, the oldest first. */
  generations(wanted: Partial<Pick<CaIdentity, "kind" | "carrier">>): readonly Publication[] {
    const { kind, carrier } = wanted;
    return this.#publications.filter(
      ({ authority: { identity } }) =>
        (kind === undefined || identity.kind === kind) &&
        (carrier === undefined || identity.carrier === carrier),
    );
  }

  /** The newest generation, founded now, and three years ago, if there is none. */
  async ensure(kind: CertificateKind, carrier: Carrier): Promise<Publication> {
    const founded = yearsBefore(this.#world.clock.now(), GENERATION_AGES[0]);
    return this.generations({ kind, carrier }).at(-1) ?? this.found(kind, carrier, { founded });
  }

  async found(
    kind: CertificateKind,
    carrier: Carrier,
    { founded, serial }: Foundation,
  ): Promise<Publication> {
    const world = { ...this.#authorityWorld(), carrier };
    const authority = await CertificateAuthority.create(kind, founded, world, serial);
    const publication = new Publication(authority, this.#world.clock);
    this.#publications.push(publication);
    return publication;
  }

  #authorityWorld(): AuthorityWorld {
    return { ...this.#world, serials: this.#serials };
  }
}

function yearsBefore(now: Date, years: number): Date {
  const date = new Date(now);
  date.setUTCFullYear(now.getUTCFullYear() - years);
  return date;
}
