import { beforeAll, describe, expect, it } from "vitest";
import { fromHex, parseTlv, parseTlvs, toHex } from "../../iso7816/index.ts";
import { REASON_CODE } from "../authority/revocation.ts";
import { sequence } from "../der/asn1.ts";
import { type SigningKey, signingKey } from "../keys/keys.ts";
import type { RevocationReason } from "../status.ts";
import { testWorld } from "../testing/world.ts";
import { makeCrl, readCrl, verifyCrl } from "./crl.ts";
import type { ListHead } from "./writer.ts";

let key: SigningKey;
let other: SigningKey;
beforeAll(async () => {
  const { keys } = testWorld();
  [key, other] = [signingKey(await keys.next()), signingKey(await keys.next())];
});

const FIELDS: ListHead = {
  // An empty name: what the issuer is called does not matter here.
  issuer: sequence(),
  number: 300,
  thisUpdate: new Date("2026-08-06T15:00:00Z"),
  nextUpdate: new Date("2026-08-09T15:00:00Z"),
};

function toBeSigned(der: Uint8Array): string {
  return toHex(parseTlvs(parseTlv(der).value)[0]?.value ?? fromHex(""));
}

/** `YYMMDDhhmmssZ` as UTCTime. */
const utcTime = (text: string) => `170D${toHex(new TextEncoder().encode(text))}`;

describe("a revocation list", () => {
  it("has the bytes RFC 5280 section 5.1 prescribes", async () => {
    const der = makeCrl(
      FIELDS,
      [
        {
          serial: 0x067c6a21,
          revokedAt: new Date("2026-08-06T01:00:00Z"),
          reason: "affiliationChanged",
        },
        {
          serial: 0x01000000,
          revokedAt: new Date("2026-08-06T02:03:04Z"),
          reason: "unspecified",
        },
      ],
      key,
    );

    const version = "020101";
    const algorithm = "300D06092A864886F70D01010B0500";
    const reason3 = "300C300A0603551D1504030A0103";
    const first = `0204067C6A21${utcTime("260806010000Z")}${reason3}`;
    const second = `020401000000${utcTime("260806020304Z")}`;
    // 37 bytes with a reason, 23 without.
    const entries = `303C3023${first}3015${second}`;
    const aki = `301F0603551D23041830168014${toHex(key.keyIdentifier)}`;
    const number = "300B0603551D1404040202012C";
    const extensions = `A030302E${aki}${number}`;
    expect(toBeSigned(der)).toBe(
      `${version}${algorithm}3000${utcTime("260806150000Z")}${utcTime("260809150000Z")}${entries}${extensions}`,
    );
  });

  it("has no sequence of entries when there are none", async () => {
    const der = makeCrl(FIELDS, [], key);

    // The extensions follow nextUpdate at once.
    expect(toBeSigned(der)).toContain(`${utcTime("260809150000Z")}A0`);
    expect(readCrl(der).size).toBe(0);
  });

  it("gives back what was written, every reason included", async () => {
    const reasons = Object.keys(REASON_CODE) as RevocationReason[];
    const revokedAt = new Date("2026-08-01T00:00:00Z");
    const entries = reasons.map((reason, i) => ({ serial: 0x10000000 + i, revokedAt, reason }));

    const list = readCrl(makeCrl(FIELDS, entries, key));

    expect(list).toMatchObject({
      number: 300n,
      thisUpdate: FIELDS.thisUpdate,
      nextUpdate: FIELDS.nextUpdate,
      size: 7,
      authorityKeyIdentifier: key.keyIdentifier,
    });
    for (const { serial, reason } of entries) {
      expect(list.find(BigInt(serial))).toEqual({ reason, revokedAt });
    }
    expect(list.find(1n)).toBeUndefined();
  });

  it("is believed only with the right signature", async () => {
    const der = makeCrl(FIELDS, [], key);
    const forged = Uint8Array.from(der);
    forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1;

    expect(verifyCrl(readCrl(der), key.publicKey)).toBe(true);
    expect(verifyCrl(readCrl(der), other.publicKey)).toBe(false);
    expect(verifyCrl(readCrl(forged), key.publicKey)).toBe(false);
  });

  it.each([
    ["nothing", () => new Uint8Array(0)],
    ["something else", () => fromHex("3003020101")],
    ["a list cut off", (der: Uint8Array) => der.subarray(0, der.length - 1)],
    ["a list with bytes after it", (der: Uint8Array) => Uint8Array.of(...der, 0)],
  ])("is not made of %s", async (_what, damage) => {
    const der = damage(makeCrl(FIELDS, [], key));
    expect(() => readCrl(der)).toThrow(expect.objectContaining({ code: "PKI_INVALID" }));
  });
});
