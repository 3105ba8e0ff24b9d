/**
 * The municipal system's side of MKPF 類型②: gets access tokens by client credentials, sends
 * certificates for validity checks and asks for 署名用 certificate status (platform-facts 1.4).
 *
 * Paths, fields and codes come from the same profile the emulator uses, so a vendor's own profile
 * lets this client talk to the real verification environment.
 */
import type { JWK } from "jose";
import type { CheckMethod } from "../../simulator/platform/checker.ts";
import { DEFAULT_MKPF_PROFILE, type MkpfProfile } from "../../simulator/platform/mkpf/profile.ts";
import { toWire } from "../../simulator/platform/wire.ts";
import { toBase64 } from "./base64.ts";
import { createExchange, type Exchange, type HttpTraceSink } from "./exchange.ts";
import { askJson } from "./json-api.ts";
import {
  type MkpfSignStatus,
  type MkpfValidity,
  readSignStatusAnswer,
  readUnlinkAnswer,
  readValidityAnswer,
} from "./mkpf-answers.ts";
import { mkpfRules } from "./mkpf-rules.ts";
import { createOAuthConfiguration, type SpoilAssertion } from "./oauth-configuration.ts";
import { OAuthSession } from "./oauth-session.ts";

export interface MkpfClientOptions {
  /** Issuer of the environment: `http://127.0.0.1:8081` for an emulated one, else HTTPS. */
  readonly issuer: string;
  readonly clientId: string;
  /** The system's private key as JWK (ES256 or RS256). */
  readonly privateKey: JWK;
  readonly profile?: MkpfProfile;
  /** Who this is, in traces. */
  readonly peer?: string;
  readonly sink?: HttpTraceSink;
  /** Milliseconds. Default 10000. */
  readonly deadline?: number;
  readonly spoilAssertion?: SpoilAssertion;
}

export interface MkpfValidityQuestion {
  /** DER of the 利用者証明用 certificate. */
  readonly certificate: Uint8Array;
  /** Only where the registered system may choose. */
  readonly method?: CheckMethod;
  /** What the card signed; a system that leaves it out trusts a copy as much as a card (MK-08). */
  readonly proof?: { readonly challenge: Uint8Array; readonly signature: Uint8Array };
}

export class MkpfClient {
  readonly #issuer: URL;
  readonly #profile: MkpfProfile;
  readonly #exchange: Exchange;
  readonly #session: OAuthSession;

  private constructor(
    issuer: URL,
    profile: MkpfProfile,
    exchange: Exchange,
    session: OAuthSession,
  ) {
    this.#issuer = issuer;
    this.#profile = profile;
    this.#exchange = exchange;
    this.#session = session;
  }

  /** @throws BenchError CONFIG_INVALID for plain HTTP to another machine, or an unusable key */
  static async create(options: MkpfClientOptions): Promise<MkpfClient> {
    const { profile = DEFAULT_MKPF_PROFILE, sink = () => {}, deadline = 10_000 } = options;
    const issuer = new URL(options.issuer);
    const { validity, signCertificateStatus, unlink } = profile.scopes;
    const rules = mkpfRules(profile);
    const exchange = createExchange({ peer: options.peer ?? "MKPF", rules, sink, deadline });
    const { clientId, privateKey, spoilAssertion } = options;
    const configuration = await createOAuthConfiguration({
      issuer,
      tokenPath: profile.paths.token,
      clientId,
      privateKey,
      exchange,
      ...(spoilAssertion && { spoilAssertion }),
    });
    const session = new OAuthSession(
      configuration,
      `${validity} ${signCertificateStatus} ${unlink}`,
    );
    return new MkpfClient(issuer, profile, exchange, session);
  }

  /**
   * 有効 with a PPID, 無効 with a reason, or 確認不可. Only `result: "valid"` may let anyone in.
   *
   * @throws PlatformError PLATFORM_UNREACHABLE, PLATFORM_REFUSED or PLATFORM_PROTOCOL
   */
  async validity(question: MkpfValidityQuestion): Promise<MkpfValidity> {
    const { certificate, method, proof } = question;
    const answer = await this.#ask("validity", {
      certificate: toBase64(certificate),
      method: method && this.#profile.methods[method],
      challenge: proof && toBase64(proof.challenge),
      signature: proof && toBase64(proof.signature),
    });
    return readValidityAnswer(this.#profile, answer);
  }

  /**
   * Whether the 署名用 certificate suggests that the user's 4情報 have changed.
   *
   * @param ppid of a user of this system
   * @throws PlatformError PLATFORM_UNREACHABLE, PLATFORM_REFUSED or PLATFORM_PROTOCOL
   */
  async signCertificateStatus(ppid: string): Promise<MkpfSignStatus> {
    const answer = await this.#ask("signCertificateStatus", { ppid });
    return readSignStatusAnswer(this.#profile, answer);
  }

  /**
   * Ends the link of a person with this system.
   *
   * @throws PlatformError PLATFORM_UNREACHABLE, PLATFORM_REFUSED or PLATFORM_PROTOCOL
   */
  async unlink(ppid: string): Promise<void> {
    readUnlinkAnswer(this.#profile, await this.#ask("unlink", { ppid }));
  }

  #ask(
    path: "validity" | "signCertificateStatus" | "unlink",
    values: { readonly [Field in keyof MkpfProfile["requestFields"]]?: string | undefined },
  ): Promise<unknown> {
    const { paths, requestFields, answerFields } = this.#profile;
    return this.#session.withToken((accessToken) =>
      askJson(this.#exchange, {
        url: new URL(paths[path], this.#issuer),
        headers: { authorization: `Bearer ${accessToken}` },
        body: toWire(requestFields, values),
        errorField: answerFields.error,
      }),
    );
  }
}
