/**
 * The whole of JPKI as the world outside meets it: all CAs, what they have published, OCSP responders
 * and lists, who may ask them, and switches for everything that can go wrong with them.
 */
import type { FastifyPluginAsync } from "fastify";
import type { Clock } from "../../clock.ts";
import { SimulatorError } from "../../errors.ts";
import type { CertificateAuthority } from "../authority/authority.ts";
import { CaHierarchy, type ServiceWorld } from "../authority/hierarchy.ts";
import type { Publication } from "../authority/publication.ts";
import type { Carrier } from "../environment.ts";
import type { CrlFault, OcspFault } from "../faults/names.ts";
import { type FaultPlan, FaultSchedule } from "../faults/schedule.ts";
import { ocspResponder, type Respond } from "../ocsp/responder.ts";
import type { CertificateKind } from "../status.ts";
import { type MaintenanceWindow, secondsOfMaintenance } from "./maintenance.ts";
import { serviceRoutes } from "./routes.ts";
import { parseServiceState, type ServiceState, toServiceState } from "./state.ts";
import { VerifierRegister } from "./verifiers.ts";

export interface ServiceOptions {
  /** How many generations of CAs there are; default 1. With 3, the oldest has ended. */
  readonly generations?: 1 | 2 | 3;
}

export class JpkiService {
  /** Switched by hand; every request over HTTP meets the fault that is set at the time. */
  readonly faults: { ocsp: OcspFault; crl: CrlFault } = { ocsp: "none", crl: "none" };
  /** Planned outages of everything that is served over HTTP. */
  readonly maintenance: MaintenanceWindow[] = [];
  readonly #plans = {
    ocsp: new FaultSchedule<OcspFault>("none"),
    crl: new FaultSchedule<CrlFault>("none"),
  };
  /** Whether OCSP answers are signed for each request, or ahead of time and without a nonce. */
  signing: "live" | "preSigned" = "live";
  /** Who may ask over HTTP: anybody, or registered verifiers about their kind of certificates. */
  access: "open" | "registered" = "open";
  readonly verifiers: VerifierRegister;
  /** Answers an OCSP request about certificates of cards, both DER, as if there were no fault. */
  readonly respond: Respond;
  /** The same for smartphones: a responder of its own (platform-facts 5.8, PK-26). */
  readonly respondForSmartphones: Respond;
  readonly #hierarchy: CaHierarchy;
  readonly #clock: Clock;

  private constructor(hierarchy: CaHierarchy, verifiers: VerifierRegister, clock: Clock) {
    this.#hierarchy = hierarchy;
    this.verifiers = verifiers;
    this.#clock = clock;
    this.respond = this.#responder("card");
    this.respondForSmartphones = this.#responder("smartphone");
  }

  /** Founds both CAs of every generation; draws four keys for each. */
  static async create(world: ServiceWorld, options: ServiceOptions = {}): Promise<JpkiService> {
    const hierarchy = await CaHierarchy.create(world, options.generations ?? 1);
    return new JpkiService(hierarchy, new VerifierRegister(world.random), world.clock);
  }

  /** @throws SimulatorError STATE_INVALID when `state` is not what `state` once gave */
  static restore(state: unknown, world: ServiceWorld): JpkiService {
    const stored = parseServiceState(state);
    const verifiers = new VerifierRegister(world.random, stored.verifiers);
    const service = new JpkiService(CaHierarchy.restore(stored, world), verifiers, world.clock);
    service.access = stored.access;
    service.signing = stored.signing;
    service.maintenance.push(...stored.maintenance);
    return service;
  }

  /** Everything but the faults, which end with the process that set them. */
  get state(): ServiceState {
    return toServiceState({
      nextSerial: this.#hierarchy.nextSerial,
      publications: this.#hierarchy.all,
      verifiers: this.verifiers.all,
      access: this.access,
      signing: this.signing,
      maintenance: this.maintenance,
    });
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
    return this.#hierarchy.generations({ kind, carrier });
  }

  /** The newest generation. @throws SimulatorError PKI_INVALID when there is none */
  current(kind: CertificateKind, carrier: Carrier = "card"): Publication {
    const newest = this.generations(kind, carrier).at(-1);
    if (newest !== undefined) return newest;
    throw new SimulatorError("PKI_INVALID", `this world has no ${kind} CA for a ${carrier}`);
  }

  /** The newest generation, founded if there is none. */
  ensure(kind: CertificateKind, carrier: Carrier): Promise<Publication> {
    return this.#hierarchy.ensure(kind, carrier);
  }

  /**
   * Founds another generation, which draws two keys. The one founded last issues from now on; all go
   * on answering for what they issued.
   *
   * @param options.founded first moment of its ten years; now when absent
   */
  found(
    kind: CertificateKind,
    options: { readonly carrier?: Carrier; readonly founded?: Date } = {},
  ): Promise<Publication> {
    const { carrier = "card", founded = this.#clock.now() } = options;
    return this.#hierarchy.found(kind, carrier, { founded });
  }

  /** Every CA certificate, DER: what a relying party has to trust. */
  get anchors(): readonly Uint8Array[] {
    return this.#hierarchy.all.map(({ authority }) => authority.certificate.der);
  }

  /** The CA that issued a serial number. @throws SimulatorError PKI_SERIAL_UNKNOWN */
  authorityOf(serial: number): CertificateAuthority {
    const found = this.#hierarchy.all.find(({ authority }) => authority.has(serial));
    if (found !== undefined) return found.authority;
    throw new SimulatorError("PKI_SERIAL_UNKNOWN", `no CA of this world issued ${serial}`);
  }

  /** Makes everything visible that happened so far, in OCSP and in the lists. */
  publishNow(): void {
    for (const publication of this.#hierarchy.all) publication.publishNow();
  }

  /**
   * Routes `/ocsp` and `/ocsp-smartphone`; `/crl/auth.crl` and `/crl/sign.crl` with the lists of the
   * CAs that issue at present, `/crl/auth-1.crl` with that of the first generation,
   * `/crl/13101/auth.crl` with that of one municipality, and the same for smartphones as
   * `/crl/smartphone-auth.crl` and so on.
   */
  get routes(): FastifyPluginAsync {
    return serviceRoutes({
      clock: this.#clock,
      arriveAtOcsp: () => this.#arrive("ocsp"),
      arriveAtLists: () => this.#arrive("crl"),
      maintenance: () => secondsOfMaintenance(this.maintenance, this.#clock.now()),
      responders: { card: this.respond, smartphone: this.respondForSmartphones },
      mayAsk: (authorization, kind) =>
        this.access === "open" || this.verifiers.mayAsk(authorization, kind),
      generations: (kind, carrier) => this.generations(kind, carrier),
      all: () => this.#hierarchy.all,
    });
  }

  /** Plans a fault for requests to come; see FaultPlan. With mode `none` it ends what was planned. */
  planFault<Service extends "ocsp" | "crl">(
    service: Service,
    plan: FaultPlan<JpkiService["faults"][Service]>,
  ): void {
    const { mode } = plan;
    this.faults[service] = mode === "none" ? mode : this.faults[service];
    const schedule = this.#plans[service] as FaultSchedule<JpkiService["faults"][Service]>;
    schedule.plan(mode === "none" ? undefined : plan);
  }

  /** What strikes a request that arrives now: as planned, or else as set by hand. */
  #arrive<Service extends "ocsp" | "crl">(service: Service): JpkiService["faults"][Service] {
    const schedule = this.#plans[service] as FaultSchedule<JpkiService["faults"][Service]>;
    this.faults[service] = schedule.arrive(this.#clock.now()) ?? this.faults[service];
    return this.faults[service];
  }

  #responder(carrier: Carrier): Respond {
    return ocspResponder({
      publications: () => this.#hierarchy.generations({ carrier }),
      clock: this.#clock,
      preSigned: () => this.signing === "preSigned",
    });
  }
}
