import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CardImage } from "./image.ts";
import { history } from "./model/arbitraries.ts";
import { describeEvent, differences, History } from "./model/run.ts";
import { personalise } from "./personalise.ts";
import { fullSpec } from "./testing/spec.ts";

describe("the card against its model (card-facts sections 2 to 4)", () => {
  it("answers, counts, opens and forgets alike through any history with power cuts", () => {
    const image = personalise(fullSpec());
    fc.assert(
      fc.property(history, (events) => {
        expect(differences(image, events)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("shows a failing history as readable commands, shrunk", () => {
    const generous = withTries(personalise(fullSpec()), 4);
    const failure = fc.check(
      fc.property(history, (events) => differences(generous, events).length === 0),
      { seed: 1, numRuns: 300 },
    );
    const [smallest] = failure.counterexample ?? [];

    expect(failure.failed).toBe(true);
    expect(smallest?.events).toHaveLength(1);
    expect(fc.stringify(smallest)).toMatch(/^\n {2}\S.*\n$/);
  });

  it("prints what was done, to what, and with which bytes", () => {
    const verify = { do: "verify", target: 0x18, pin: "9999" } as const;
    const readable = 'verify {"target":24,"pin":"9999"} 002000980439393939';
    expect(describeEvent({ event: "act", action: verify })).toBe(readable);
    expect(describeEvent({ event: "cut", action: verify, at: 1, durable: true })).toBe(
      `cut after save 1 of ${readable}`,
    );
    expect(describeEvent({ event: "power cycle" })).toBe("power cycle");
  });

  it.each<[string, CardImage, RegExp]>([
    ["more tries than issued", withTries(personalise(fullSpec()), 4), /should be 63C3/],
    [
      "a certificate open to all",
      personalise(fullSpec({ quirks: { signCertificateFree: true } })),
      /answered 9000, should be 6982/,
    ],
    [
      "a right kept after a wrong PIN",
      personalise(fullSpec({ quirks: { wrongPinKeepsRight: true } })),
      /sign .*answered 9000, should be 6982/,
    ],
  ])("notices %s", (_what, image, message) => {
    const act = (action: Parameters<typeof describeEvent>[0] & { event: "act" }) => action;
    const events = new History([
      act({ event: "act", action: { do: "select application", ap: "jpki" } }),
      act({ event: "act", action: { do: "ask tries", target: 0x18 } }),
      act({ event: "act", action: { do: "read", target: 0x01, offset: 0, ne: 4 } }),
      act({ event: "act", action: { do: "verify", target: 0x18, pin: "1234" } }),
      act({ event: "act", action: { do: "verify", target: 0x18, pin: "0000" } }),
      act({ event: "act", action: { do: "sign", target: 0x17 } }),
    ]);
    expect(differences(image, events).join("\n")).toMatch(message);
  });
});

/** The card with other tries on the 利用者証明用 PIN. */
function withTries(image: CardImage, tries: number): CardImage {
  const applications = image.applications.map((ap) => ({
    ...ap,
    files: ap.files.map((file) =>
      ap.name === "jpki" && file.id === 0x18 && file.kind === "pin"
        ? { ...file, tries, triesLeft: tries }
        : file,
    ),
  }));
  return { ...image, applications };
}
