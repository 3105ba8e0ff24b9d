/** What scenarios about platforms need besides the world itself. */
export type { Counter, CounterAsk, CounterVisit } from "./counter.ts";
export type { MkpfRules, OwnMkpf } from "./own-mkpf.ts";
export type { PlatformSystems } from "./systems.ts";
export { askInLine, type WaitingLine } from "./waiting-line.ts";
export type { Window, WindowAsk, WindowDecision } from "./window.ts";
