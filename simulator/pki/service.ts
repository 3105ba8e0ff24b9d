/**
 * The whole of JPKI as the world outside meets it: both CAs, what they have published, an OCSP
 * responder and the lists, with switches for outages.
 */
import type { FastifyPluginAsync } from "fastify";
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import type { Random } from "../random.ts";
import { CertificateAuthority } from "./authority.ts";
import type { CaIdentity, Carrier, OwnCaIdentity } from "./environment.ts";
import type { CrlFault, OcspFault } from "./faults.ts";
import type { AuthorityWorld } from "./issuing.ts";
import type { KeySource } from "./key-pool.ts";
import { ocspResponder, type Respond } from "./ocsp-responder.ts";
import { Publication } from "./publication.ts";
import { SerialCounter } from "./serials.ts";
import { serviceRoutes } from "./service-routes.ts";
import { parseServiceState, type ServiceState, toServiceState } from "./service-state.ts";
import type { CertificateKind } from "./status.ts";

/** How many years before a world begins its generations were founded, the newest first. */
const GENERATION_AGES = [3, 7, 11] as const;

export interface ServiceWorld {
  readonly keys: KeySource;
  readonly clock: Clock;
  readonly random: Random;
  /** Address of the responder as certificates will name it, for example `http://127.0.0.1:8080/ocsp`. */
  readonly ocspUrl: string;
  /** Default `test`; `rehearsal` stands in the place of production. */
  readonly environment?: OwnCaIdentity["environment"];
}

export interface ServiceOptions {
  /** How many generations of CAs there are; default 1. With 3, the oldest has ended. */
  readonly generations?: 1 | 2 | 3;
}

export class JpkiService {
  /** Switched by hand; every request meets the fault that is set at the time. */
  readonly faults: { ocsp: OcspFault; crl: CrlFault } = { ocsp: "none", crl: "none" };
  /** Answers an OCSP request about certificates of cards, both DER, as if there were no fault. */
  readonly respond: Respond;
  /** The same for smartphones: a responder of its own (platform-facts 5.8, PK-26). */
  readonly respondForSmartphones: Respond;
  readonly #world: ServiceWorld;
  readonly #serials: SerialCounter;
  /** Of every identity the oldest generation first. */
  readonly #publications: Publication[] = [];

