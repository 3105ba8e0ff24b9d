/**
 * The checker a lab gives its platforms: the validator of the PKI room over real status sources, an
 * OCSP responder asked over HTTP and lists fetched before.
 */
import type { Clock } from "../clock.ts";
import { SimulatorError } from "../errors.ts";
import { carrierOf, type StatusSource, validateCertificate } from "../pki/index.ts";
import type { Carrier, CertificateChecker, CheckMethod } from "./checker.ts";

export interface PkiCheckerOptions {
  /** Trusted CA certificates, DER: every generation of both CAs. */
  readonly anchors: readonly Uint8Array[];
  readonly clock: Clock;
  /** Who is asked by which method. */
  readonly sources: Readonly<Record<CheckMethod, StatusSource>>;
  /** Which service's certificates count; the simulator's own unless said otherwise. */
  readonly environment?: "test" | "production";
}

export function pkiChecker({ sources, ...common }: PkiCheckerOptions): CertificateChecker {
  return {
    check: async ({ certificate, method, kind }) => {
      try {
        const source = sources[method];
        return await validateCertificate(certificate, { ...common, kind, source });
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        // Something X.509 enough to get here and no more was not issued by a CA of JPKI.
        return { verdict: "wrongCa", why: error.message };
      }
    },
    carrierOf: carrier,
  };
}

/** What is not a certificate of JPKI is refused for that, and not for living on a telephone. */
function carrier(certificate: Uint8Array): Carrier {
  try {
    return carrierOf(certificate) ?? "card";
  } catch (error) {
    if (isUnreadable(error)) return "card";
    throw error;
  }
}

function isUnreadable(error: unknown): error is SimulatorError {
  return error instanceof SimulatorError && error.code === "PKI_INVALID";
}
