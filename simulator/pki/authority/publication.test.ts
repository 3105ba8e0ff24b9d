import { beforeEach, describe, expect, it } from "vitest";
import type { LabClock } from "../../clock.ts";
import { readCertificate } from "../certificate/certificate.ts";
import { readCrl, verifyCrl } from "../crl/crl.ts";
import { MINUTE, REQUEST, testService } from "../testing/world.ts";
import type { CertificateAuthority } from "./authority.ts";
import type { Publication } from "./publication.ts";

let clock: LabClock;
let publication: Publication;
let authority: CertificateAuthority;
let serial: number;

// Every test begins on 2026-08-07 at 10:00 in Japan, on the very moment of a refresh.
beforeEach(async () => {
  const world = await testService();
  clock = world.clock;
  publication = world.jpki.auth;
  authority = publication.authority;
  ({ serial } = await authority.issue(REQUEST));
});

const inOcsp = () => publication.ocspData().revoked.get(serial)?.reason;
const inList = async () => readCrl(await publication.crl()).find(BigInt(serial))?.reason;

describe("PK-07: who sees a revocation of 10:00, and when", () => {
  it("is nobody at 10:05, OCSP at 10:16, the list on the next day", async () => {
    authority.revoke(serial, "affiliationChanged");

    clock.travelTo(new Date("2026-08-07T10:05:00+09:00"));
    expect([inOcsp(), await inList()]).toEqual([undefined, undefined]);

    clock.travelTo(new Date("2026-08-07T10:16:00+09:00"));
    expect([inOcsp(), await inList()]).toEqual(["affiliationChanged", undefined]);

    clock.travelTo(new Date("2026-08-07T23:59:59+09:00"));
    expect(await inList()).toBeUndefined();

    clock.travelTo(new Date("2026-08-08T00:10:00+09:00"));
    expect([inOcsp(), await inList()]).toEqual(["affiliationChanged", "affiliationChanged"]);
  });

  it("is nobody by the list while lists are swapped, until ten minutes past midnight (PK-09)", async () => {
    authority.revoke(serial, "affiliationChanged");
    const list = async () => {
      const { thisUpdate, number } = readCrl(await publication.crl());
      return { thisUpdate: thisUpdate.toISOString(), number, reason: await inList() };
    };
    const before = await list();
    expect(before.thisUpdate).toBe("2026-08-06T15:00:00.000Z");

    for (const time of ["00:00:00", "00:09:59"]) {
      clock.travelTo(new Date(`2026-08-08T${time}+09:00`));
      expect(await list()).toEqual(before);
    }
    clock.travelTo(new Date("2026-08-08T00:10:00+09:00"));
    expect(await list()).toEqual({
      thisUpdate: "2026-08-07T15:00:00.000Z",
      number: before.number + 1n,
      reason: "affiliationChanged",
    });
  });

  it("says of when its answers are", async () => {
    clock.travelTo(new Date("2026-08-07T10:16:00+09:00"));

    expect(publication.ocspData()).toMatchObject({
      thisUpdate: new Date("2026-08-07T10:15:00+09:00"),
      nextUpdate: new Date("2026-08-07T10:45:00+09:00"),
    });
    expect(readCrl(await publication.crl())).toMatchObject({
      thisUpdate: new Date("2026-08-07T00:00:00+09:00"),
      nextUpdate: new Date("2026-08-10T00:00:00+09:00"),
    });
  });

  it("shows a hold as a hold until the refresh after it became final", () => {
    authority.revoke(serial, "certificateHold");
    clock.advance(16 * MINUTE);
    authority.revoke(serial, "cessationOfOperation");

    expect(inOcsp()).toBe("certificateHold");
    clock.advance(15 * MINUTE);
    expect(inOcsp()).toBe("cessationOfOperation");
  });
});

describe("publishing out of turn", () => {
  it("shows everything up to this moment, and nothing that comes at the same moment after it", async () => {
    const later = await authority.issue(REQUEST);
    authority.revoke(serial, "superseded");

    publication.publishNow();
    authority.revoke(later.serial, "superseded");

    expect([inOcsp(), await inList()]).toEqual(["superseded", "superseded"]);
    expect(publication.ocspData().revoked.has(later.serial)).toBe(false);
    expect(publication.ocspData().thisUpdate).toEqual(clock.now());
  });

  it("is undone by travelling to before it", async () => {
    authority.revoke(serial, "superseded");
    publication.publishNow();

    clock.advance(-1);

    expect([inOcsp(), await inList()]).toEqual([undefined, undefined]);
  });
});

describe("the number of a list", () => {
  it("grows with every list, scheduled or not, and stays while the list does", async () => {
    const numbers: bigint[] = [];
    const note = async () => numbers.push(readCrl(await publication.crl()).number);

    await note();
    clock.advance(60 * MINUTE);
    await note();
    publication.publishNow();
    await note();
    publication.publishNow();
    await note();
    clock.advance(24 * 60 * MINUTE);
    await note();

    const first = numbers[0] ?? 0n;
    expect(numbers).toEqual([first, first, first + 1n, first + 2n, first + 3n]);
  });
});

describe("a list", () => {
  it("is signed by the CA and made once as long as nothing changes", async () => {
    const first = await publication.crl();

    expect(verifyCrl(readCrl(first), authority.certificate.publicKey)).toBe(true);
    expect(await publication.crl()).toBe(first);
  });
});

describe("the list of one municipality", () => {
  it("has the revocations of that place only and says critically whose it is", async () => {
    const municipality = { code: "28100", prefecture: "Hyogo-ken", municipality: "Kobe-shi" };
    const inKobe = await authority.issue({ ...REQUEST, municipality });
    authority.revoke(serial, "superseded");
    authority.revoke(inKobe.serial, "superseded");
    publication.publishNow();

    const kobe = readCrl(await publication.crl("28100"));
    const chiyoda = readCrl(await publication.crl("13101"));

    expect([kobe.size, chiyoda.size, readCrl(await publication.crl()).size]).toEqual([1, 1, 2]);
    expect(kobe.find(BigInt(inKobe.serial))?.reason).toBe("superseded");
    const { distributionPoints } = readCertificate(inKobe.certificate);
    expect(kobe.scope).toEqual({
      distributionPoints,
      only: undefined,
      indirect: false,
      someReasons: false,
    });
    expect(kobe.number).toBe(chiyoda.number);
    expect(() => publication.list("99999")).toThrow(
      expect.objectContaining({ code: "PKI_INVALID" }),
    );
  });
});

describe("padding", () => {
  it("makes the list as long as wanted, in the order of the numbers, without touching OCSP", async () => {
    authority.revoke(serial, "superseded");
    publication.publishNow();

    publication.padding = 500;

    const list = readCrl(await publication.crl());
    expect(list.size).toBe(501);
    expect(list.find(BigInt(serial))?.reason).toBe("superseded");
    expect(publication.ocspData().revoked.size).toBe(1);
    publication.padding = -1;
    await expect(publication.crl()).rejects.toMatchObject({ code: "PKI_INVALID" });
  });
});
