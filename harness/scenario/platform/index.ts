/** What scenarios about platforms need besides the world itself. */
export type { Outcome } from "../../../simulator/platform/index.ts";
export type { Counter, CounterAsk, CounterVisit } from "./counter.ts";
export {
  answerOf,
  type DigitalService,
  type SignInWish,
} from "./digital-service.ts";
export type { DigitalAuthVariant, OwnDigitalAuth } from "./own-digital-auth.ts";
export type { MkpfRules, OwnMkpf } from "./own-mkpf.ts";
export type { PlatformSystems } from "./systems.ts";
export type { AssertionSpoils, TokenAnswer, TokenDoor } from "./token-door.ts";
export { askInLine, type WaitingLine } from "./waiting-line.ts";
export type { Window, WindowAsk } from "./window.ts";
