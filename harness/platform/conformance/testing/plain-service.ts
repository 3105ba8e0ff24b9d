/** A service at デジタル認証アプリ that is made of the standards alone: fetch, and assertions by jose. */
import { type JWK, SignJWT } from "jose";
import { followRedirects } from "../../testing/redirects.ts";
import type { JsonAnswer } from "../answers.ts";
import { metadataAddress } from "../metadata.ts";

export const REDIRECT_URI = "http://127.0.0.1:1/callback";
export const KEY_ID = "rp-1";
export const STATE = "af0ifjsldkj";
const NONCE = "n-0S6_WzA2Mj";
/** RFC 7636 appendix B. */
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

interface PlainServiceSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly privateKey: Parameters<SignJWT["sign"]>[0];
  /** The test card everybody signs in with. */
  readonly card: string;
}

export class PlainService {
  readonly clientId: string;
  readonly #settings: PlainServiceSettings;

  constructor(settings: PlainServiceSettings) {
    this.clientId = settings.clientId;
    this.#settings = settings;
  }

  async metadata(): Promise<Record<string, string> & Record<string, string[]>> {
    return (await ask(metadataAddress(this.#settings.issuer))).body as never;
  }

  async keys(): Promise<JWK[]> {
    const { jwks_uri: address } = await this.metadata();
    return ((await ask(String(address))).body as { keys: JWK[] }).keys;
  }

  /** The answer to an authorization request, at the address it was sent back to. */
  async authorize(change: Record<string, string> = {}): Promise<URL> {
    const url = new URL(String((await this.metadata()).authorization_endpoint));
    const parameters = {
      response_type: "code",
      client_id: this.clientId,
      redirect_uri: REDIRECT_URI,
      scope: "openid name",
      state: STATE,
      nonce: NONCE,
      code_challenge: CHALLENGE,
      code_challenge_method: "S256",
      test_card: this.#settings.card,
      ...change,
    };
    for (const pair of Object.entries(parameters)) url.searchParams.set(...pair);
    return followRedirects(url, REDIRECT_URI);
  }

  async askToken(grant: Record<string, string>): Promise<JsonAnswer> {
    const address = String((await this.metadata()).token_endpoint);
    const body = new URLSearchParams({
      ...grant,
      client_id: this.clientId,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: await this.#assertionFor(address),
    });
    return ask(address, { method: "POST", body });
  }

  async login(change?: Record<string, string>) {
    const answer = await this.authorize(change);
    const tokens = await this.askToken({
      grant_type: "authorization_code",
      code: answer.searchParams.get("code") ?? "",
      redirect_uri: REDIRECT_URI,
      code_verifier: VERIFIER,
    });
    return { answer, tokens, fields: tokens.body as Record<string, string> };
  }

  async userinfo(accessToken: string | undefined): Promise<JsonAnswer> {
    const headers = { authorization: `Bearer ${accessToken}` };
    return ask(String((await this.metadata()).userinfo_endpoint), { headers });
  }

  /** What an ID token that came with `accessToken` is judged by. */
  async idTokenContext(accessToken: string | undefined) {
    const { id_token_signing_alg_values_supported: algorithms } = await this.metadata();
    return {
      issuer: this.#settings.issuer,
      clientId: this.clientId,
      nonce: NONCE,
      accessToken: String(accessToken),
      keys: await this.keys(),
      algorithms: algorithms ?? [],
      now: Date.now() / 1000,
    };
  }

  /** RFC 7523 section 3. */
  #assertionFor(audience: string): Promise<string> {
    return new SignJWT({ iss: this.clientId, sub: this.clientId, aud: audience })
      .setProtectedHeader({ alg: "ES256", kid: KEY_ID })
      .setJti(crypto.randomUUID())
      .setIssuedAt()
      .setExpirationTime("1 minute")
      .sign(this.#settings.privateKey);
  }
}

export async function ask(
  url: string | URL,
  init?: Omit<RequestInit, "headers"> & { headers?: Record<string, string> },
): Promise<JsonAnswer> {
  // No connection outlives a restart of the lab.
  const headers = { ...init?.headers, connection: "close" };
  const response = await fetch(url, { ...init, headers });
  const text = await response.text();
  const body: unknown = text === "" ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}

export function subOf(idToken: string | undefined): string {
  const [, claims = ""] = String(idToken).split(".");
  return (JSON.parse(Buffer.from(claims, "base64url").toString()) as { sub: string }).sub;
}
