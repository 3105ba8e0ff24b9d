export { guarded } from "./guarded.ts";
export type { GuardPolicy } from "./policy.ts";
