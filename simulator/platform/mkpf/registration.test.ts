import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { LabClock } from "../../clock.ts";
import { Random } from "../../random.ts";
import { NOON, ScriptedChecker, ScriptedDirectory } from "../testing/world.ts";
import { createMkpf, type MkpfOptions } from "./index.ts";
import type { SystemRegistration } from "./state.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const publicJwk = publicKey.export({ format: "jwk" });

const mkpf = (options: Partial<MkpfOptions> = {}) =>
  createMkpf({
    environment: "verification",
    issuer: () => "http://127.0.0.1:1",
    clock: LabClock.stopped(NOON),
    random: new Random("registration"),
    checker: new ScriptedChecker(),
    people: new ScriptedDirectory(),
    ...options,
  });

const library: SystemRegistration = { name: "図書館", type: "mkpf-2", publicJwk };

describe("registering a municipal system with MKPF", () => {
  it("issues a client id that names its environment, and keeps the PPID secret", () => {
    const registered = mkpf().registerSystem(library);
    expect(registered.clientId).toMatch(/^MKPF-V-\d{8}$/);
    expect(registered).not.toHaveProperty("ppidSecret");
    const other = mkpf({ environment: "production" }).registerSystem(library);
    expect(other.clientId).toMatch(/^MKPF-P-\d{8}$/);
  });

  const counter = { ...library, type: "mkpf-1" as const };
  const misfits: Record<string, SystemRegistration> = {
    "a private key": { ...library, publicJwk: privateKey.export({ format: "jwk" }) },
    "a symmetric key": { ...library, publicJwk: { kty: "oct", k: "c2VjcmV0" } },
    "no name": { ...library, name: "" },
    "a counter without an address for answers": counter,
    "a counter with answers to two domains": {
      ...counter,
      redirectUris: ["https://a.example/cb", "https://b.example/cb"],
    },
  };
  for (const [what, registration] of Object.entries(misfits)) {
    it(`refuses ${what}`, () => {
      expect(() => mkpf().registerSystem(registration)).toThrowError(
        expect.objectContaining({ code: "PLATFORM_REGISTRATION_INVALID" }),
      );
    });
  }
});

describe("MKPF state", () => {
  it("of another environment, or of another shape, is refused", () => {
    const verification = mkpf();
    verification.registerSystem(library);
    const state = verification.state();
    expect(mkpf({ state }).state()).toEqual(state);
    const wrong = expect.objectContaining({ code: "STATE_INVALID" });
    expect(() => mkpf({ environment: "production", state })).toThrowError(wrong);
    const damaged = { ...state, systems: [{ ...state.systems[0], ppidSecret: "short" }] };
    expect(() => mkpf({ state: damaged as typeof state })).toThrowError(wrong);
  });
});
