/**
 * The municipal system's side of MKPF 類型①: sends the patron's display to MKPF and turns the answer
 * that comes back into a PPID, and 4情報 when they were asked for (platform-facts 1.3).
 */
import type { JWK } from "jose";
import type { Configuration } from "openid-client";
import type { StatusEvidence } from "../../simulator/pki/index.ts";
import { DEFAULT_MKPF_PROFILE, type MkpfProfile } from "../../simulator/platform/mkpf/profile.ts";
import { fromWire, toWire } from "../../simulator/platform/wire.ts";
import type { FourAttributes } from "../card/index.ts";
import { readFourAttributes, readObject, readRevocationData, readText } from "./answer-fields.ts";
import {
  askUserinfo,
  beginAuthorization,
  finishAuthorization,
  type PendingAuthorization,
  refreshTokens,
  type Tokens,
} from "./authorization-code.ts";
import { createExchange, type Exchange, type HttpTraceSink } from "./exchange.ts";
import { askJson } from "./json-api.ts";
import { type MkpfSignStatus, readSignStatusAnswer } from "./mkpf-answers.ts";
import { mkpfRules } from "./mkpf-rules.ts";
import {
  createOAuthConfiguration,
  type OAuthClientOptions,
  type SpoilAssertion,
} from "./oauth-configuration.ts";

export interface MkpfCounterClientOptions {
  readonly issuer: string;
  readonly clientId: string;
  /** The system's private key as JWK (ES256 or RS256). */
  readonly privateKey: JWK;
  /** Registered with MKPF. */
  readonly redirectUri: string;
  readonly profile?: MkpfProfile;
  readonly peer?: string;
  readonly sink?: HttpTraceSink;
  /** Milliseconds. Default 10000. */
  readonly deadline?: number;
  /** PEM of the one CA to believe, instead of those that Node.js knows. */
  readonly ca?: string | undefined;
  readonly spoilAssertion?: SpoilAssertion;
}

/** What the person is at the counter for. */
export interface CounterPurpose {
  readonly mode: "register" | "touch";
  /** Registration B: also ask for the 4情報. */
  readonly attributes?: boolean;
}

export interface CounterVisitor {
  readonly ppid: string;
  /** What the validity of their certificate rests on. */
  readonly evidence: StatusEvidence;
  /** Only after registration B. Never trace it. */
  readonly attributes?: FourAttributes;
}

/** A finished visit, with the tokens it gave. */
export interface FinishedVisit {
  readonly visitor: CounterVisitor;
  readonly tokens: Tokens;
}

export class MkpfCounterClient {
  readonly #configuration: Configuration;
  readonly #oauth: OAuthClientOptions;
  readonly #exchange: Exchange;
  readonly #profile: MkpfProfile;
  readonly #issuer: URL;
  readonly #redirectUri: string;

  private constructor(
    options: MkpfCounterClientOptions,
    profile: MkpfProfile,
    oauth: OAuthClientOptions,
    configuration: Configuration,
  ) {
    this.#issuer = new URL(options.issuer);
    this.#redirectUri = options.redirectUri;
    this.#profile = profile;
    this.#oauth = oauth;
    this.#exchange = oauth.exchange;
    this.#configuration = configuration;
  }

  /** @throws BenchError CONFIG_INVALID for plain HTTP to another machine, or an unusable key */
  static async create(options: MkpfCounterClientOptions): Promise<MkpfCounterClient> {
    const { profile = DEFAULT_MKPF_PROFILE, sink = () => {}, deadline = 10_000 } = options;
    const rules = mkpfRules(profile);
    const exchange = createExchange({
      peer: options.peer ?? "MKPF",
      rules,
      sink,
      deadline,
      ca: options.ca,
    });
    const { authorization, jwks, userinfo, token } = profile.paths;
    const oauth = {
      ...options,
      issuer: new URL(options.issuer),
      tokenPath: token,
      openid: { authorization, jwks, userinfo },
      exchange,
    };
    const configuration = await createOAuthConfiguration(oauth);
    return new MkpfCounterClient(options, profile, oauth, configuration);
  }

  async begin({ mode, attributes = false }: CounterPurpose): Promise<PendingAuthorization> {
    const { scopes, counterModes } = this.#profile;
    const scope = ["openid", scopes.ppid, scopes.signCertificateStatus];
    return beginAuthorization(this.#configuration, {
      redirect_uri: this.#redirectUri,
      scope: [...scope, ...(attributes ? [scopes.attributes] : [])].join(" "),
      [counterModes.parameter]: counterModes[mode],
    });
  }

  /**
   * @param answer the address the display was sent back to
   * @throws PlatformError PLATFORM_REFUSED with `refusal` access_denied or temporarily_unavailable and
   *   the platform's reason in `detail`; PLATFORM_PROTOCOL for an answer to another visit
   */
  async finish(answer: URL, visit: PendingAuthorization): Promise<FinishedVisit> {
    const configuration = await createOAuthConfiguration(this.#oauth);
    const { idToken, tokens } = await finishAuthorization(configuration, answer, visit);
    return this.#meet(idToken.sub, tokens);
  }

  /** Goes on after the access token has become too old, without the person (MK-18). */
  async refresh({ tokens, visitor }: FinishedVisit): Promise<FinishedVisit> {
    return this.#meet(visitor.ppid, await refreshTokens(this.#configuration, tokens));
  }

  /** Whether the 署名用 certificate suggests that the visitor's 4情報 have changed. */
  async signCertificateStatus({ tokens, visitor }: FinishedVisit): Promise<MkpfSignStatus> {
    const { paths, requestFields, answerFields } = this.#profile;
    const answer = await askJson(this.#exchange, {
      url: new URL(paths.signCertificateStatus, this.#issuer),
      headers: { authorization: `Bearer ${tokens.accessToken}` },
      body: toWire(requestFields, { ppid: visitor.ppid }),
      errorField: answerFields.error,
    });
    return readSignStatusAnswer(this.#profile, answer);
  }

  async #meet(subject: string, tokens: Tokens): Promise<FinishedVisit> {
    const claims = await askUserinfo(this.#configuration, tokens, subject);
    return { visitor: readVisitor(this.#profile, claims), tokens };
  }
}

function readVisitor(profile: MkpfProfile, claims: unknown): CounterVisitor {
  const fields = fromWire(profile.claims, readObject(claims, "userinfo answer"));
  const ppid = readText(fields.ppid, "ppid");
  const evidence = readRevocationData(profile, fields.evidence);
  if (fields.name === undefined) return { ppid, evidence };
  return { ppid, evidence, attributes: readFourAttributes(fields) };
}
