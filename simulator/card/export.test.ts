import { describe, expect, it } from "vitest";
import { toHex } from "../iso7816/index.ts";
import { diffCards, diffExports, exportCard } from "./export.ts";
import { personalise } from "./personalise.ts";
import { SELECT_JPKI, selectFile, testCard, verify } from "./testing/card.ts";
import { fullSpec, HOLDER, testKey } from "./testing/spec.ts";

describe("a card as text for people", () => {
  const text = exportCard(personalise(fullSpec({ quirks: { noExtendedLength: true } })));

  it("names every file with its kind, rights and counters", () => {
    const lines = text.split("\n");
    expect(lines).toContain("profile = card");
    expect(lines).toContain("quirk/noExtendedLength = true");
    expect(lines).toContain("jpki/aid = D392F000260100000001");
    expect(lines).toContain("jpki/0018/kind = pin");
    expect(lines).toContain("jpki/0018/triesLeft = 3");
    expect(lines).toContain("jpki/000A/bytes = 1583");
    expect(lines).toContain("jpki/000A/read = free");
    expect(lines).toContain("visual/001A/kind = key signature");
    expect(lines).toContain("jpki/0016/kind = public-key terminal-ca");
    expect(lines).toContain("common/0001/kind = record");
    expect(text).toMatch(/^jpki\/0018\/value = #[0-9a-f]{32}$/m);
    expect(text).toMatch(/^object\/00F0 = #[0-9a-f]{32}$/m);
  });

  it("tells no secret and no personal data", () => {
    const secrets = ["1234", "PASSWORD", "2345", HOLDER.name, HOLDER.address, HOLDER.myNumber];
    for (const secret of secrets.slice(3)) expect(text).not.toContain(secret);
    for (const secret of secrets) {
      expect(text).not.toContain(toHex(new TextEncoder().encode(secret)));
    }
    expect(text).not.toContain(toHex(testKey("auth").privateKey).slice(0, 64));
  });

  it("gives the same PIN another digest on another card", () => {
    const other = exportCard(personalise(fullSpec({ tokenSerial: "9999999999999999" })));
    const digest = (export_: string) => /^jpki\/0018\/value = (.*)$/m.exec(export_)?.[1];
    expect(digest(other)).not.toBe(digest(text));
  });
});

describe("the difference between two states of a card", () => {
  it("is empty when nothing lasting happened", () => {
    const card = testCard();
    const before = card.card.image;
    card.statuses(SELECT_JPKI, selectFile("0018"), verify("1234"), "00B08A0000");
    expect(diffCards(before, card.card.image)).toEqual([]);
  });

  it("names what changed", () => {
    const card = testCard();
    const before = card.card.image;
    card.statuses(SELECT_JPKI, selectFile("0018"), verify("0000"));
    expect(diffCards(before, card.card.image)).toEqual([
      { place: "jpki/0018/triesLeft", before: "3", after: "2" },
    ]);
    card.statuses(verify("1234"), "0024018004 35363738");
    expect(diffCards(before, card.card.image).map(({ place }) => place)).toEqual([
      "jpki/0018/value",
    ]);
  });

  it("is the same between two exported texts", () => {
    const card = testCard(fullSpec());
    const before = card.card.image;
    card.statuses(SELECT_JPKI, selectFile("0018"), verify("0000"));
    const after = { ...card.card.image, applications: card.card.image.applications.slice(0, 3) };

    const differences = diffExports(exportCard(before), exportCard(after));

    expect(differences.length).toBeGreaterThan(1);
    expect(differences).toEqual(diffCards(before, after));
  });

  it.each([
    ["profile = card\n{\n", "line 2"],
    ["profile: card", "line 1"],
  ])("names the line that is no fact: %j", (text, line) => {
    expect(() => diffExports("", text)).toThrow(
      expect.objectContaining({
        code: "CARD_IMAGE_INVALID",
        message: expect.stringContaining(line),
      }),
    );
  });

  it("names what came and went", () => {
    const full = personalise(fullSpec());
    const bare = { ...full, applications: full.applications.slice(0, 1) };
    const differences = diffCards(full, bare);
    expect(differences).toContainEqual({ place: "juki/locked", before: "false" });
    expect(diffCards(bare, full)).toContainEqual({ place: "juki/locked", after: "false" });
  });
});
