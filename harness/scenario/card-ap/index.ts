export { type CardApOperator, type FoundOnCard, findCardAp } from "./systems.ts";
