import { expect, it } from "vitest";
import type { Unstamped } from "../../journal/events.ts";
import { summarize } from "../../journal/summarize.ts";
import { stamped } from "../../testing/stamped.ts";
import { triesSpent } from "./tries.ts";

function spent(...exchanges: Partial<Extract<Unstamped, { type: "apdu" }>>[]): number | undefined {
  const events = exchanges.map((exchange, i) =>
    stamped(i, {
      type: "apdu",
      scenario: "CR-01",
      attempt: 1,
      reader: "simulated",
      label: { ja: "VERIFY 利用者証明用PIN", en: "VERIFY user authentication PIN" },
      command: "00 20 00 80 ‹PIN›",
      response: "",
      milliseconds: 1,
      ...exchange,
    }),
  );
  return summarize(events).scenarios.map(triesSpent)[0];
}

it("counts what was sent and refused, in every attempt", () => {
  expect(spent({ sw: "63C2" }, { sw: "63C1", attempt: 2 }, { sw: "6300", attempt: 2 })).toBe(3);
});

it("counts a PIN whose answer never came", () => {
  expect(spent({ error: "READER_CARD_REMOVED" })).toBe(1);
});

it.each([
  ["a right PIN", { sw: "9000" }],
  ["a blocked PIN", { sw: "6984" }],
  ["a question for the tries left", { sw: "63C3", command: "00 20 00 80" }],
])("does not count %s", (_, exchange) => {
  expect(spent(exchange)).toBe(0);
});
