import { describe, expect, it } from "vitest";
import { equal, toHex } from "../iso7816/index.ts";
import type { CardImage } from "./image.ts";
import { personalise } from "./personalise.ts";
import { presign } from "./presign.ts";
import { fullSpec, testSpec } from "./testing/spec.ts";

function contents({ applications }: CardImage): string {
  return applications
    .flatMap(({ files }) => files)
    .map((file) => (file.kind === "transparent" ? toHex(file.content) : ""))
    .join(" ");
}

describe("signing ahead of personalisation", () => {
  it("makes what the card will carry, and leaves the card as it would be", async () => {
    const spec = fullSpec();
    const plain = personalise(spec);

    const signatures = await presign(spec);
    const card = personalise(spec);

    expect(card).toEqual(plain);
    // EF 0003 and 0007 of the text application, EF 0001 and 0005 of the visual one.
    expect(signatures).toHaveLength(4);
    expect(
      signatures.every((one, i) => !signatures.slice(0, i).some((two) => equal(one, two))),
    ).toBe(true);
    for (const signature of signatures) expect(contents(card)).toContain(toHex(signature));
  });

  it("has nothing to do for a telephone, or without the keys of the issuer", async () => {
    const { issuer: _issuer, ...without } = fullSpec();
    expect(await presign(fullSpec({ profile: "android" }))).toEqual([]);
    expect(await presign(without)).toEqual([]);
  });

  it("refuses what personalisation refuses", async () => {
    await expect(presign(testSpec({ expiry: "soon" }))).rejects.toThrow(
      expect.objectContaining({ code: "CARD_IMAGE_INVALID" }),
    );
  });
});
