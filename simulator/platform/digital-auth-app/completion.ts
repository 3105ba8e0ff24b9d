/** From the tester's choice to the answer the relying party gets. */
import type { InteractionResults } from "oidc-provider";
import { z } from "zod";
import type { CertificateChecker } from "../checker.ts";
import type { ExpiringStore } from "../expiring-store.ts";
import type { AuthorizationServer } from "../oauth/authorization-server.ts";
import { authorize, type OpenInteraction } from "../oauth/interaction.ts";
import {
  type Authenticated,
  authenticate,
  OUTCOMES,
  type Outcome,
  type RefusalReason,
} from "./authentication.ts";
import { userinfoClaims } from "./claims.ts";
import type { DigitalAuthProfile } from "./profile.ts";
import { type RelyingParties, type StoredRelyingParty, subjectFor } from "./relying-parties.ts";
import type { DigitalAuthSeenEvent } from "./seen.ts";
import type { SignTransaction, SignTransactions } from "./sign-transactions.ts";
import type { TestCard, TestCards } from "./test-cards.ts";

/** Whom tokens speak about. */
export interface DigitalAuthAccount {
  readonly sub: string;
  readonly claims: Readonly<Record<string, unknown>>;
}

export interface CompletionOptions {
  readonly profile: DigitalAuthProfile;
  readonly server: AuthorizationServer;
  readonly parties: RelyingParties;
  readonly cards: TestCards;
  readonly checker: CertificateChecker;
  readonly transactions: SignTransactions;
  readonly accounts: ExpiringStore<DigitalAuthAccount>;
  readonly newAccountId: () => string;
  readonly see: (event: DigitalAuthSeenEvent) => void;
}

export interface Choice {
  readonly card: TestCard;
  readonly outcome: Outcome;
  /** Scopes the person agrees to; all when absent. */
  readonly consent?: readonly string[];
}

const choiceFields = z.object({
  card: z.string(),
  outcome: z.enum(OUTCOMES),
  consent: z.array(z.string()).optional(),
});

export function readChoice(
  { cards }: CompletionOptions,
  fields: unknown,
): Choice | { readonly trouble: string } {
  const parsed = choiceFields.safeParse(fields);
  if (!parsed.success) return { trouble: "応答を選んでください。 Choose a response." };
  const { outcome, consent } = parsed.data;
  const card = cards.list().find(({ id }) => id === parsed.data.card);
  if (card === undefined) return { trouble: "カードを選んでください。 Choose a card." };
  return consent === undefined ? { card, outcome } : { card, outcome, consent };
}

export async function complete(
  options: CompletionOptions,
  party: StoredRelyingParty,
  interaction: OpenInteraction,
  { card, outcome, consent }: Choice,
): Promise<InteractionResults> {
  const transaction = transactionOf(options, interaction);
  const authenticated = await authenticate(options.checker, {
    party,
    card,
    outcome,
    method: methodFor(options.profile, interaction),
    ...(transaction && { transaction }),
  });
  if ("refused" in authenticated) return refuse(options, party, authenticated.refused);
  return grant(options, { party, interaction, authenticated, consent, transaction });
}

interface Granting {
  readonly party: StoredRelyingParty;
  readonly interaction: OpenInteraction;
  readonly authenticated: Authenticated;
  readonly consent: readonly string[] | undefined;
  readonly transaction: SignTransaction | undefined;
}

function grant(
  { profile, server, accounts, newAccountId, see }: CompletionOptions,
  { party, interaction, authenticated, consent, transaction }: Granting,
): Promise<InteractionResults> {
  const { clientId } = party;
  const { person, attributes, evidence, signed } = authenticated;
  const accountId = newAccountId();
  const sub = subjectFor(party, person);
  accounts.put(accountId, { sub, claims: userinfoClaims(profile, attributes) });
  if (transaction !== undefined && signed !== undefined) {
    transaction.result = { ...signed, accountId };
  }
  const { granted, rejected } = divide(profile, interaction.scopes, consent);
  see({
    request: "authorization",
    client: clientId,
    outcome: "granted",
    sub,
    scopes: granted,
    evidence,
  });
  return authorize(server, { accountId, clientId, granted, rejected });
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

function transactionOf(
  { profile, transactions }: CompletionOptions,
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
