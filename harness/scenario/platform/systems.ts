/** Systems that deal with people by way of a platform, connected to the platforms of a world. */
import type { Lab } from "../../../simulator/lab/index.ts";
import type { HttpTraceSink } from "../../platform/index.ts";
import { type Counter, type CounterAsk, openCounter } from "./counter.ts";
import { type MkpfRules, type OwnMkpf, openOwnMkpf } from "./own-mkpf.ts";
import { openWindow, type Window, type WindowAsk } from "./window.ts";

export interface PlatformSystems {
  /** The counter of a municipal system of MKPF 類型①, in the 検証環境. */
  counter(name: string, ask?: CounterAsk): Promise<Counter>;
  /** A 検証環境 of MKPF that goes by other rules than the world's own; `await using` ends it. */
  mkpfUnder(rules: MkpfRules): Promise<OwnMkpf>;
  /** A window of a municipality that asks 地方認証プラットフォーム. */
  window(name: string, ask?: WindowAsk): Window;
}

export function platformSystems(lab: Lab, sink: HttpTraceSink): PlatformSystems {
  const mkpf = { platform: lab.mkpf.verification, issuer: lab.addresses.mkpf.verification };
  return {
    counter: (name, ask = {}) => openCounter(lab, mkpf, name, { ...ask, sink }),
    mkpfUnder: (rules) => openOwnMkpf(lab, rules, sink),
    window: (name, ask = {}) => openWindow(lab, name, { ...ask, sink }),
  };
}
