/** Which statuses the card has, and which of them no client sees (card-facts section 4). */
import { BEYOND_A_CLIENT, LEGAL_STATUSES } from "../../../simulator/card/model/statuses.ts";
import type { Repertoire } from "../tally.ts";

export const REPERTOIRE: Repertoire = { legal: LEGAL_STATUSES, beyond: BEYOND_A_CLIENT };
