/** What scenarios about カードAP need besides the world itself. */
export { type CardApOperator, type FoundOnCard, findCardAp } from "./systems.ts";
export { cardNumberOf, onTerminal } from "./terminal.ts";
