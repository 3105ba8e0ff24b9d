/**
 * デジタル認証アプリ beside the world's own, by another profile: what the public reference leaves open, such
 * as the format of a birth date, can be tried each way (platform-facts 4.4).
 */
import { Door } from "../../../simulator/lab/door.ts";
import type { Lab } from "../../../simulator/lab/index.ts";
import { testCardsOf } from "../../../simulator/lab/test-cards.ts";
import {
  createDigitalAuthApp,
  type DigitalAuthProfile,
  parseDigitalAuthProfile,
} from "../../../simulator/platform/index.ts";
import type { HttpTraceSink } from "../../platform/index.ts";
import { type DigitalService, openService } from "./digital-service.ts";
import { type TokenDoor, tokenDoor } from "./token-door.ts";
import { worldChecker } from "./world-checker.ts";

export type DigitalAuthVariant = {
  readonly [Part in "claims" | "rules"]?: Partial<DigitalAuthProfile[Part]>;
};

/** Listens on the loopback until it is disposed of. */
export interface OwnDigitalAuth extends AsyncDisposable {
  service(name: string): Promise<DigitalService>;
  tokenDoor(service: DigitalService): TokenDoor;
}

export async function openOwnDigitalAuth(
  lab: Lab,
  variant: DigitalAuthVariant,
  sink: HttpTraceSink,
): Promise<OwnDigitalAuth> {
  const door = await Door.open();
  const { origin } = door;
  const random = lab.random(`digital-auth/${JSON.stringify(variant)}`);
  const platform = createDigitalAuthApp({
    origin: () => origin,
    clock: lab.clock,
    random,
    checker: worldChecker(lab),
    cards: testCardsOf(() => lab.cards, lab.jpki, random.fork("cards")),
    profile: parseDigitalAuthProfile(variant),
  });
  await door.mount(platform.plugin);
  return {
    service: (name) => openService({ platform, origin }, name, sink),
    tokenDoor: (service) => tokenDoor({ platform, origin }, service, sink),
    [Symbol.asyncDispose]: () => door.close(),
  };
}
