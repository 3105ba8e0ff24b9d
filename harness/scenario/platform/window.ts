/**
 * A window of a municipality on LGWAN (市区町村窓口), and what is done there with the answers of
 * 地方認証プラットフォーム (platform-facts section 2): serve the person, turn the certificate away, or
 * identify the person otherwise because nothing could be found out.
 */
import type { Lab } from "../../../simulator/lab/index.ts";
import type { CertificateKind, StatusEvidence } from "../../../simulator/pki/index.ts";
import type { CheckMethod } from "../../../simulator/platform/index.ts";
import {
  type HttpTraceSink,
  LocalAuthPfClient,
  type LocalAuthVerdict,
  PlatformError,
} from "../../platform/index.ts";

export type WindowDecision =
  /** `evidence` is what the clerk sees: the newest data that speaks for the certificate. */
  | { readonly action: "serve"; readonly evidence: StatusEvidence }
  | { readonly action: "turnAway"; readonly answer: LocalAuthVerdict }
  /** 目視等による本人確認. */
  | { readonly action: "identifyOtherwise"; readonly why: "unconfirmed" | "unreachable" };

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
    const access = lab.localAuthPf.issueAccess({ name, method, kinds, smartphone });
    lab.localAuthPf.setAccessState(access.id, "active");
    const baseUrl = lab.addresses.localAuthPf;
    const { profile } = lab.localAuthPf;
    return new LocalAuthPfClient({ baseUrl, method, access, profile, ...options });
  });
  return {
    decide: async (certificate, kind = "auth") =>
      decide(await Promise.all(clients.map((client) => answerOf(client, certificate, kind)))),
  };
}

/** An answer, or none because nobody could be reached. */
type Answer = LocalAuthVerdict | undefined;

async function answerOf(
  client: LocalAuthPfClient,
  certificate: Uint8Array,
  kind: CertificateKind,
): Promise<Answer> {
  try {
    return await client.verify(certificate, kind);
  } catch (error) {
    if (error instanceof PlatformError && error.code === "PLATFORM_UNREACHABLE") return undefined;
    throw error;
  }
}

/**
 * One "no" is enough: a revocation is never taken back, so an answer without it is only older. What
 * could not be checked is no answer at all.
 */
export function decide(answers: readonly Answer[]): WindowDecision {
  const told = answers.filter((answer) => answer !== undefined);
  const no = told.find(({ result }) => result !== "valid" && result !== "unconfirmed");
  if (no !== undefined) return { action: "turnAway", answer: no };
  const [evidence] = told
    .flatMap((answer) => (answer.result === "valid" ? [answer.evidence] : []))
    .sort((a, b) => b.thisUpdate.getTime() - a.thisUpdate.getTime());
  if (evidence !== undefined) return { action: "serve", evidence };
  return { action: "identifyOtherwise", why: told.length > 0 ? "unconfirmed" : "unreachable" };
}
