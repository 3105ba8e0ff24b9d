/**
 * The municipal system's side of MKPF 類型①: sends the patron's display to MKPF and turns the answer
 * that comes back into a PPID, and 4情報 when they were asked for (platform-facts 1.3).
 *
 * Authorization code flow with state, nonce and PKCE (RFC 6749, RFC 7636, OpenID Connect Core), done
 * by openid-client: an answer to another request is thrown away before any token is asked for.
 */
import type { JWK } from "jose";
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  refreshTokenGrant,
  type TokenEndpointResponse,
  type TokenEndpointResponseHelpers,
} from "openid-client";
import type { StatusEvidence } from "../../simulator/pki/index.ts";
import { DEFAULT_MKPF_PROFILE, type MkpfProfile } from "../../simulator/platform/mkpf/profile.ts";
import { fromWire, toWire } from "../../simulator/platform/wire.ts";
import { readObject, readRevocationData, readText } from "./answer-fields.ts";
import { createExchange, type Exchange, type HttpTraceSink } from "./exchange.ts";
import { askJson } from "./json-api.ts";
import { type MkpfSignStatus, readSignStatusAnswer } from "./mkpf-answers.ts";
import { mkpfRules } from "./mkpf-rules.ts";
import {
  asPlatformError,
  createOAuthConfiguration,
  type OAuthClientOptions,
  type SpoilAssertion,
} from "./oauth-session.ts";
import { protocolError } from "./platform-error.ts";

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

/** A visit that has begun. Keep it until the answer comes back; it fits no other. */
export interface PendingVisit {
  /** Where to send the patron's display. */
  readonly url: URL;
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

export interface CounterVisitor {
  readonly ppid: string;
  /** What the validity of their certificate rests on. */
  readonly evidence: StatusEvidence;
  /** Only after registration B. Never trace it. */
  readonly attributes?: {
    readonly name: string;
    readonly address: string;
    readonly birthDate: string;
    readonly sex: string;
  };
}

/** A finished visit, with the tokens it gave. */
export interface FinishedVisit {
  readonly visitor: CounterVisitor;
  readonly tokens: { readonly accessToken: string; readonly refreshToken?: string };
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

  async begin({ mode, attributes = false }: CounterPurpose): Promise<PendingVisit> {
    const { scopes, counterModes } = this.#profile;
    const state = randomState();
    const nonce = randomNonce();
    const codeVerifier = randomPKCECodeVerifier();
    const scope = ["openid", scopes.ppid, scopes.signCertificateStatus];
    const url = buildAuthorizationUrl(this.#configuration, {
      redirect_uri: this.#redirectUri,
      scope: [...scope, ...(attributes ? [scopes.attributes] : [])].join(" "),
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: "S256",
      [counterModes.parameter]: counterModes[mode],
    });
    return { url, state, nonce, codeVerifier };
  }

  /**
   * @param answer the address the display was sent back to
   * @throws PlatformError PLATFORM_REFUSED with `refusal` access_denied or temporarily_unavailable and
   *   the platform's reason in `detail`; PLATFORM_PROTOCOL for an answer to another visit
   */
  async finish(answer: URL, visit: PendingVisit): Promise<FinishedVisit> {
    const { state, nonce, codeVerifier } = visit;
    const configuration = await createOAuthConfiguration(this.#oauth);
    const granted = await asPlatformError(() =>
      authorizationCodeGrant(configuration, answer, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      }),
    );
    return this.#meet(granted, granted.claims()?.sub);
  }

  /** Goes on after the access token has become too old, without the person (MK-18). */
  async refresh({ tokens, visitor }: FinishedVisit): Promise<FinishedVisit> {
    const { refreshToken } = tokens;
    if (refreshToken === undefined) throw protocolError("the platform gave no refresh token");
    const granted = await asPlatformError(() =>
      refreshTokenGrant(this.#configuration, refreshToken),
    );
    return this.#meet(granted, visitor.ppid);
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

  async #meet(
    granted: TokenEndpointResponse & TokenEndpointResponseHelpers,
    subject: string | undefined,
  ): Promise<FinishedVisit> {
    if (subject === undefined) throw protocolError("the answer has no ID token");
    const { access_token: accessToken, refresh_token: refreshToken } = granted;
    const claims = await asPlatformError(() =>
      fetchUserInfo(this.#configuration, accessToken, subject),
    );
    return {
      visitor: readVisitor(this.#profile, claims),
      tokens: refreshToken === undefined ? { accessToken } : { accessToken, refreshToken },
    };
  }
}

function readVisitor(profile: MkpfProfile, claims: unknown): CounterVisitor {
  const fields = fromWire(profile.claims, readObject(claims, "userinfo answer"));
  const ppid = readText(fields.ppid, "ppid");
  const evidence = readRevocationData(profile, fields.evidence);
  if (fields.name === undefined) return { ppid, evidence };
  return {
    ppid,
    evidence,
    attributes: {
      name: readText(fields.name, "name"),
      address: readText(fields.address, "address"),
      birthDate: readText(fields.birthDate, "birthDate"),
      sex: readText(fields.sex, "sex"),
    },
  };
}
