/**
 * The access tokens a system holds for itself, without any person: client credentials (RFC 6749 section
 * 4.4).
 */
import { type Configuration, clientCredentialsGrant } from "openid-client";
import { asPlatformError } from "./oauth-failure.ts";
import { PlatformError } from "./platform-error.ts";

/** Access tokens for one scope, kept while they last. */
export class OAuthSession {
  readonly #configuration: Configuration;
  readonly #scope: string;
  #token: { readonly value: string; readonly usableUntil: number } | undefined;

  constructor(configuration: Configuration, scope: string) {
    this.#configuration = configuration;
    this.#scope = scope;
  }

  /**
   * Runs `use` with an access token. When the platform finds the token too old after all, once more
   * with a new one, so that a long session at a counter goes on without the user (MK-18).
   */
  async withToken<Answer>(use: (accessToken: string) => Promise<Answer>): Promise<Answer> {
    const held = this.#token?.value;
    const token = await this.#accessToken();
    try {
      return await use(token);
    } catch (error) {
      if (token !== held || !isTokenTooOld(error)) throw error;
      this.#token = undefined;
      return use(await this.#accessToken());
    }
  }

  async #accessToken(): Promise<string> {
    if (this.#token !== undefined && performance.now() < this.#token.usableUntil) {
      return this.#token.value;
    }
    const answer = await asPlatformError(() =>
      clientCredentialsGrant(this.#configuration, { scope: this.#scope }),
    );
    const seconds = answer.expires_in ?? 0;
    this.#token = {
      value: answer.access_token,
      usableUntil: performance.now() + seconds * 1000,
    };
    return answer.access_token;
  }
}

function isTokenTooOld(error: unknown): boolean {
  return (
    error instanceof PlatformError && error.code === "PLATFORM_REFUSED" && error.status === 401
  );
}
