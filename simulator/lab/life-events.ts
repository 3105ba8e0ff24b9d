/** What can happen in a resident's life, by the names under which it is brought about from outside. */
import { SimulatorError } from "../errors.ts";
import type { Aftermath, Correction, Persona, ResidentRef } from "../residents/index.ts";
import type { LabCounter } from "./counter.ts";

export interface LifeEventDetails {
  /** Of `move`: five digits of the new municipality. */
  readonly to?: string | undefined;
  /** Of `rename` and `correct`: family and given name, U+3000 between them. */
  readonly name?: string | undefined;
  /** Of `correct`. */
  readonly address?: string | undefined;
  /** Of `correct`: YYYYMMDD. */
  readonly birthDate?: string | undefined;
  /** Of `correct`: ISO/IEC 5218. */
  readonly sex?: "0" | "1" | "2" | "9" | undefined;
}

type Act = (counter: LabCounter, ref: ResidentRef, details: LifeEventDetails) => unknown;

const ACTS = {
  move: (counter, ref, { to }) => counter.move(ref, to),
  rename: (counter, ref, { name }) => counter.rename(ref, name),
  correct: (counter, ref, details) => counter.correct(ref, correction(details)),
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

/** What people read of each. */
export const LIFE_EVENT_TEXT: Readonly<Record<LifeEventName, readonly [ja: string, en: string]>> = {
  move: ["転居・転入する（署名用証明書が失効する）", "moves; the 署名用 certificate is revoked"],
  rename: [
    "氏名を変える（署名用証明書が失効する）",
    "is renamed; the 署名用 certificate is revoked",
  ],
  correct: [
    "記載を修正する（署名用証明書が失効する）",
    "has a wrong entry corrected; the 署名用 certificate is revoked",
  ],
  lose: ["カードを失くす（両証明書を一時保留）", "loses the card; both certificates are held"],
  find: ["失くしたカードが見つかる（保留は続く）", "finds the card; both certificates stay held"],
  die: ["死亡する（両証明書が失効する）", "dies; both certificates are revoked"],
  emigrate: ["国外へ転出する（両証明書が失効する）", "moves abroad; both certificates are revoked"],
  renew: ["同じカードの電子証明書を更新する", "new certificates on the same card"],
  "reissue-sign": ["署名用電子証明書の発行を受ける", "gets another 署名用 certificate"],
  "replace-card": ["カードの再交付を受ける", "gets another card"],
  "give-up-auth": ["利用者証明用証明書を失効させる", "gives up the 利用者証明用 certificate"],
  "give-up-sign": ["署名用証明書を失効させる", "gives up the 署名用 certificate"],
  "add-android": ["スマホ用電子証明書（Android）を申し込む", "gets certificates on an Android"],
  "add-iphone": ["iPhoneのマイナンバーカードを申し込む", "gets certificates on an iPhone"],
  "lose-smartphone": ["スマートフォンを失くす（一時保留）", "loses the smartphone; it is held"],
  "give-up-smartphone": ["スマホ用電子証明書を失効させる", "gives up those on the smartphone"],
};

/** @throws SimulatorError with the codes of the counter, CONTROL_INVALID for a correction of nothing */
export async function live(
  counter: LabCounter,
  ref: ResidentRef,
  event: LifeEventName,
  details: LifeEventDetails = {},
): Promise<void> {
  const act: Act = ACTS[event];
  await act(counter, ref, details);
}

function correction({ name, address, birthDate, sex }: LifeEventDetails): Correction {
  const given = Object.entries({ name, address, birthDate, sex });
  const wanted = given.filter(([, value]) => value !== undefined);
  if (wanted.length > 0) return Object.fromEntries(wanted);
  throw new SimulatorError("CONTROL_INVALID", "correct what? name, address, birthDate or sex");
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
