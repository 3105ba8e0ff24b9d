/**
 * The municipal window's side of 地方認証PF: sends a certificate with the window's access information and
 * reads the verdict (platform-facts section 2). A query that gets no answer is sent once more, because
 * asking twice changes nothing (LA-05).
 */
import type { CertificateKind } from "../../simulator/pki/index.ts";
import type { CheckMethod } from "../../simulator/platform/checker.ts";
import type { LocalAuthOutcome } from "../../simulator/platform/local-auth-pf/outcome.ts";
import {
  DEFAULT_LOCAL_AUTH_PF_PROFILE,
  type LocalAuthPfProfile,
} from "../../simulator/platform/local-auth-pf/profile.ts";
import { fromWire, toWire } from "../../simulator/platform/wire.ts";
import {
  codeOf,
  readEvidence,
  readObject,
  readRevocation,
  readRevocationData,
} from "./answer-fields.ts";
import { toBase64 } from "./base64.ts";
import { createExchange, type Exchange, type HttpTraceSink } from "./exchange.ts";
import { askJson } from "./json-api.ts";
import { PlatformError } from "./platform-error.ts";
import { evidenceRules, type FieldRules, FORM } from "./redaction.ts";
import { requireSafeAddress } from "./safe-address.ts";

export type LocalAuthVerdict = LocalAuthOutcome;

export interface LocalAuthPfClientOptions {
  readonly baseUrl: string;
  readonly method: CheckMethod;
  /** Access information (アクセス情報) of the window. */
  readonly access: { readonly id: string; readonly secret: string };
  readonly profile?: LocalAuthPfProfile;
  /** Who this is, in traces. */
  readonly peer?: string;
  readonly sink?: HttpTraceSink;
  /** Milliseconds for one query. Default 5000. */
  readonly deadline?: number;
  /** PEM of the one CA to believe, instead of those that Node.js knows. */
  readonly ca?: string | undefined;
}

export class LocalAuthPfClient {
  readonly #options: LocalAuthPfClientOptions;
  readonly #profile: LocalAuthPfProfile;
  readonly #exchange: Exchange;
  readonly #url: URL;

  /** @throws BenchError CONFIG_INVALID for plain HTTP to another machine */
  constructor(options: LocalAuthPfClientOptions) {
    const { peer = "地方認証PF", sink = () => {}, deadline = 5000, ca } = options;
    this.#options = options;
    this.#profile = options.profile ?? DEFAULT_LOCAL_AUTH_PF_PROFILE;
    this.#url = new URL(this.#profile.paths[options.method], options.baseUrl);
    requireSafeAddress(this.#url);
    this.#exchange = createExchange({ peer, rules: rulesFor(this.#profile), sink, deadline, ca });
  }

  /**
   * @param certificate DER
   * @param kind what the window takes it for
   * @throws PlatformError PLATFORM_REFUSED with the platform's code when the access information is at
   *   fault; PLATFORM_UNREACHABLE; PLATFORM_PROTOCOL
   */
  async verify(certificate: Uint8Array, kind: CertificateKind): Promise<LocalAuthVerdict> {
    const { requestFields, kinds } = this.#profile;
    const body = toWire(requestFields, {
      certificate: toBase64(certificate),
      kind: kinds[kind],
    });
    return readVerdict(this.#profile, await this.#askAtMostTwice(body));
  }

  async #askAtMostTwice(body: Record<string, unknown>): Promise<unknown> {
    try {
      return await this.#ask(body);
    } catch (error) {
      if (!gotNoAnswer(error)) throw error;
      return this.#ask(body);
    }
  }

  #ask(body: Record<string, unknown>): Promise<unknown> {
    const { accessHeaders, answerFields } = this.#profile;
    const { id, secret } = this.#options.access;
    return askJson(this.#exchange, {
      url: this.#url,
      headers: { [accessHeaders.id]: id, [accessHeaders.secret]: secret },
      body,
      errorField: answerFields.error,
    });
  }
}

/** A platform that answered "not now" is left alone; silence may be a lost packet. */
function gotNoAnswer(error: unknown): boolean {
  return (
    error instanceof PlatformError &&
    error.code === "PLATFORM_UNREACHABLE" &&
    error.status === undefined
  );
}

function readVerdict(profile: LocalAuthPfProfile, body: unknown): LocalAuthVerdict {
  const fields = fromWire(profile.answerFields, readObject(body, "answer"));
  const result = codeOf(profile.results, fields.result, "result");
  switch (result) {
    case "valid":
      return { result, evidence: readRevocationData(profile, fields.evidence) };
    case "revoked":
      return {
        result,
        revocation: readRevocation(fields),
        evidence: readRevocationData(profile, fields.evidence),
      };
    case "expired":
      return { result, evidence: readEvidence(profile, fields.evidence) };
    case "invalid":
      return {
        result,
        reason: codeOf(profile.invalidReasons, fields.reason, "reason"),
        evidence: readEvidence(profile, fields.evidence),
      };
    default:
      return { result };
  }
}

/** What of an exchange with 地方認証PF may be shown. Headers never are. */
function rulesFor({ requestFields, answerFields, evidenceFields }: LocalAuthPfProfile): FieldRules {
  return {
    [requestFields.certificate]: "‹certificate›",
    [requestFields.kind]: FORM.code,
    [answerFields.result]: FORM.code,
    [answerFields.reason]: FORM.code,
    [answerFields.revocationReason]: FORM.code,
    [answerFields.revokedAt]: FORM.time,
    [answerFields.error]: FORM.code,
    [answerFields.errorDescription]: FORM.sentence,
    [answerFields.notice]: "‹notice›",
    [answerFields.evidence]: "object",
    ...evidenceRules(evidenceFields),
  };
}
