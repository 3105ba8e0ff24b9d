/**
 * A municipal system's own check of a certificate, as it must be done in 類型② (platform-facts 1.1):
 * whom it trusts, whom it asks, and what its clock says are for the scenario to choose.
 */
import type { Clock } from "../../../simulator/clock.ts";
import type { Lab } from "../../../simulator/lab/index.ts";
import {
  type CertificateKind,
  carrierOf,
  type EnvironmentName,
  inTurn,
  type OcspSourceOptions,
  ocspSource,
  type StatusSource,
  type Verdict,
  validateCertificate,
} from "../../../simulator/pki/index.ts";
import type { CheckMethod } from "../../../simulator/platform/index.ts";
import { askingAgain } from "./asking-again.ts";
import { currentLists } from "./lists.ts";

/** An answer on the loopback takes milliseconds, but for a machine that is busy. */
const TIMEOUT = 10_000;

export interface OcspHabits
  extends Partial<Pick<OcspSourceOptions, "hash" | "nonce" | "missingNonce" | "token">> {
  /** Whom to ask. Default the responder for what carries the certificate, card or smartphone. */
  readonly url?: string;
  /** Milliseconds to wait for an answer. Default 10000. */
  readonly timeout?: number;
  /** How often to ask again where that may help. Default never. */
  readonly retries?: number;
}

export interface VerifierSetup {
  /** Who is asked, each where the one before has no answer. Default the OCSP responder. */
  readonly ask?: readonly [CheckMethod | StatusSource, ...(CheckMethod | StatusSource)[]];
  readonly ocsp?: OcspHabits;
  /** Trusted CA certificates, DER. Default all of the world. */
  readonly anchors?: readonly Uint8Array[];
  /** Whose certificates are wanted. Default `test`. */
  readonly environment?: EnvironmentName;
  /** Milliseconds by which the system's clock is fast; negative where it is slow. */
  readonly clockAhead?: number;
}

export interface Verifier {
  /** @throws SimulatorError PKI_INVALID when it is not a certificate at all */
  verify(certificate: Uint8Array, kind: CertificateKind, setup?: VerifierSetup): Promise<Verdict>;
  /** The OCSP responder by itself, which knows serial numbers and not signatures. */
  responder(habits?: OcspHabits): StatusSource;
}

export function verifier(lab: Lab): Verifier {
  // One stream for all questions, so that each has a nonce of its own.
  const random = lab.random("verifier");
  const common = (setup: VerifierSetup) => {
    const { anchors = lab.jpki.anchors, clockAhead = 0 } = setup;
    const clock: Clock = { now: () => new Date(lab.clock.now().getTime() + clockAhead) };
    return { anchors, clock, random };
  };
  return {
    verify: (certificate, kind, setup = {}) => {
      const { environment = "test", ask = ["ocsp"], ocsp } = setup;
      const { anchors, clock } = common(setup);
      const by = {
        ocsp: () => byResponder(lab, common(setup), ocsp),
        crl: () => currentLists(lab, clock),
      };
      const source = (one: CheckMethod | StatusSource) =>
        typeof one === "string" ? by[one]() : one;
      const [first, ...rest] = ask;
      return validateCertificate(certificate, {
        anchors,
        clock,
        kind,
        environment,
        source: inTurn(source(first), ...rest.map(source)),
      });
    },
    responder: (habits) => byResponder(lab, common({}), habits),
  };
}

function byResponder(
  lab: Lab,
  common: Pick<OcspSourceOptions, "anchors" | "clock" | "random">,
  { url, timeout = TIMEOUT, retries = 0, ...habits }: OcspHabits = {},
): StatusSource {
  return {
    check: (certificate) => {
      const responder = url ?? responderFor(certificate, lab);
      const source = ocspSource({ ...common, ...habits, url: responder, timeout });
      return askingAgain(source, retries).check(certificate);
    },
  };
}

function responderFor(certificate: Uint8Array, { addresses }: Lab): string {
  return carrierOf(certificate) === "smartphone" ? `${addresses.ocsp}-smartphone` : addresses.ocsp;
}
