import Fastify from "fastify";
import { describe, expect, it } from "vitest";
import type { Publication } from "../authority/publication.ts";
import { readCertificate } from "../certificate/certificate.ts";
import { buildOcspRequest, certIdOf } from "../ocsp/request.ts";
import { verifyOcspResponse } from "../ocsp/verify.ts";
import { MINUTE, REQUEST, testService, testWorld } from "../testing/world.ts";
import { CrlSource } from "../validation/crl-source.ts";
import { ocspSource } from "../validation/ocsp-source.ts";
import { StatusUnavailable } from "../validation/unavailable.ts";
import { carrierOf, kindOf, validateCertificate } from "../validation/validate.ts";
import { JpkiService } from "./service.ts";

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

  it("is refused when a CA is missing, or a version is unknown", async () => {
    const { jpki, ...world } = await testService();
    const { publications, ...rest } = jpki.state;

    for (const damaged of [
      { ...rest, publications: publications.slice(1) },
      { ...rest, publications: [...publications, {}] },
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

describe("generations", () => {
  it("share one name and have keys of their own (PK-29)", async () => {
    const { jpki } = await testService({ generations: 3 });
    const cas = jpki.generations("auth").map(({ authority }) => authority.certificate);

    expect(cas.map(({ notBefore }) => notBefore.getUTCFullYear())).toEqual([2015, 2019, 2023]);
    expect(new Set(cas.map(({ subject }) => Buffer.from(subject).toString("hex"))).size).toBe(1);
    expect(new Set(cas.map(({ publicKey }) => Buffer.from(publicKey).toString("hex"))).size).toBe(
      3,
    );
    expect(jpki.auth).toBe(jpki.generations("auth")[2]);
    // The very first certificates were number 1, of either CA; all others have four bytes.
    const serials = [...cas, ...jpki.generations("sign").map((one) => one.authority.certificate)]
      .map(({ serial }) => serial)
      .sort();
    expect(serials.filter((serial) => serial === 1n)).toHaveLength(2);
    expect(serials.filter((serial) => serial >= 0x01000000n && serial <= 0x7fffffffn)).toHaveLength(
      4,
    );
    expect(jpki.anchors).toHaveLength(6);
  });

  it("are told apart by the responder by the hash of their key, for their name is the same", async () => {
    const { jpki, clock } = await testService({ generations: 2 });
    const [older, newer] = jpki.generations("auth");
    if (older === undefined || newer === undefined) expect.fail("two generations");
    const at = new Date("2022-06-01T00:00:00Z");
    const { serial } = await older.authority.issue({ ...REQUEST, at });
    const ask = (ca: Publication) => {
      const id = certIdOf(BigInt(serial), ca.authority.certificate, "sha256");
      const expectation = { id, issuer: ca.authority.certificate, clock };
      return jpki
        .respond(buildOcspRequest([id]))
        .then((der) => verifyOcspResponse(der, expectation));
    };

    expect(await ask(older)).toMatchObject({ status: "good" });
    expect(await ask(newer)).toMatchObject({ status: "unknown" });
  });

  it("roll over: the new one issues, the old one goes on answering (XS-02)", async () => {
    const { jpki, clock, random } = await testService();
    const before = jpki.auth;
    const old = await before.authority.issue(REQUEST);

    await jpki.found("auth");

    expect(jpki.auth).not.toBe(before);
    const fresh = await jpki.auth.authority.issue(REQUEST);
    expect(jpki.authorityOf(old.serial)).toBe(before.authority);
    expect(jpki.authorityOf(fresh.serial)).toBe(jpki.auth.authority);
    const server = Fastify({ forceCloseConnections: true });
    await server.register(jpki.routes);
    const url = await server.listen({ port: 0, host: "127.0.0.1" });
    const ocsp = ocspSource({ url: `${url}/ocsp`, anchors: jpki.anchors, clock, random });
    const list = (path: string, { authority }: Publication) =>
      new CrlSource({ anchor: authority.certificate.der, clock, url: `${url}/crl/${path}` });
    const lists = [
      list("auth-1.crl", before),
      list("auth.crl", jpki.auth),
      list("auth-2.crl", jpki.auth),
    ];
    for (const { certificate } of [old, fresh]) {
      expect(await ocsp.check(certificate)).toMatchObject({ status: "good" });
    }
    expect(await lists[0]?.check(old.certificate)).toMatchObject({ status: "good" });
    expect(await lists[1]?.check(fresh.certificate)).toMatchObject({ status: "good" });
    await expect(lists[0]?.check(fresh.certificate)).rejects.toMatchObject({
      problem: "otherList",
    });
    expect(await lists[2]?.check(fresh.certificate)).toMatchObject({ status: "good" });
    expect((await fetch(`${url}/crl/auth-3.crl`)).status).toBe(404);
    expect((await fetch(`${url}/crl/auth`)).status).toBe(404);
    await server.close();
  });

  it("are all saved, smartphone CAs included", async () => {
    const { jpki, ...world } = await testService({ generations: 2 });
    await jpki.ensure("sign", "smartphone");
    const saved = JSON.parse(JSON.stringify(jpki.state));

    const opened = JpkiService.restore(saved, world);

    expect(opened.state).toEqual(jpki.state);
    expect(opened.generations("auth")).toHaveLength(2);
    expect(opened.generations("sign", "smartphone")).toHaveLength(1);
  });
});

describe("smartphones", () => {
  it("have CAs, policies and a responder of their own (PK-26)", async () => {
    const { jpki, clock } = await testService();
    expect(() => jpki.current("auth", "smartphone")).toThrow(
      expect.objectContaining({ code: "PKI_INVALID" }),
    );
    const { authority } = await jpki.ensure("auth", "smartphone");
    expect((await jpki.ensure("auth", "smartphone")).authority).toBe(authority);

    const { serial, certificate } = await authority.issue(REQUEST);

    expect(kindOf(certificate)).toBe("auth");
    expect(carrierOf(certificate)).toBe("smartphone");
    expect(readCertificate(certificate)).toMatchObject({
      policies: ["1.2.392.200149.8.5.1.0.50"],
      ocspUrl: "http://127.0.0.1:1/ocsp-smartphone",
    });
    const id = certIdOf(BigInt(serial), authority.certificate, "sha1");
    const request = buildOcspRequest([id]);
    const expectation = { id, issuer: authority.certificate, clock };
    expect(
      verifyOcspResponse(await jpki.respondForSmartphones(request), expectation),
    ).toMatchObject({
      status: "good",
    });
    const wrongDoor = await jpki.respond(request);
    expect(() => verifyOcspResponse(wrongDoor, expectation)).toThrow(
      expect.objectContaining({ problem: "unauthorized" }),
    );
  });
});

describe("the rehearsal service", () => {
  it("is another service than the test one: names, policies and verdicts differ (PK-28)", async () => {
    const { jpki: test, ...world } = await testService();
    const keys = world.pool.source(20);
    const rehearsal = await JpkiService.create({ ...world, keys, environment: "rehearsal" });
    const ofTest = await test.auth.authority.issue(REQUEST);
    const ofRehearsal = await rehearsal.auth.authority.issue(REQUEST);
    const source = { check: () => Promise.reject(new StatusUnavailable("timeout", "not asked")) };
    const verdict = async (certificate: Uint8Array, environment: "test" | "rehearsal") => {
      const { anchors } = environment === "test" ? test : rehearsal;
      const options = { anchors, clock: world.clock, source, environment };
      return (await validateCertificate(certificate, options)).verdict;
    };

    expect(await verdict(ofTest.certificate, "test")).toBe("unchecked");
    expect(await verdict(ofRehearsal.certificate, "rehearsal")).toBe("unchecked");
    expect(await verdict(ofTest.certificate, "rehearsal")).toBe("wrongEnvironment");
    expect(await verdict(ofRehearsal.certificate, "test")).toBe("wrongEnvironment");
  });

  it("is saved as what it is", async () => {
    const { jpki, ...world } = await (async () => {
      const base = testWorld();
      const rehearsal = { ...base, environment: "rehearsal" } as const;
      return { ...rehearsal, jpki: await JpkiService.create(rehearsal) };
    })();
    const { certificate } = await JpkiService.restore(jpki.state, world).auth.authority.issue(
      REQUEST,
    );
    expect(readCertificate(certificate).policies).toEqual(["1.3.6.1.4.1.32473.8.5.1.3.30"]);
  });
});
