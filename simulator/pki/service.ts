/**
 * The whole of JPKI as the world outside meets it: both CAs, what they have published, an OCSP
 * responder and the lists, with switches for outages.
 */
import type { FastifyPluginAsync } from "fastify";
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import type { Random } from "../random.ts";
import { type AuthorityWorld, CertificateAuthority } from "./authority.ts";
import { CRL_TYPE } from "./crl-source.ts";
import { addTransportFaults, type CrlFault, type OcspFault } from "./faults.ts";
import type { KeySource } from "./key-pool.ts";
import { ocspRoutes } from "./ocsp-http.ts";
import { ocspResponder, type Respond } from "./ocsp-responder.ts";
import { makeOcspError } from "./ocsp-response.ts";
import { Publication } from "./publication.ts";
import { SerialCounter } from "./serials.ts";
import { parseServiceState, type ServiceState, toServiceState } from "./service-state.ts";
import type { CertificateKind } from "./status.ts";

/** The CAs were founded three years before a world begins, so that it has a past. */
const YEARS_BEFORE = 3;

export interface ServiceWorld {
  readonly keys: KeySource;
  readonly clock: Clock;
  readonly random: Random;
  /** Address of the responder as certificates will name it, for example `http://127.0.0.1:8080/ocsp`. */
  readonly ocspUrl: string;
}

export class JpkiService {
  readonly auth: Publication;
  readonly sign: Publication;
  /** Switched by hand; every request meets the fault that is set at the time. */
  readonly faults: { ocsp: OcspFault; crl: CrlFault } = { ocsp: "none", crl: "none" };
  /** Answers an OCSP request, both DER, as if there were no fault. */
  readonly respond: Respond;
  readonly #serials: SerialCounter;

  private constructor(auth: Publication, sign: Publication, serials: SerialCounter, clock: Clock) {
    this.auth = auth;
    this.sign = sign;
    this.#serials = serials;
    this.respond = ocspResponder([auth, sign], clock);
  }

  /** Founds both CAs; draws four keys. */
  static async create(world: ServiceWorld): Promise<JpkiService> {
    const serials = SerialCounter.seeded(world.random.fork("serials"));
    const authorityWorld: AuthorityWorld = { ...world, serials };
    const founded = world.clock.now();
    founded.setUTCFullYear(founded.getUTCFullYear() - YEARS_BEFORE);
    const found = async (kind: CertificateKind) =>
      new Publication(
        await CertificateAuthority.create(kind, founded, authorityWorld),
        world.clock,
      );
    return new JpkiService(await found("auth"), await found("sign"), serials, world.clock);
  }

  /** @throws SimulatorError STATE_INVALID when `state` is not what `state` once gave */
  static restore(state: unknown, world: ServiceWorld): JpkiService {
    const stored = parseServiceState(state);
    const serials = new SerialCounter(stored.nextSerial);
    const reopen = (kind: CertificateKind) => {
      const authority = CertificateAuthority.restore(stored[kind].authority, { ...world, serials });
      if (authority.kind === kind)
        return new Publication(authority, world.clock, stored[kind].forced);
      throw new SimulatorError("STATE_INVALID", `the ${kind} CA is stored as ${authority.kind}`);
    };
    return new JpkiService(reopen("auth"), reopen("sign"), serials, world.clock);
  }

  get state(): ServiceState {
    return toServiceState(this.#serials.next, this.auth, this.sign);
  }

  /** Both CA certificates, DER: what a relying party has to trust. */
  get anchors(): readonly Uint8Array[] {
    return [this.auth, this.sign].map(({ authority }) => authority.certificate.der);
  }

  /** The CA that issued a serial number. @throws SimulatorError PKI_SERIAL_UNKNOWN */
  authorityOf(serial: number): CertificateAuthority {
    const found = [this.auth, this.sign].find(({ authority }) => authority.has(serial));
    if (found !== undefined) return found.authority;
    throw new SimulatorError("PKI_SERIAL_UNKNOWN", `no CA of this world issued ${serial}`);
  }

  /** Makes everything visible that happened so far, in OCSP and in the lists. */
  publishNow(): void {
    this.auth.publishNow();
    this.sign.publishNow();
  }

  /** Routes `/ocsp`, `/crl/auth.crl` and `/crl/sign.crl`. */
  get routes(): FastifyPluginAsync {
    return async (server) => {
      await server.register(this.#ocspRoutes, { prefix: "/ocsp" });
      await server.register(this.#crlRoutes, { prefix: "/crl" });
    };
  }

  get #ocspRoutes(): FastifyPluginAsync {
    return async (server) => {
      addTransportFaults(server, () => this.faults.ocsp);
      await server.register(ocspRoutes((request) => this.#respondOrFail(request)));
    };
  }

  get #crlRoutes(): FastifyPluginAsync {
    return async (server) => {
      addTransportFaults(server, () => this.faults.crl);
      for (const publication of [this.auth, this.sign]) {
        server.get(`/${publication.authority.kind}.crl`, async (_request, reply) =>
          reply.header("content-type", CRL_TYPE).send(Buffer.from(await publication.crl())),
        );
      }
    };
  }

  async #respondOrFail(request: Uint8Array): Promise<Uint8Array> {
    const fault = this.faults.ocsp;
    switch (fault) {
      case "tryLater":
      case "internalError":
      case "sigRequired":
      case "unauthorized":
        return makeOcspError(fault);
      default:
        return this.respond(request);
    }
  }
}
