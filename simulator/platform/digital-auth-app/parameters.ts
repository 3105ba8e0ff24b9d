/**
 * The rules of the authorization request (platform-facts 4.3, from the public API reference) that go
 * beyond OpenID Connect, where state and nonce may be left out.
 */
import type { KoaContextWithOIDC } from "oidc-provider";
import { interactionPolicy, oauthErrors } from "../oauth/provider-library.ts";
import type { DigitalAuthProfile } from "./profile.ts";
import type { SignTransactions } from "./sign-transactions.ts";

/** state and nonce: 1 to 255 characters of printable ASCII. */
const PRINTABLE = /^[\x20-\x7e]{1,255}$/;
/** code_challenge; the length is checked by oidc-provider (RFC 7636 section 4.2). */
const CHALLENGE = /^[0-9a-zA-Z_-]{1,128}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The usual policy of oidc-provider, with these rules before it. */
export function requestPolicy(profile: DigitalAuthProfile, transactions: SignTransactions) {
  const { Check, base } = interactionPolicy;
  const policy = base();
  const check = new Check("request_rules", "the request breaks a rule of the API", (context) => {
    requireText(context, "state", PRINTABLE);
    requireText(context, "nonce", PRINTABLE);
    requireText(context, "code_challenge", CHALLENGE);
    requireTransaction(context, profile, transactions);
    return Check.NO_NEED_TO_PROMPT;
  });
  policy.get("login")?.checks.unshift(check);
  return policy;
}

function requireText({ oidc }: KoaContextWithOIDC, name: string, form: RegExp): void {
  const value = oidc.params?.[name];
  if (typeof value !== "string") throw new oauthErrors.InvalidRequest(`${name} is required`);
  if (!form.test(value)) throw new oauthErrors.InvalidRequest(`${name} has a wrong form`);
}

/** A transaction is signed once, for whom it was started (DA-03). */
function requireTransaction(
  { oidc }: KoaContextWithOIDC,
  { scopes, parameters }: DigitalAuthProfile,
  transactions: SignTransactions,
): void {
  const name = parameters.signTransactionId;
  const id = oidc.params?.[name];
  const wanted = String(oidc.params?.scope).split(" ").includes(scopes.sign);
  if (!wanted && id === undefined) return;
  if (!wanted) throw new oauthErrors.InvalidRequest(`${name} needs the scope ${scopes.sign}`);
  if (typeof id !== "string" || !UUID.test(id)) {
    throw new oauthErrors.InvalidRequest(`${name} is required, as a UUID`);
  }
  const transaction = transactions.find(id);
  if (transaction === undefined || transaction.clientId !== oidc.client?.clientId) {
    throw new oauthErrors.InvalidRequest(`${name} is not a transaction of this client`);
  }
  // The visit that signs comes back here once more, with its result.
  if (transaction.result !== undefined && oidc.result?.login === undefined) {
    throw new oauthErrors.InvalidRequest(`${name} has been used`);
  }
}
