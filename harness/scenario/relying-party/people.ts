/**
 * People who deal with a system under test by way of a platform: what they do while the system has sent
 * the browser there.
 */
import type { Lab } from "../../../simulator/lab/index.ts";
import type { PresentedCard } from "../../card/index.ts";
import type { HttpTraceSink } from "../../platform/index.ts";
import { atCounter, onPhone } from "../../relying-party/excursions.ts";
import type { Excursion } from "../../relying-party/system-under-test.ts";

export interface People {
  /** Somebody with this card at the patron's display of MKPF. Default `allow`. */
  visitor(card: PresentedCard, decision?: "allow" | "decline" | "cancel"): Excursion;
  /** Whoever has this card, with デジタル認証アプリ on the phone. Agrees to everything by default. */
  phone(card: { readonly id: string }, ask?: PhoneAsk): Excursion;
}

export interface PhoneAsk {
  /** Of the test response screen; `normal` by default. */
  readonly outcome?: string;
  /** Scopes agreed to. */
  readonly consent?: readonly string[];
}

export function peopleOf(lab: Lab, sink: HttpTraceSink): People {
  const random = lab.random("people");
  return {
    visitor: (card, decision = "allow") =>
      atCounter({
        card,
        decision,
        trusted: [lab.cvAnchors.visual],
        nonce: () => random.bytes(32),
        profile: lab.mkpf.verification.profile,
        sink,
      }),
    phone: ({ id }, ask = {}) =>
      onPhone({ card: id, profile: lab.digitalAuthApp.profile, sink, ...ask }),
  };
}
