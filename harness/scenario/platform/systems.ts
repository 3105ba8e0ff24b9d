/** Systems that deal with people by way of a platform, connected to the platforms of a world. */
import type { Lab } from "../../../simulator/lab/index.ts";
import type { HttpTraceSink } from "../../platform/index.ts";
import { type Counter, type CounterAsk, openCounter } from "./counter.ts";
import { type DigitalService, openService } from "./digital-service.ts";
import {
  type DigitalAuthVariant,
  type OwnDigitalAuth,
  openOwnDigitalAuth,
} from "./own-digital-auth.ts";
import { type MkpfRules, type OwnMkpf, openOwnMkpf } from "./own-mkpf.ts";
import { type TokenDoor, tokenDoor } from "./token-door.ts";
import { openWindow, type Window, type WindowAsk } from "./window.ts";

export interface PlatformSystems {
  /** The counter of a municipal system of MKPF 類型①, in the 検証環境. */
  counter(name: string, ask?: CounterAsk): Promise<Counter>;
  /** A 検証環境 of MKPF that goes by other rules than the world's own; `await using` ends it. */
  mkpfUnder(rules: MkpfRules): Promise<OwnMkpf>;
  /** A window of a municipality that asks 地方認証プラットフォーム. */
  window(name: string, ask?: WindowAsk): Window;
  /** A service (RP) registered with デジタル認証アプリ. */
  service(name: string): Promise<DigitalService>;
  /** The token endpoint of デジタル認証アプリ, for client assertions written by hand. */
  tokenDoor(service: DigitalService): TokenDoor;
  /** デジタル認証アプリ by another profile than the world's own; `await using` ends it. */
  digitalAuthBy(variant: DigitalAuthVariant): Promise<OwnDigitalAuth>;
}

export function platformSystems(lab: Lab, sink: HttpTraceSink): PlatformSystems {
  const digitalAuth = {
    platform: lab.digitalAuthApp,
    origin: new URL(lab.addresses.digitalAuthApp).origin,
  };
  const mkpf = { platform: lab.mkpf.verification, issuer: lab.addresses.mkpf.verification };
  return {
    counter: (name, ask = {}) => openCounter(lab, mkpf, name, { ...ask, sink }),
    mkpfUnder: (rules) => openOwnMkpf(lab, rules, sink),
    window: (name, ask = {}) => openWindow(lab, name, { ...ask, sink }),
    service: (name) => openService(digitalAuth, name, sink),
    tokenDoor: (service) => tokenDoor(digitalAuth, service, sink),
    digitalAuthBy: (variant) => openOwnDigitalAuth(lab, variant, sink),
  };
}
