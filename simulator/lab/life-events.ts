/** What can happen in a resident's life, by the names under which it is brought about from outside. */
import type { Aftermath, Persona, ResidentRef } from "../residents/index.ts";
import type { LabCounter } from "./counter.ts";

export interface LifeEventDetails {
  /** Of `move`: five digits of the new municipality. */
  readonly to?: string | undefined;
}

type Act = (counter: LabCounter, ref: ResidentRef, details: LifeEventDetails) => unknown;

const ACTS = {
  move: (counter, ref, { to }) => counter.move(ref, to),
  rename: (counter, ref) => counter.rename(ref),
  lose: (counter, ref) => counter.lose(ref),
  find: (counter, ref) => counter.find(ref),
  die: (counter, ref) => counter.die(ref),
  emigrate: (counter, ref) => counter.emigrate(ref),
  renew: (counter, ref) => counter.renew(ref),
  "reissue-sign": (counter, ref) => counter.reissueSign(ref),
  "replace-card": (counter, ref) => counter.handOut(ref),
  "give-up-auth": (counter, ref) => counter.giveUp(ref, "auth"),
  "give-up-sign": (counter, ref) => counter.giveUp(ref, "sign"),
  "add-android": (counter, ref) => counter.addSmartphone(ref, "android"),
  "add-iphone": (counter, ref) => counter.addSmartphone(ref, "iphone"),
  "lose-smartphone": (counter, ref) => counter.loseSmartphone(ref),
  "give-up-smartphone": (counter, ref) => counter.giveUpSmartphone(ref),
} as const satisfies Readonly<Record<string, Act>>;

export type LifeEventName = keyof typeof ACTS;

export const LIFE_EVENTS = Object.keys(ACTS) as [LifeEventName, ...LifeEventName[]];

/** @throws SimulatorError with the codes of the counter */
export async function live(
  counter: LabCounter,
  ref: ResidentRef,
  event: LifeEventName,
  details: LifeEventDetails = {},
): Promise<void> {
  const act: Act = ACTS[event];
  await act(counter, ref, details);
}

/** Not where people are registered first. */
const MOVED_TO = "28100";

const SINCE: Readonly<Record<Aftermath, Act>> = {
  moved: (counter, ref) => counter.move(ref, MOVED_TO),
  renamed: (counter, ref) => counter.rename(ref),
  renewed: (counter, ref) => counter.renew(ref),
};

/** Lets happen what a persona tells of, to somebody who has just been given a card. */
export async function catchUp(
  counter: LabCounter,
  ref: ResidentRef,
  { since = [], smartphone }: Persona,
): Promise<void> {
  for (const event of since) await SINCE[event](counter, ref, {});
  if (smartphone !== undefined) await counter.addSmartphone(ref, smartphone);
}
