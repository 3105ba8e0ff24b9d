/**
 * A small world for the tests of the platforms: a checker that answers what it is told, a directory of
 * two people, and services on ephemeral loopback ports.
 */
import fastify, { type FastifyInstance, type FastifyPluginAsync } from "fastify";
import type { StatusEvidence, Verdict } from "../../pki/index.ts";
import type { Carrier, CertificateChecker, CheckRequest } from "../checker.ts";
import type { LinkedCertificate, PersonDirectory } from "../person-directory.ts";

export const NOON = new Date("2031-04-01T03:00:00.000Z");

export const OCSP_EVIDENCE: StatusEvidence = {
  method: "ocsp",
  producedAt: new Date("2031-04-01T02:50:00.000Z"),
  thisUpdate: new Date("2031-04-01T02:45:00.000Z"),
};

export const CRL_EVIDENCE: StatusEvidence = {
  method: "crl",
  thisUpdate: new Date("2031-03-31T15:00:00.000Z"),
  crlNumber: 4711n,
};

/** Answers with whatever `answer` gives; anything may be put there, as a broken checker might. */
export class ScriptedChecker implements CertificateChecker {
  readonly requests: CheckRequest[] = [];
  answer: (request: CheckRequest) => unknown = ({ method }) => good(method);
  carrier: Carrier = "card";

  async check(request: CheckRequest): Promise<Verdict> {
    this.requests.push(request);
    return this.answer(request) as Verdict;
  }

  carrierOf(): Carrier {
    return this.carrier;
  }
}

export function good(method: "ocsp" | "crl"): Verdict {
  return { verdict: "valid", evidence: method === "ocsp" ? OCSP_EVIDENCE : CRL_EVIDENCE };
}

/** Linkage data as plain maps, to be filled by a test. */
export class ScriptedDirectory implements PersonDirectory {
  readonly persons = new Map<string, LinkedCertificate>();
  readonly signCertificates = new Map<string, readonly Uint8Array[]>();

  personOf(serial: string): LinkedCertificate | undefined {
    return this.persons.get(serial);
  }

  signCertificatesOf(person: string): readonly Uint8Array[] {
    return this.signCertificates.get(person) ?? [];
  }
}

/** Services that listen on ephemeral loopback ports until `close`. */
export class Services {
  readonly #running: FastifyInstance[] = [];

  /** @returns the base URL, without a slash at the end */
  async listen(plugin: FastifyPluginAsync): Promise<string> {
    const app = fastify();
    await app.register(plugin);
    this.#running.push(app);
    return app.listen({ host: "127.0.0.1", port: 0 });
  }

  async close(): Promise<void> {
    await Promise.all(this.#running.splice(0).map((app) => app.close()));
  }
}
