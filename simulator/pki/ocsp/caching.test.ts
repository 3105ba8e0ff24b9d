// OCSP over HTTP as caches see it, asked of a responder behind a socket.
import { createHash } from "node:crypto";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JpkiService } from "../service/service.ts";
import { REQUEST, type TestWorld, testService } from "../testing/world.ts";
import { buildOcspRequest, certIdOf } from "./request.ts";

let world: TestWorld;
let jpki: JpkiService;
let server: FastifyInstance;
let url: string;
let serial: number;

beforeAll(async () => {
  ({ jpki, ...world } = await testService());
  ({ serial } = await jpki.auth.authority.issue(REQUEST));
  server = Fastify({ forceCloseConnections: true });
  await server.register(jpki.routes);
  url = await server.listen({ port: 0, host: "127.0.0.1" });
});

afterAll(() => server.close());

beforeEach(() => {
  jpki.access = "open";
  jpki.signing = "live";
  world.clock.travelTo(new Date("2026-08-07T10:07:00+09:00"));
});

describe("what caches may keep (RFC 9919)", () => {
  const question = (nonce?: Uint8Array) =>
    buildOcspRequest([certIdOf(BigInt(serial), jpki.auth.authority.certificate, "sha256")], nonce);
  const byGet = (request: Uint8Array, headers: Record<string, string> = {}) => {
    const path = encodeURIComponent(Buffer.from(request).toString("base64"));
    return fetch(`${url}/ocsp/${path}`, { headers });
  };
  const byPost = (request: Uint8Array) =>
    fetch(`${url}/ocsp`, {
      method: "POST",
      headers: { "content-type": "application/ocsp-request" },
      body: new Uint8Array(request),
    });
  const cacheControl = (response: Response) => response.headers.get("cache-control");

  it.each(["live", "preSigned"] as const)("is an answer to GET, signed %s", async (signing) => {
    jpki.signing = signing;

    const response = await byGet(question());
    const body = Buffer.from(await response.arrayBuffer());

    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "application/ocsp-response",
      date: "Fri, 07 Aug 2026 01:07:00 GMT",
      "last-modified": "Fri, 07 Aug 2026 01:00:00 GMT",
      expires: "Fri, 07 Aug 2026 01:30:00 GMT",
      etag: `"${createHash("sha256").update(body).digest("hex").toUpperCase()}"`,
      // 23 minutes are left; max-age has to end before nextUpdate.
      "cache-control": "max-age=1379, public, no-transform, must-revalidate",
    });
  });

  it("is asked for again by its name, and sent only when it has changed", async () => {
    jpki.signing = "preSigned";
    const etag = (await byGet(question())).headers.get("etag") ?? "";

    const same = await byGet(question(), { "if-none-match": etag });
    expect([same.status, await same.text(), same.headers.get("etag")]).toEqual([304, "", etag]);

    world.clock.travelTo(new Date("2026-08-07T10:15:00+09:00"));
    expect((await byGet(question(), { "if-none-match": etag })).status).toBe(200);
  });

  it("is no answer with a nonce, and none to POST; neither says that it must not be kept", async () => {
    for (const response of [await byGet(question(new Uint8Array(32))), await byPost(question())]) {
      expect(cacheControl(response)).toBeNull();
      expect(response.headers.get("etag")).toBeNull();
    }
  });

  it("is no refusal", async () => {
    const stranger = jpki.auth.authority.responder.certificate;
    const refused = buildOcspRequest([certIdOf(1n, stranger, "sha256")]);
    expect(cacheControl(await byGet(refused))).toBe("no-cache");
    expect(cacheControl(await byPost(refused))).toBe("no-cache");
  });

  it("is for nobody else where the asker had to show who they are", async () => {
    jpki.access = "registered";
    const { token } = jpki.verifiers.register("検証者", ["auth"]);
    const response = await byGet(question(), { authorization: `Bearer ${token}` });
    expect(cacheControl(response)).toBe("max-age=1379, private, no-transform, must-revalidate");
    expect(cacheControl(await byGet(question()))).toBe("no-cache");
  });
});
