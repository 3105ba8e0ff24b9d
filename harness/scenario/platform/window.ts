/**
 * A window of a municipality on LGWAN (市区町村窓口), connected to 地方認証プラットフォーム by one method or both
 * (platform-facts section 2).
 */
import type { Lab } from "../../../simulator/lab/index.ts";
import type { CertificateKind } from "../../../simulator/pki/index.ts";
import type { CheckMethod } from "../../../simulator/platform/index.ts";
import {
  answerFrom,
  decide,
  grantAccess,
  type HttpTraceSink,
  LocalAuthPfClient,
  type WindowDecision,
} from "../../platform/index.ts";

export interface WindowAsk {
  /** Methods the municipality has applied for; all are asked. Default OCSP方式. */
  readonly methods?: readonly CheckMethod[];
  /** Whether smartphone certificates are enabled. Default false. */
  readonly smartphone?: boolean;
  /** Milliseconds for one query. Default 5000. */
  readonly deadline?: number;
}

export interface Window {
  /** @throws PlatformError PLATFORM_REFUSED or PLATFORM_PROTOCOL: nothing about the person */
  decide(certificate: Uint8Array, kind?: CertificateKind): Promise<WindowDecision>;
}

export function openWindow(
  lab: Lab,
  name: string,
  ask: WindowAsk & { readonly sink: HttpTraceSink },
): Window {
  const { methods = ["ocsp"], smartphone = false, ...options } = ask;
  const clients = methods.map((method) => {
    const kinds: CertificateKind[] = ["auth", "sign"];
    const access = grantAccess(lab.localAuthPf, { name, method, kinds, smartphone });
    const baseUrl = lab.addresses.localAuthPf;
    const { profile } = lab.localAuthPf;
    return new LocalAuthPfClient({ baseUrl, method, access, profile, ...options });
  });
  return {
    decide: async (certificate, kind = "auth") =>
      decide(await Promise.all(clients.map((client) => answerFrom(client, certificate, kind)))),
  };
}
