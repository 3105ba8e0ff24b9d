import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PlatformError } from "../../platform/platform-error.ts";
import { found } from "../testing/found.ts";
import { answerProperty, type Listener } from "./answers.ts";
import { certificateProperty } from "./certificates.ts";
import { requestProperty } from "./requests.ts";
import { openWorld, type PlatformWorld } from "./world.ts";

let world: PlatformWorld;
beforeAll(async () => {
  world = await openWorld("test");
});
afterAll(() => world.close());

describe("fuzzing the platforms", () => {
  it("asks about certificates that are valid as they are", async () => {
    for (const ask of Object.values(world.asks)) {
      for (const certificate of world.certificates) {
        expect((await ask(certificate)).result).toBe("valid");
      }
    }
  });

  it("finds nothing wrong with ours", async () => {
    const { asks, certificates, doors, listeners } = world;
    const properties = [
      requestProperty(doors),
      certificateProperty(asks, certificates),
      answerProperty(listeners),
    ];
    expect(await found(properties, 50)).toEqual({});
  });

  it("finds a platform that takes a damaged certificate for valid", async () => {
    const [whole = new Uint8Array()] = world.certificates;
    // Looks at everything but the last byte of the signature.
    const careless = async (certificate: Uint8Array) => {
      const same = Buffer.from(certificate.subarray(0, -1)).equals(whole.subarray(0, -1));
      return { result: same || certificate.length === 0 ? "valid" : "invalid" };
    };
    const failures = await found([certificateProperty({ careless }, [whole])], 1000);
    expect(failures.certificates).toBe("careless answered valid");
  });

  it("finds a platform that stumbles over a certificate, and lets it refuse one", async () => {
    const [whole = new Uint8Array()] = world.certificates;
    const failing = (code: "PLATFORM_PROTOCOL" | "PLATFORM_REFUSED") => () =>
      Promise.reject(new PlatformError(code, "as told"));
    const stumbling = certificateProperty({ stumbling: failing("PLATFORM_PROTOCOL") }, [whole]);
    const refusing = certificateProperty({ refusing: failing("PLATFORM_REFUSED") }, [whole]);
    expect((await found([stumbling])).certificates).toMatch(/^stumbling answered ! PlatformError/);
    expect(await found([refusing], 50)).toEqual({});
  });

  it("finds a server error, wherever it hides", async () => {
    const server = createServer((request, response) => {
      request.resume();
      response.statusCode = request.url?.endsWith("/hidden/") ? 500 : 404;
      response.end();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const door = { origin, paths: ["/hidden", "/open"], headers: {}, fields: ["a"] };
    const failures = await found([requestProperty({ door })]);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(failures.requests).toBe("answered 500");
  });
});

describe("fuzzing those who listen to platforms", () => {
  it("begins with answers that are understood", async () => {
    for (const { put, genuine, ask } of Object.values(world.listeners)) {
      put({ status: 200, type: "application/json", body: genuine });
      expect((await ask(Uint8Array.of(0x30, 0x00))).result).toBe("valid");
    }
  });

  it("finds a client that looks at the word alone, and one that falls over", async () => {
    let body = "";
    let status = 0;
    const base = {
      genuine: '{"result":"VALID","evidence":{}}',
      put: (answer: { readonly body: string; readonly status: number }) => {
        ({ body, status } = answer);
      },
    };
    const gullible: Listener = {
      ...base,
      ask: async () => ({ result: body.includes("VALID") ? "valid" : "unknown", evidence: status }),
    };
    const fragile: Listener = { ...base, ask: async () => JSON.parse(body) as { result: string } };
    expect((await found([answerProperty({ gullible })])).answers).toMatch(
      /^valid, by an answer with/,
    );
    expect((await found([answerProperty({ fragile })])).answers).toMatch(
      /^failed with SyntaxError/,
    );
  });
});
