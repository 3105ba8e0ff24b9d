/**
 * What a vendor writes to have systems of his own tested: a module whose default export makes each system
 * from what it is given, for the world of one attempt at one scenario. The configuration names the file
 * (`relyingParty: { driver: "./my-systems.ts" }`).
 */
import type { JWK } from "jose";
import type {
  CheckMethod,
  DigitalAuthProfile,
  LocalAuthPfProfile,
  MkpfProfile,
} from "../../simulator/platform/index.ts";
import type { HttpTraceSink } from "../platform/index.ts";
import type { Reader } from "../reader/index.ts";
import type { SystemsUnderTest } from "./system-under-test.ts";

/** MKPF 類型①, 検証環境. */
export interface MkpfOffer {
  readonly issuer: string;
  /** Names and codes that hold in this world. */
  readonly profile: MkpfProfile;
  /** 接続設定: registers the system, whose pages of that address the display comes back to. */
  register(redirectUri: string): Promise<{ readonly clientId: string; readonly privateKey: JWK }>;
}

/** 地方認証PF. */
export interface LocalAuthPfOffer {
  readonly baseUrl: string;
  readonly profile: LocalAuthPfProfile;
  /** アクセス情報 for 利用者証明用 certificates, activated. */
  register(method: CheckMethod): { readonly id: string; readonly secret: string };
}

/** デジタル認証アプリ. */
export interface DigitalAuthOffer {
  readonly origin: string;
  readonly profile: DigitalAuthProfile;
  /** Registers the service (RP); `sealingKey` opens the answers of 署名API. */
  register(redirectUri: string): Promise<{
    readonly clientId: string;
    readonly privateKey: JWK;
    readonly sealingKey: JWK;
  }>;
}

/** What surrounds a system under test: the platforms of a world, and the bench. */
export interface Surroundings {
  /** Id of the scenario, for the system's own log. */
  readonly scenario: string;
  /** `relyingParty.url` of the configuration. */
  readonly url?: string;
  /** Milliseconds the system has for one errand. */
  readonly deadline: number;
  readonly mkpf: MkpfOffer;
  readonly localAuthPf: LocalAuthPfOffer;
  readonly digitalAuthApp: DigitalAuthOffer;
  /** Base address of the world's control API (OpenAPI 3.1), for whatever else a system needs. */
  readonly control: string;
  /** The world's time, in which certificates and lists are valid or not. */
  now(): Date;
  /**
   * Puts exchanges into the report. Redact them: PINs and attributes of this world are struck out, but
   * what a system makes of them is not known here.
   */
  readonly sink: HttpTraceSink;
  /**
   * A contactless reader with this card in it and no wire, for a window whose reader the driver plays.
   * A window that reads by PC/SC finds the card in the project's reader (`pcsc` with `vpcd`).
   *
   * @param card id, as `CounterUnderTest.present` is told it
   * @throws BenchError READER_NO_CARD where nobody has this card
   */
  reader(card: string): Reader;
  /** Has something done when the scenario is over; what was asked for last comes first. */
  afterwards(act: () => Promise<void> | void): void;
}

/** Makes what a vendor has; scenarios for a system that is not there are skipped. */
export type SystemsDriver = {
  readonly [Name in SystemName]?: (
    given: Surroundings,
  ) => Made<NonNullable<SystemsUnderTest[Name]>>;
};

type Made<System> = System | Promise<System>;

export type SystemName = keyof SystemsUnderTest;

export const SYSTEM_NAMES = ["library", "counter", "portal"] as const satisfies SystemName[];

/** @example export default defineSystems({ library: ({ url, mkpf }) => new MyLibrary(url, mkpf) }) */
export function defineSystems(driver: SystemsDriver): SystemsDriver {
  return driver;
}
