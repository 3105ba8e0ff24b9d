/** How a card comes about: when it was handed out, with which certificates, with PINs or without. */
import { jstDay, startOfJstDay } from "../pki/index.ts";
import { maySign } from "./card.ts";
import { personaOf } from "./personas.ts";
import { type Resident, yearsLater } from "./resident.ts";

/**
 * A card lasts until the tenth birthday after it was handed out, so one of eleven years ago has
 * ended within the last year. Its certificates are its second ones: today's CA is not as old.
 */
const HANDED_OUT_YEARS_AGO = 11;
const CERTIFIED_YEARS_AGO = 2;

export interface CardPlan {
  /** Day it is handed out, YYYYMMDD, which decides how long it lasts. */
  readonly day: string;
  /** Whether it has a 署名用 certificate. */
  readonly sign: boolean;
  /** When its certificates were issued; now, when absent. */
  readonly certifiedAt?: Date;
  readonly pinless?: true;
}

/**
 * @param earlier how many cards the resident has had
 * @param sign whether a 署名用 certificate was asked for; as is usual for such a person when absent
 */
export function planCard(
  resident: Resident,
  earlier: number,
  now: Date,
  sign: boolean | undefined,
): CardPlan {
  const today = jstDay(now);
  const { card } = personaOf(resident.persona);
  if (card === "pinless") return { day: today, sign: sign ?? false, pinless: true };
  const plan = { day: today, sign: sign ?? maySign(resident, today) };
  if (card !== "ended" || earlier > 0) return plan;
  return {
    ...plan,
    day: yearsLater(today, -HANDED_OUT_YEARS_AGO),
    certifiedAt: startOfJstDay(yearsLater(today, -CERTIFIED_YEARS_AGO)),
  };
}
