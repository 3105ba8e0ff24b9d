/** How many tries of a PIN an attempt cost, as far as its journal tells. */
import type { Exchange, ScenarioSummary } from "../../journal/summary.ts";

/** What stands in a recorded command in place of a PIN, a password or a code. */
const PIN_MARK = "‹PIN›";

/**
 * Tries of PINs, passwords and codes that a scenario spent in all its attempts, those that a right PIN
 * gave back afterwards included. One whose answer never came counts, as it may have been spent.
 */
export function triesSpent({ earlier, last }: ScenarioSummary): number {
  const exchanges = [...earlier, last].flatMap((attempt) => attempt.exchanges);
  return exchanges.filter(spendsTry).length;
}

/** A PIN was sent and refused: SW 63CX or 6300 (ISO/IEC 7816-4 section 5.6, 7.5.6). */
function spendsTry(exchange: Exchange): boolean {
  if (exchange.type !== "apdu" || !exchange.command.includes(PIN_MARK)) return false;
  return exchange.sw === undefined || /^63(C.|00)$/i.test(exchange.sw);
}
