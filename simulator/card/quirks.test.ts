import { constants, verify as verifySignature } from "node:crypto";
import { describe, expect, it } from "vitest";
import { rewriteFace } from "./counter.ts";
import { personalise } from "./personalise.ts";
import { QUIRKS, type QuirkName } from "./quirks.ts";
import { withQuirks } from "./quirky-files.ts";
import {
  cardOf,
  quirkyCard,
  SELECT_COMMON,
  SELECT_JPKI,
  SELECT_TEXT,
  SELECT_VISUAL,
  selectFile,
  testCard,
  verify,
} from "./testing/card.ts";
import { childSpec, fullSpec, HOLDER, testKey, testSpec } from "./testing/spec.ts";

interface Probe {
  /** Sent after power-on to a card without quirks and to one with the quirk. */
  readonly commands: readonly string[];
  /** Status of the last command. */
  readonly default: string;
  readonly quirk: string;
}

/** A card with everything on it, as it is without quirks. */
const PLAIN = personalise(fullSpec());
const PSS = constants.RSA_PKCS1_PSS_PADDING;
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
  newPasswordMustMix: {
    commands: [SELECT_JPKI, selectFile("001B"), verify("PASSWORD"), "0024018006 4C4554544552"],
    default: "9000",
    quirk: "6A80",
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
  file0005Free: {
    commands: [SELECT_JPKI, "00B0850001"],
    default: "6982",
    quirk: "9000",
  },
  noCurrentFileAnswers6985: {
    commands: [SELECT_JPKI, "00B0000001"],
    default: "6986",
    quirk: "6985",
  },
  commonPinHasFiveTries: {
    commands: [SELECT_COMMON, "0020009C"],
    default: "63C3",
    quirk: "63C5",
  },
  file0009IsInternal: {
    commands: [SELECT_JPKI, "00B0890001"],
    default: "6982",
    quirk: "6981",
  },
  integrityRecordRefusesCodeB: {
    commands: [SELECT_TEXT, selectFile("0015"), verify("02010220354321"), "00B0830001"],
    default: "9000",
    quirk: "6982",
  },
  textFile0008Free: {
    commands: [SELECT_TEXT, "00B0880001"],
    default: "6982",
    quirk: "9000",
  },
  birthKeyHasThreeTries: {
    commands: [SELECT_VISUAL, "00200091"],
    default: "63CA",
    quirk: "63C3",
  },
  codeCountersShared: {
    commands: [SELECT_TEXT, "0020009401 30", SELECT_VISUAL, "00200093"],
    default: "63CA",
    quirk: "63C9",
  },
  noNextOccurrence: {
    commands: [SELECT_JPKI, "00A4040E02D392"],
    default: "9000",
    quirk: "6A86",
  },
  absentObjectAnswers6A82: {
    commands: ["00CA9F7F00"],
    default: "6A88",
    quirk: "6A82",
  },
  atrObjectNeedsApplication: {
    commands: ["00CA5F5100"],
    default: "9000",
    quirk: "6A88",
  },
  noLowerCertificate: {
    commands: ["00CA7F21000000"],
    default: "9000",
    quirk: "6A88",
  },
  noMultiRecordRead: {
    commands: [SELECT_COMMON, "00B2010D00"],
    default: "9000",
    quirk: "6A81",
  },
  badSignatureLengthAnswers6700: {
    commands: [SELECT_TEXT, "802A02000100 00"],
    default: "6985",
    quirk: "6700",
  },
  terminalCertificateRefused: {
    commands: [SELECT_JPKI, selectFile("0016"), "80A206C10100"],
    default: "6700",
    quirk: "6A86",
  },
  noExternalAuthentication: {
    commands: [SELECT_JPKI, "008200960100"],
    default: "6985",
    quirk: "6A88",
  },
  sessionKeyTakesCodeB: {
    commands: [
      SELECT_TEXT,
      selectFile("0015"),
      verify("02010220354321"),
      `80AE0000000100${"FF".repeat(256)}`,
    ],
    default: "6982",
    quirk: "6F00",
  },
  noExtendedLength: {
    commands: [SELECT_JPKI, "00B08800000000"],
    default: "9000",
    quirk: "6700",
  },
};