  private constructor(world: ServiceWorld, serials: SerialCounter) {
    this.#world = world;
    this.#serials = serials;
    this.respond = ocspResponder(() => this.#of({ carrier: "card" }), world.clock);
    this.respondForSmartphones = ocspResponder(
      () => this.#of({ carrier: "smartphone" }),
      world.clock,
    );
  }

  /** Founds both CAs of every generation; draws four keys for each. */
  static async create(world: ServiceWorld, options: ServiceOptions = {}): Promise<JpkiService> {
    const service = new JpkiService(world, SerialCounter.seeded(world.random.fork("serials")));
    const ages = GENERATION_AGES.slice(0, options.generations ?? 1).toReversed();
    for (const age of ages) {
      const founded = yearsBefore(world.clock.now(), age);
      await service.found("auth", { founded });
      await service.found("sign", { founded });
    }
    return service;
  }

  /** @throws SimulatorError STATE_INVALID when `state` is not what `state` once gave */
  static restore(state: unknown, world: ServiceWorld): JpkiService {
    const stored = parseServiceState(state);
    const service = new JpkiService(world, new SerialCounter(stored.nextSerial));
    for (const { authority, forced, padding } of stored.publications) {
      const reopened = CertificateAuthority.restore(authority, service.#authorityWorld());
      const publication = new Publication(reopened, world.clock, forced);
      publication.padding = padding;
      service.#publications.push(publication);
    }
    for (const kind of ["auth", "sign"] as const) {
      if (service.generations(kind).length > 0) continue;
      throw new SimulatorError("STATE_INVALID", `the state of JPKI has no ${kind} CA`);
    }
    return service;
  }

  get state(): ServiceState {
    return toServiceState(this.#serials.next, this.#publications);
  }

  /** The CA that issues 利用者証明用 certificates for cards at present. */
  get auth(): Publication {
    return this.current("auth");
  }

  /** The CA that issues 署名用 certificates for cards at present. */
  get sign(): Publication {
    return this.current("sign");
  }

  /** All generations of a CA, the oldest first; they share one name. */
  generations(kind: CertificateKind, carrier: Carrier = "card"): readonly Publication[] {
    return this.#of({ kind, carrier });
  }

  /** The newest generation. @throws SimulatorError PKI_INVALID when there is none */
  current(kind: CertificateKind, carrier: Carrier = "card"): Publication {
    const newest = this.generations(kind, carrier).at(-1);
    if (newest !== undefined) return newest;
    throw new SimulatorError("PKI_INVALID", `this world has no ${kind} CA for a ${carrier}`);
  }

  /** The newest generation, founded now if there is none. */
  async ensure(kind: CertificateKind, carrier: Carrier): Promise<Publication> {
    const founded = yearsBefore(this.#world.clock.now(), GENERATION_AGES[0]);
    return this.generations(kind, carrier).at(-1) ?? this.found(kind, { carrier, founded });
  }

  /**
   * Founds another generation, which draws two keys. The one founded last issues from now on; all go
   * on answering for what they issued.
   *
   * @param options.founded first moment of its ten years; now when absent
   */
  async found(
    kind: CertificateKind,
    options: { readonly carrier?: Carrier; readonly founded?: Date } = {},
  ): Promise<Publication> {
    const { carrier = "card", founded = this.#world.clock.now() } = options;
    const world = this.#authorityWorld(carrier);
    const authority = await CertificateAuthority.create(kind, founded, world);
    const publication = new Publication(authority, this.#world.clock);
    this.#publications.push(publication);
    return publication;
  }

  /** Every CA certificate, DER: what a relying party has to trust. */
  get anchors(): readonly Uint8Array[] {
    return this.#publications.map(({ authority }) => authority.certificate.der);
  }

  /** The CA that issued a serial number. @throws SimulatorError PKI_SERIAL_UNKNOWN */
  authorityOf(serial: number): CertificateAuthority {
    const found = this.#publications.find(({ authority }) => authority.has(serial));
    if (found !== undefined) return found.authority;
    throw new SimulatorError("PKI_SERIAL_UNKNOWN", `no CA of this world issued ${serial}`);
  }

  /** Makes everything visible that happened so far, in OCSP and in the lists. */
  publishNow(): void {
    for (const publication of this.#publications) publication.publishNow();
  }

  /**
   * Routes `/ocsp` and `/ocsp-smartphone`; `/crl/auth.crl` and `/crl/sign.crl` with the lists of the
   * CAs that issue at present, `/crl/auth-1.crl` with that of the first generation,
   * `/crl/13101/auth.crl` with that of one municipality, and the same for smartphones as
   * `/crl/smartphone-auth.crl` and so on.
   */
  get routes(): FastifyPluginAsync {
    return serviceRoutes({
      faults: this.faults,
      respond: this.respond,
      respondForSmartphones: this.respondForSmartphones,
      list: (kind, carrier, generation) => {
        const all = this.generations(kind, carrier);
        return generation === undefined ? all.at(-1) : all[generation - 1];
      },
    });
  }

  #of(wanted: Partial<CaIdentity>): Publication[] {
    return this.#publications.filter(({ authority: { identity } }) =>
      Object.entries(wanted).every(([key, value]) => identity[key as keyof CaIdentity] === value),
    );
  }

  #authorityWorld(carrier: Carrier = "card"): AuthorityWorld {
    const { ocspUrl } = this.#world;
    return {
      ...this.#world,
      serials: this.#serials,
      carrier,
      ocspUrl: carrier === "card" ? ocspUrl : `${ocspUrl}-smartphone`,
    };
  }
}

function yearsBefore(now: Date, years: number): Date {
  const date = new Date(now);
  date.setUTCFullYear(now.getUTCFullYear() - years);
  return date;
}
