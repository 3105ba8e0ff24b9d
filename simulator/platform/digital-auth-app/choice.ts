/** What the tester decides: on the screen, or in the request so that no page is shown (platform-facts 4.7). */
import type { PresentedCard } from "./authentication.ts";
import { type Script, scriptOf } from "./outcomes.ts";
import type { DigitalAuthProfile } from "./profile.ts";
import type { TestCards } from "./test-cards.ts";

export interface Choice {
  readonly card: PresentedCard;
  readonly script: Script;
  /** Scopes the person agrees to; all when absent. */
  readonly consent?: readonly string[];
}

/** As they came, not yet believed. */
interface ChoiceFields {
  readonly card: unknown;
  readonly outcome: unknown;
  readonly consent?: readonly string[] | undefined;
}

/** @returns the choice, or what to tell the tester */
export function readChoice(
  cards: TestCards,
  { card: id, outcome, consent }: ChoiceFields,
): Choice | { readonly trouble: string } {
  const script = scriptOf(outcome);
  if (script === undefined) return { trouble: "応答を選んでください。 Choose a response." };
  const card = cards.list().find((one) => one.id === id);
  if (card === undefined) return { trouble: "カードを選んでください。 Choose a card." };
  return consent === undefined ? { card, script } : { card, script, consent };
}

/** A form of the page: boxes that are not ticked are simply not there. */
export function choiceInForm(form: URLSearchParams): ChoiceFields {
  return { card: form.get("card"), outcome: form.get("outcome"), consent: form.getAll("consent") };
}

/**
 * The choices a headless test puts into the authorization request.
 *
 * @returns undefined for a request without any
 */
export function choiceInRequest(
  { parameters }: DigitalAuthProfile,
  params: Readonly<Record<string, unknown>>,
): ChoiceFields | undefined {
  const { testCard, outcome, consent } = parameters;
  const card = params[testCard];
  if (card === undefined) return undefined;
  const agreed = params[consent];
  const consented = agreed === undefined ? undefined : String(agreed).split(",");
  return { card, outcome: params[outcome] ?? "normal", consent: consented };
}