function sourceOf(name: string): string {
  return Object.entries(QUIRKS).find(([quirk]) => quirk === name)?.[1].source ?? "nowhere";
}

describe("quirks (card-facts 0.3 and sections 2 to 4)", () => {
  it.each(Object.entries(PROBES).map(([name, probe]) => [name, sourceOf(name), probe] as const))(
    "%s (%s)",
    (name, _source, { commands, default: usual, quirk }) => {
      expect(
        cardOf(PLAIN)
          .statuses(...commands)
          .at(-1),
      ).toBe(usual);
      expect(
        quirkyCard({ [name]: true })
          .statuses(...commands)
          .at(-1),
      ).toBe(quirk);
    },
  );

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
    selectGivesNoFci: () => {
      const select = "00A404000AD392F00026010000000100";
      expect(testCard().send(select)).toMatch(/^6F.*9000$/);
      expect(quirkyCard({ selectGivesNoFci: true }).send(select)).toBe("9000");
    },
    pssWithoutSalt: () => {
      const message = new TextEncoder().encode("abc");
      const verifies = (card: ReturnType<typeof testCard>, saltLength: number) => {
        card.send(SELECT_TEXT);
        const key = { key: testKey("text").publicKey, padding: PSS, saltLength };
        return verifySignature("sha256", message, key, card.data("802A0500 03616263 00"));
      };
      expect(verifies(cardOf(PLAIN), 32)).toBe(true);
      expect(verifies(cardOf(PLAIN), 0)).toBe(false);
      expect(verifies(quirkyCard({ pssWithoutSalt: true }), 0)).toBe(true);
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

  it.each(Object.entries(OTHERS).map(([name, check]) => [name, sourceOf(name), check] as const))(
    "%s (%s)",
    (_name, _source, check) => {
      check();
      expect.hasAssertions();
    },
  );

  it.each(Object.entries(PROBES))(
    "%s can be given to a card that was handed over, and taken back",
    (name, probe) => {
      const { card, statuses } = cardOf(PLAIN);
      card.alter((image) => withQuirks(image, { [name]: true }));
      const quirky = card.image;
      card.powerOn();

      expect(statuses(...probe.commands).at(-1)).toBe(probe.quirk);
      expect(withQuirks(quirky, {})).toEqual(PLAIN);
    },
  );

  it("in files are given and taken back like all others", () => {
    const children = personalise(childSpec());
    for (const plain of [personalise(fullSpec()), children]) {
      const quirky = withQuirks(plain, { certificateFiller: true, availabilityClaimsSign: true });
      expect(quirky.applications[0]).not.toEqual(plain.applications[0]);
      expect(withQuirks(quirky, {})).toEqual(plain);
    }
  });

  it("newPasswordMustMix takes a mixture, and PINs of digits as ever", () => {
    const card = quirkyCard({ newPasswordMustMix: true });
    card.statuses(SELECT_JPKI, "0020009B08 50415353574F5244", "0020009804 31323334");
    expect(card.statuses("0024019B06 414243313233", "0024019B06 313233343536")).toEqual([
      "9000",
      "6A80",
    ]);
    expect(card.statuses("0024019804 35363738")).toEqual(["9000"]);
  });

  it("leave what was tried, and stay when the card is written anew", () => {
    const card = testCard(fullSpec());
    card.statuses(SELECT_TEXT, "0020009401 30", "0020009501 30");
    card.statuses(...Array<string>(6).fill("0020009501 30"));
    card.card.alter((image) => withQuirks(image, { codesHaveThreeTries: true }));
    card.card.alter((image) => rewriteFace(image, fullSpec()));
    card.card.powerOn();
    expect(card.statuses(SELECT_TEXT, "00200094", "00200095")).toEqual(["9000", "63C3", "63C3"]);
    const right = "002000940C 313233343536373839303138";
    expect(card.statuses(right, "0020009401 30", "0020009401 30")).toEqual([
      "9000",
      "63C2",
      "63C1",
    ]);

    card.card.alter((image) => withQuirks(image, {}));
    card.card.powerOn();
    expect(card.statuses(SELECT_TEXT, "00200094", "0020009401 30")).toEqual([
      "9000",
      "63C1",
      "63C0",
    ]);
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
