/**
 * The door to `oidc-provider`, the certified OAuth 2.0 / OpenID Connect server all platforms use.
 *
 * Its main entry does one thing more than export the class: it warns on the console about Node.js
 * older than 22. Version 9.13 runs on the Node.js 20.19+ this package supports (the tests beside
 * this file say so), and a library of ours does not write to the console, so the class is taken from
 * where the main entry takes it.
 */
import type {
  errors as errorsType,
  Provider as ProviderType,
  interactionPolicy as policyType,
} from "oidc-provider";
// @ts-expect-error -- the module has no type declarations of its own; it is typed below.
import * as untypedErrors from "oidc-provider/lib/helpers/errors.js";
// @ts-expect-error -- as above.
import * as untypedPolicy from "oidc-provider/lib/helpers/interaction_policy/index.js";
// @ts-expect-error -- as above.
import { Provider as Untyped } from "oidc-provider/lib/provider.js";

/** The library takes `URL.parse` for granted, which came late to the Node.js 20 line. */
const urls = URL as { parse?: (url: string, base?: string) => URL | null };
urls.parse ??= (url, base) => (URL.canParse(url, base) ? new URL(url, base) : null);

export const Provider: typeof ProviderType = Untyped;
export type Provider = ProviderType;

/** The errors it throws: RFC 6749 section 4.1.2.1 and 5.2, and a few of its own. */
export const oauthErrors: typeof errorsType = untypedErrors;

/** What makes it ask the person something. */
export const interactionPolicy: typeof policyType = untypedPolicy;
