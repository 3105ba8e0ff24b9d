/** From what is chosen or presented to the answer the relying party gets. */
import type { InteractionResults } from "oidc-provider";
import type { CertificateChecker } from "../checker.ts";
import type { AuthorizationServer } from "../oauth/authorization-server.ts";
import { authorize, type OpenInteraction } from "../oauth/interaction.ts";
import type { Accounts } from "./accounts.ts";
import { type Authenticated, authenticate } from "./authentication.ts";
import type { Choice } from "./choice.ts";
import type { RefusalReason, Script, Stall } from "./outcomes.ts";
import type { DigitalAuthProfile } from "./profile.ts";
import {
  type RelyingParties,
  type StoredRelyingParty,
  subjectFor,
  type TestMethod,
} from "./relying-parties.ts";
import type { DigitalAuthSeenEvent } from "./seen.ts";
import type { SignTransaction, SignTransactions } from "./sign-transactions.ts";
import type { TestCards } from "./test-cards.ts";

export interface CompletionOptions {
  readonly profile: DigitalAuthProfile;
  readonly server: AuthorizationServer;
  readonly parties: RelyingParties;
  readonly cards: TestCards;
  readonly checker: CertificateChecker;
  readonly transactions: SignTransactions;
  readonly accounts: Accounts;
  readonly newAccountId: () => string;
  readonly see: (event: DigitalAuthSeenEvent) => void;
}

/** A visit, and how it is being answered. */
export interface Completing {
  readonly party: StoredRelyingParty;
  readonly interaction: OpenInteraction;
  readonly choice: Choice;
  readonly method: TestMethod;
}

/** What the service is told; or that it is told nothing, and why. */
type Completion = { readonly answer: InteractionResults } | { readonly stalled: Stall };

export async function complete(
  options: CompletionOptions,
  { party, interaction, choice, method }: Completing,
): Promise<Completion> {
  const { card, script, consent } = choice;
  if (!options.parties.mayTestBy(party, method)) {
    return { answer: refuse(options, party, "testMethodsMixed") };
  }
  if (script.stall !== undefined) return stall(options, party, script.stall);
  const transaction = transactionOf(options, interaction);
  const authenticated = await authenticate(options.checker, {
    party,
    card,
    script,
    method: methodFor(options.profile, interaction),
    ...(transaction && { transaction }),
  });
  if ("refused" in authenticated) {
    return { answer: refuse(options, party, authenticated.refused) };
  }
  // Two visits may have begun with one transaction.
  if (transaction?.result !== undefined) {
    return { answer: refuse(options, party, "transactionUsed") };
  }
  const { idTokenFault } = script;
  const granting = { party, interaction, authenticated, consent, transaction, idTokenFault };
  return { answer: await grant(options, granting) };
}

interface Granting {
  readonly party: StoredRelyingParty;
  readonly interaction: OpenInteraction;
  readonly authenticated: Authenticated;
  readonly consent: readonly string[] | undefined;
  readonly transaction: SignTransaction | undefined;
  readonly idTokenFault: Script["idTokenFault"];
}

async function grant(
  { profile, server, accounts, newAccountId, see }: CompletionOptions,
  { party, interaction, authenticated, consent, transaction, idTokenFault }: Granting,
): Promise<InteractionResults> {
  const { clientId } = party;
  const { person, attributes, evidence, signed } = authenticated;
  const accountId = newAccountId();
  if (transaction !== undefined && signed !== undefined) {
    transaction.result = { ...signed, accountId };
  }
  const sub = subjectFor(party, person);
  // What was not read, nobody can pass on.
  const agreed = attributes === undefined ? [] : consent;
  const { granted, rejected } = divide(profile, interaction.scopes, agreed);
  const result = await authorize(server, { accountId, clientId, granted, rejected });
  const { grantId } = result.consent;
  accounts.put(accountId, { clientId, sub, person, grantId, attributes, idTokenFault });
  see({
    request: "authorization",
    client: clientId,
    outcome: "granted",
    sub,
    scopes: granted,
    evidence,
  });
  return result;
}

/** openid and sign are not a matter of ticking boxes. */
function divide(
  { scopes }: DigitalAuthProfile,
  wanted: readonly string[],
  consent: readonly string[] | undefined,
) {
  const isAgreed = (scope: string) =>
    consent === undefined || scope === "openid" || scope === scopes.sign || consent.includes(scope);
  return { granted: wanted.filter(isAgreed), rejected: wanted.filter((scope) => !isAgreed(scope)) };
}

function refuse(
  { profile, see }: CompletionOptions,
  { clientId }: StoredRelyingParty,
  reason: RefusalReason,
): InteractionResults {
  see({ request: "authorization", client: clientId, outcome: "refused", reason });
  const [error = "server_error", ...description] = profile.refusals[reason].split(" ");
  return { error, error_description: description.join(" ") };
}

function stall(
  { see }: CompletionOptions,
  { clientId }: StoredRelyingParty,
  reason: Stall,
): { readonly stalled: Stall } {
  see({ request: "authorization", client: clientId, outcome: "stalled", reason });
  return { stalled: reason };
}

/** What a visit is to sign. */
export function transactionOf(
  { profile, transactions }: Pick<CompletionOptions, "profile" | "transactions">,
  { params }: OpenInteraction,
): SignTransaction | undefined {
  const id = params[profile.parameters.signTransactionId];
  return typeof id === "string" ? transactions.find(id) : undefined;
}

/** acr_values can ask for the list instead of OCSP (platform-facts 4.3). */
function methodFor({ acr }: DigitalAuthProfile, { params }: OpenInteraction): "ocsp" | "crl" {
  return String(params.acr_values ?? "")
    .split(" ")
    .includes(acr.crl)
    ? "crl"
    : "ocsp";
}
