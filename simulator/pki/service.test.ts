import { describe, expect, it } from "vitest";
import { buildOcspRequest, certIdOf } from "./ocsp-request.ts";
import { JpkiService } from "./service.ts";
import { MINUTE, REQUEST, testService } from "./testing/world.ts";

describe("a saved service", () => {
  it("opens again with the same certificates, answers, lists and serial numbers", async () => {
    const { jpki, ...world } = await testService();
    const issued = await jpki.auth.authority.issue(REQUEST);
    jpki.auth.authority.revoke(issued.serial, "certificateHold");
    world.clock.advance(MINUTE);
    jpki.publishNow();
    const request = buildOcspRequest([
      certIdOf(BigInt(issued.serial), jpki.auth.authority.certificate, "sha1"),
    ]);

    const opened = JpkiService.restore(JSON.parse(JSON.stringify(jpki.state)), world);

    expect(opened.state).toEqual(jpki.state);
    expect(opened.anchors).toEqual(jpki.anchors);
    expect(await opened.respond(request)).toEqual(await jpki.respond(request));
    expect(await opened.auth.crl()).toEqual(await jpki.auth.crl());
    expect((await opened.sign.authority.issue(REQUEST)).serial).toBe(issued.serial + 1);
  });

  it("is refused when the CAs are in each other's place, or a version is unknown", async () => {
    const { jpki, ...world } = await testService();
    const { auth, sign, ...rest } = jpki.state;

    for (const damaged of [
      { ...rest, auth: sign, sign: auth },
      { ...jpki.state, version: 2 },
      null,
    ]) {
      expect(() => JpkiService.restore(damaged, world)).toThrow(
        expect.objectContaining({ code: "STATE_INVALID" }),
      );
    }
  });
});

describe("founding", () => {
  it("gives CAs a past of three years, so that certificates from then can be had", async () => {
    const { jpki } = await testService();
    for (const { authority } of [jpki.auth, jpki.sign]) {
      expect(authority.certificate.notBefore.toISOString()).toBe("2023-08-07T01:00:00.000Z");
    }
  });
});
