/**
 * Carelessness that scenarios have to notice. A system is careless in another way at each attempt at a
 * scenario, and after the last of them as careful as it can be.
 */
export type Carelessness =
  /** Library. */
  | "lends to whoever was here last"
  | "registers who declined"
  | "says nothing"
  | "lends what could not be checked"
  | "lends when the platform is down"
  | "calls it revoked when it could not check"
  | "never asks whether attributes changed"
  | "turns away who has moved"
  | "enrols anybody anew"
  | "links a second number"
  | "finds people by name"
  | "trusts a card it has seen before"
  /** Window. */
  | "prints without asking"
  | "prints what could not be checked"
  | "tries the PIN again"
  | "does not tell the tries left"
  /** Portal. */
  | "takes nothing for missing"
  | "logs in who cancelled"
  | "believes any signature"
  | "believes any signer";

/** By scenario: what is wrong at each attempt, with the step (in English) that has to notice it. */
export const FAULTS: Readonly<Record<string, readonly (readonly [Carelessness, string])[]>> = {
  "RP-01": [["lends to whoever was here last", "a stranger's touch"]],
  "RP-02": [
    ["registers who declined", "registration B declined"],
    ["says nothing", "registration B declined"],
  ],
  "RP-03": [
    ["lends what could not be checked", "no OCSP, no list"],
    ["lends when the platform is down", "MKPF down on the way back"],
    ["calls it revoked when it could not check", "a revoked card is told otherwise"],
  ],
  "RP-04": [
    ["never asks whether attributes changed", "after: lent, with the hint"],
    ["turns away who has moved", "after: lent, with the hint"],
  ],
  "RP-05": [
    ["enrols anybody anew", "registration B again"],
    ["links a second number", "A for another number"],
  ],
  "RP-06": [["finds people by name", "both register"]],
  "RP-07": [["trusts a card it has seen before", "lost: nothing is lent"]],
  "RP-08": [["prints without asking", "revoked: not printed"]],
  "RP-09": [
    ["prints what could not be checked", "line cut"],
    ["calls it revoked when it could not check", "revoked is told otherwise"],
  ],
  "RP-10": [
    ["tries the PIN again", "the wrong PIN"],
    ["does not tell the tries left", "the wrong PIN"],
  ],
  "RP-11": [
    ["takes nothing for missing", "name and gender alone"],
    ["logs in who cancelled", "who cancels is not logged in"],
  ],
  "RP-12": [
    ["believes any signature", "over another document"],
    ["believes any signer", "by somebody else"],
  ],
};

const attempts = new Map<string, number>();

/** How careless a system is that is opened for this scenario now. */
export function nextFaultIn(scenario: string): Carelessness | undefined {
  const attempt = attempts.get(scenario) ?? 0;
  attempts.set(scenario, attempt + 1);
  return FAULTS[scenario]?.[attempt]?.[0];
}
