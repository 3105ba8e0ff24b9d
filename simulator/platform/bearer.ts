/** The access token of a request (RFC 6750 section 2.1), and the challenges of section 3. */
import type { AuthorizationServer, Grantee } from "./oauth/authorization-server.ts";
import { Refusal } from "./refusal.ts";

/** @throws Refusal 401 `invalidToken`, or 403 `insufficientScope` */
export async function requireToken(
  server: AuthorizationServer,
  authorization: string | undefined,
  scope: string,
): Promise<Grantee> {
  const [, token] = /^Bearer ([\w.~+/-]+=*)$/i.exec(authorization ?? "") ?? [];
  const grantee = token === undefined ? undefined : await server.authenticate(token);
  if (grantee === undefined) {
    throw new Refusal(401, "invalidToken", "the access token is missing, unknown or too old");
  }
  if (grantee.scopes.has(scope)) return grantee;
  throw new Refusal(403, "insufficientScope", "the access token was not granted this scope");
}

/** Headers of a refusal, in the words of RFC 6750 whatever a profile calls them in the body. */
export function bearerChallenge({ status }: Refusal): Record<string, string> {
  if (status === 401) return { "www-authenticate": 'Bearer error="invalid_token"' };
  if (status === 403) return { "www-authenticate": 'Bearer error="insufficient_scope"' };
  return {};
}
