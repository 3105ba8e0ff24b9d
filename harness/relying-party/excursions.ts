/**
 * What people do while a system under test has sent their browser to a platform: at the patron's display
 * of MKPF 類型① (platform-facts 1.3), and at デジタル認証アプリ's test response screen (4.7).
 */
import type { DigitalAuthProfile, MkpfProfile } from "../../simulator/platform/index.ts";
import { type CvTrustAnchor, type PresentedCard, readForRegistration } from "../card/index.ts";
import { CounterDisplay, type HttpTraceSink, TestResponseScreen } from "../platform/index.ts";
import { protocolError } from "../platform/platform-error.ts";
import type { Excursion } from "./system-under-test.ts";

export interface AtCounter {
  readonly card: PresentedCard;
  /** CAs of 券面事項確認AP whose cards count as genuine. */
  readonly trusted: readonly CvTrustAnchor[];
  /** Fresh random bytes. */
  readonly nonce: () => Uint8Array;
  /** Default `allow`; `cancel` before the card is read. */
  readonly decision?: "allow" | "decline" | "cancel";
  /** Names and codes of MKPF; those built in when absent. */
  readonly profile?: MkpfProfile;
  readonly sink?: HttpTraceSink;
  /** PEM of the CA of a lab with `--tls`. */
  readonly ca?: string | undefined;
}

/** Somebody with a card at the patron's display: registers with PIN, or touches without. */
export function atCounter(person: AtCounter): Excursion {
  const { card, decision = "allow", ...options } = person;
  return async (away) => {
    const display = new CounterDisplay(options);
    const asked = await display.open(away);
    if (decision === "cancel") return addressOf(await display.cancel());
    if (asked.step !== "card") return addressOf(asked);
    if (asked.mode === "touch") {
      const challenge = { nonce: person.nonce(), trusted: person.trusted };
      return addressOf(await display.touch(card, challenge));
    }
    const read = await readForRegistration(card, asked.challenge);
    const step = await display.handInRegistration(read);
    return addressOf(step.step === "consent" ? await display.decide(decision) : step);
  };
}

export interface OnPhone {
  /** Id of a test card. */
  readonly card: string;
  /** `normal`, or what is to go wrong. Default `normal`. */
  readonly outcome?: string;
  /** Scopes the person agrees to. Default all four attributes. */
  readonly consent?: readonly string[];
  /** Names and codes of デジタル認証アプリ; those built in when absent. */
  readonly profile?: DigitalAuthProfile;
  readonly sink?: HttpTraceSink;
  /** PEM of the CA of a lab with `--tls`. */
  readonly ca?: string | undefined;
}

/** Somebody with a phone, of whom the test response screen decides what they do. */
export function onPhone(person: OnPhone): Excursion {
  const consent = ["name", "address", "birthdate", "gender"];
  return async (away) => {
    const screen = new TestResponseScreen(person);
    const opened = await screen.open(away);
    const step = opened.step === "screen" ? await screen.respond({ consent, ...person }) : opened;
    return addressOf(step);
  };
}

function addressOf(step: { readonly step: string; readonly url?: URL }): URL {
  if (step.url !== undefined) return step.url;
  throw protocolError(`the browser is still at the platform: ${step.step}`);
}
