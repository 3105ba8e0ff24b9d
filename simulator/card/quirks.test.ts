import { describe, expect, it } from "vitest";
import { QUIRKS, type QuirkName } from "./quirks.ts";
import {
  quirkyCard,
  SELECT_JPKI,
  SELECT_TEXT,
  selectFile,
  testCard,
  verify,
} from "./testing/card.ts";
import { childSpec, HOLDER, testSpec } from "./testing/spec.ts";

interface Probe {
  /** Sent after power-on to a card without quirks and to one with the quirk. */
  readonly commands: readonly string[];
  /** Status of the last command. */
  readonly default: string;
  readonly quirk: string;
}

const AUTH = [SELECT_JPKI, selectFile("0018")];
const wrong = verify("0000");

/** Where one response tells the behaviours apart; the others have a test of their own below. */
const PROBES: Partial<Record<QuirkName, Probe>> = {
  signCertificateFree: {
    commands: [SELECT_JPKI, "00B0810004"],
    default: "6982",
    quirk: "9000",
  },
  blockedAnswers6983: {
    commands: [...AUTH, wrong, wrong, wrong, wrong],
    default: "6984",
    quirk: "6983",
  },
  codesHaveThreeTries: {
    commands: [SELECT_TEXT, "00200094"],
    default: "63CA",
    quirk: "63C3",
  },
  onlyPlainSignatures: {
    commands: [...AUTH, verify("1234"), `802A029720${"00".repeat(32)}00`],
    default: "9000",
    quirk: "6A86",
  },
  queryAnswers9000OnceVerified: {
    commands: [...AUTH, verify("1234"), "00200080"],
    default: "63C3",
    quirk: "9000",
  },
  caCertificatesFollowTheirKeys: {
    commands: [SELECT_JPKI, "00B0820004"],
    default: "9000",
    quirk: "6982",
  },
  challengeRefusesExtendedLe: {
    commands: ["00840000000010"],
    default: "9000",
    quirk: "6985",
  },
  queryAnswers6984WhenBlocked: {
    commands: [...AUTH, wrong, wrong, wrong, "00200080"],
    default: "63C0",
    quirk: "6984",
  },
  wrongPinKeepsRight: {
    commands: [...AUTH, verify("1234"), wrong, `802A029720${"00".repeat(32)}00`],
    default: "6982",
    quirk: "9000",
  },
  wrongLengthAnswers6700: {
    commands: [...AUTH, verify("123")],
    default: "63C2",
    quirk: "6700",
  },
  anyNewPinAccepted: {
    commands: [...AUTH, verify("1234"), "00240180024142"],
    default: "6A80",
    quirk: "9000",
  },
  firstCommandAnswers6F00: {
    commands: [SELECT_JPKI],
    default: "9000",
    quirk: "6F00",
  },
  endOfFileAnswers6282: {
    commands: [SELECT_JPKI, "00B08800FF"],
    default: "9000",
    quirk: "6282",
  },
  readAtEndAnswersEmpty: {
    commands: [SELECT_JPKI, "00B0880301"],
    default: "6B00",
    quirk: "9000",
  },
  noExtendedLength: {
    commands: [SELECT_JPKI, "00B08800000000"],
    default: "9000",
    quirk: "6700",
  },
};

describe("quirks", () => {
  it.each(Object.entries(PROBES))("%s", (name, { commands, default: usual, quirk }) => {
    expect(
      testCard()
        .statuses(...commands)
        .at(-1),
    ).toBe(usual);
    expect(
      quirkyCard({ [name]: true })
        .statuses(...commands)
        .at(-1),
    ).toBe(quirk);
  });

  const OTHERS: Partial<Record<QuirkName, () => void>> = {
    otherSexIsThree: () => {
      const holder = { ...HOLDER, sex: "9" as const };
      const sexOf = (card: ReturnType<typeof testCard>) => {
        card.statuses(SELECT_TEXT, selectFile("0011"), verify("1234"));
        return card.send("00B0826708");
      };
      // DF25 stands at 0x64 of the worked example, so its value at 0x67.
      expect(sexOf(testCard(testSpec({ holder }))).slice(0, 2)).toBe("39");
      expect(
        sexOf(testCard(testSpec({ holder, quirks: { otherSexIsThree: true } }))).slice(0, 2),
      ).toBe("33");
    },
    warmResetClearsRights: () => {
      const afterReset = (card: ReturnType<typeof testCard>) => {
        card.statuses(...AUTH, verify("1234"));
        card.card.reset();
        return card.send(SELECT_JPKI) + card.send(`802A029720${"00".repeat(32)}00`).slice(-4);
      };
      expect(afterReset(testCard())).toBe("90009000");
      expect(afterReset(quirkyCard({ warmResetClearsRights: true }))).toBe("90006982");
    },
    certificateFiller: () => {
      const whole = (card: ReturnType<typeof testCard>) => {
        card.send(SELECT_JPKI);
        return card.send("00B08A00000000");
      };
      expect(whole(testCard())).toHaveLength(2 * (1583 + 2));
      const filled = whole(quirkyCard({ certificateFiller: true }));
      expect(filled).toHaveLength(2 * (2048 + 2));
      expect(filled.slice(2 * 1583)).toBe(`${"FF".repeat(465)}9000`);
    },
    availabilityClaimsSign: () => {
      const availability = (card: ReturnType<typeof testCard>) => {
        card.send(SELECT_JPKI);
        return card.send("00B0880003");
      };
      expect(availability(testCard(childSpec()))).toBe("008F009000");
      expect(availability(testCard(childSpec({ quirks: { availabilityClaimsSign: true } })))).toBe(
        "8F8F009000",
      );
    },
  };

  it.each(Object.entries(OTHERS))("%s", (_name, check) => {
    check();
    expect.hasAssertions();
  });

  it("have each a test here and a source", () => {
    const tested = new Set([...Object.keys(PROBES), ...Object.keys(OTHERS)]);
    expect([...tested].sort()).toEqual(Object.keys(QUIRKS).sort());
    for (const { source, effect } of Object.values(QUIRKS)) {
      expect(source).toMatch(/^card-facts /);
      expect(effect).not.toBe("");
    }
  });
});
