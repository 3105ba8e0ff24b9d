import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SimulatedCard } from "./card.ts";
import type { CardImage } from "./image.ts";
import type { Action } from "./model/action.ts";
import { history } from "./model/arbitraries.ts";
import { describeEvent, type Event, History } from "./model/event.ts";
import { differences, type RunOptions } from "./model/run.ts";
import { BEYOND_A_CLIENT, LEGAL_STATUSES } from "./model/statuses.ts";
import { modelledCard } from "./testing/modelled-card.ts";

describe("the card against its model (card-facts sections 2 to 4)", () => {
  it("answers, counts, opens and forgets alike through any history with power cuts", () => {
    const image = modelledCard();
    fc.assert(
      fc.property(history, (events) => {
        expect(differences(image, events)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("shows a failing history as readable commands, shrunk", () => {
    const generous = withTries(modelledCard(), 4);
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

  it("gets to see every status that a client can bring about", () => {
    const image = modelledCard();
    const seen = new Set<number>();
    fc.assert(
      fc.property(history, (events) => {
        differences(image, events, { onAnswer: (sw) => seen.add(sw) });
      }),
      { seed: 2, numRuns: 800 },
    );
    const never = [...LEGAL_STATUSES].filter((sw) => !seen.has(sw)).sort();
    expect(never).toEqual([...BEYOND_A_CLIENT.keys()].sort());
  });

  const act = (action: Action): Event => ({ event: "act", action });
  const jpki = act({ do: "select application", ap: "jpki", by: "name" });
  const text = act({ do: "select application", ap: "text", by: "name" });
  const verify = (pin: string) => act({ do: "verify", target: 0x18, pin });
  const sign = act({ do: "sign", target: 0x17, mode: 2, bytes: 32 });

  it.each<[string, CardImage, Event[], RegExp]>([
    [
      "more tries than issued",
      withTries(modelledCard(), 4),
      [jpki],
      /tries left of jpki\/24 are 4, should be 3/,
    ],
    [
      "a certificate open to all",
      modelledCard({ signCertificateFree: true }),
      [jpki, act({ do: "read", target: 0x01, offset: 0, ne: 4 })],
      /event 2, .*answered 9000, should be 6982/,
    ],
    [
      "a right kept after a wrong PIN",
      modelledCard({ wrongPinKeepsRight: true }),
      [jpki, verify("1234"), verify("0000"), sign],
      /event 4, sign .*answered 9000, should be 6982/,
    ],
    [
      "a session that takes another secret",
      modelledCard({ sessionKeyTakesCodeB: true }),
      [
        text,
        act({ do: "verify", target: 0x15, pin: "02010220354321" }),
        act({ do: "set session key", block: "seed" }),
      ],
      /set session key .*answered 9000, should be 6982/,
    ],
  ])("notices %s", (_what, image, events, message) => {
    expect(differences(image, new History(events)).join("\n")).toMatch(message);
  });

  it.each<[string, Event[], (answer: Uint8Array) => void, RegExp]>([
    [
      "a byte of a file that is not the issuer's",
      [jpki, act({ do: "read", target: 0x0a, offset: 0, ne: 16 })],
      (answer) => answer.set([0x31], 0),
      /event 2, .*gave other data than the issuer's/,
    ],
    [
      "a signature that no key of the card has made",
      [jpki, verify("1234"), sign],
      (answer) => answer.set([0x01], 255),
      /event 3, .*gave other data than the issuer's/,
    ],
    [
      "a status that no card has",
      [act({ do: "challenge", ne: 16 })],
      (answer) => answer.set([0x91], answer.length - 2),
      /9100 is no status of this card/,
    ],
  ])("notices %s", (_what, events, spoil, message) => {
    const insert: NonNullable<RunOptions["insert"]> = (image, options) => {
      const card = new SimulatedCard(image, options);
      const answer = card.transmit.bind(card);
      card.transmit = (command) => {
        const response = answer(command);
        if (response.length > 2) spoil(response);
        return response;
      };
      return card;
    };
    const found = differences(modelledCard(), new History(events), { insert });
    expect(found.join("\n")).toMatch(message);
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
