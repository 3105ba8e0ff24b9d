/** The OpenAPI document of the control API: valid, complete, and true of every answer. */

import { generateKeyPairSync } from "node:crypto";
import { Validator } from "@seriousme/openapi-schema-validator";
import fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ControlDocument, documentOf } from "../testing/checked-fetch.ts";
import { type Controlled, openControlled } from "../testing/controlled.ts";
import type { LabClient } from "./client.ts";
import { OPERATION_IDS, type OperationId } from "./operations.ts";
import { controlRoutes } from "./routes.ts";

let controlled: Controlled;
let document: ControlDocument;

beforeAll(async () => {
  controlled = await openControlled();
  document = await documentOf(controlled.lab.addresses.console);
});

afterAll(() => controlled?.lab.close());

const described = () =>
  Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => ({ path, method, operation })),
  );

/** The validator rewrites what it is given. */
const object = (value: object): Record<string, unknown> => structuredClone({ ...value });

describe("the document", () => {
  it("is one of OpenAPI 3.1, by the specification's own schema", async () => {
    const result = await new Validator().validate(object(document));
    expect(result).toEqual({ valid: true });
    expect(document.openapi).toBe("3.1.0");
  });

  it("is refused by that schema when it is damaged", async () => {
    const damaged = { ...object(document), info: {} };
    expect((await new Validator().validate(damaged)).valid).toBe(false);
  });

  it("has every route there is, and none that is not", async () => {
    const routes: string[] = [];
    const app = fastify({ exposeHeadRoutes: false });
    app.addHook("onRoute", ({ method, url }) => {
      if (url !== "/control/openapi.json") routes.push(`${method} ${url}`);
    });
    await app.register(controlRoutes(() => controlled.lab));
    await app.close();
    const told = described().map(
      ({ path, method }) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ":$1")}`,
    );
    expect(told.toSorted()).toEqual(routes.toSorted());
  });

  it("names every operation once, in both languages, with what a refusal is", () => {
    const ids = described().map(({ operation }) => operation.operationId);
    expect(ids.toSorted()).toEqual([...OPERATION_IDS].toSorted());
    for (const { operation } of described()) {
      expect(operation).toMatchObject({
        summary: expect.stringMatching(/^.*[ぁ-ん一-龠].* \/ .*[a-z]+/),
        responses: {
          default: {
            content: {
              "application/json": { schema: { $ref: "#/components/schemas/Refusal" } },
            },
          },
        },
      });
    }
  });
});

const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const publicJwk = publicKey.export({ format: "jwk" }) as { kty: string };
const redirectUris = ["https://library.example/callback"];
const MKPF = { environment: "verification", name: "試験市 図書館", publicJwk } as const;
const CARD = "R0001-1";

/** One way to ask for each operation that works, given that those before were asked. */
const ASKED: { readonly [Id in OperationId]: (lab: LabClient) => Promise<unknown> } = {
  getWorld: (lab) => lab("getWorld"),
  listPersonas: (lab) => lab("listPersonas"),
  listMunicipalities: (lab) => lab("listMunicipalities"),
  getClock: (lab) => lab("getClock"),
  setClock: (lab) => lab("setClock", { now: "2031-04-01T00:00:00Z", running: false }),
  moveClock: (lab) => lab("moveClock", { days: 1 }),
  newResident: (lab) => lab("newResident"),
  listResidents: (lab) => lab("listResidents"),
  getResident: (lab) => lab("getResident", { id: "R0001" }),
  lifeEvent: (lab) => lab("lifeEvent", { id: "R0001", event: "move" }),
  getHistory: (lab) => lab("getHistory", { id: "R0001" }),
  listLifeEvents: (lab) => lab("listLifeEvents"),
  listSecrets: (lab) => lab("listSecrets"),
  listCards: (lab) => lab("listCards"),
  getCard: (lab) => lab("getCard", { id: CARD }),
  unblockPin: (lab) => lab("unblockPin", { id: CARD, pin: "auth" }),
  setTriesLeft: (lab) => lab("setTriesLeft", { id: CARD, pin: "sign", left: 1 }),
  setQuirks: (lab) => lab("setQuirks", { id: CARD, quirks: ["noExtendedLength"] }),
  setAnswerToReset: (lab) => lab("setAnswerToReset", { id: CARD, atr: "contact-plain" }),
  listQuirks: (lab) => lab("listQuirks"),
  exportCard: (lab) => lab("exportCard", { id: CARD }),
  getCardImage: (lab) => lab("getCardImage", { id: CARD }),
  importCard: async (lab) => lab("importCard", { image: await lab("getCardImage", { id: CARD }) }),
  listReaders: (lab) => lab("listReaders"),
  addVpcdReader: (lab) => lab("addVpcdReader", { name: "vpcd" }),
  removeReader: (lab) => lab("removeReader", { name: "vpcd" }),
  insertCard: (lab) => lab("insertCard", { name: "counter", card: CARD }),
  transmit: (lab) => lab("transmit", { name: "counter", commands: ["0084000008"] }),
  removeCard: (lab) => lab("removeCard", { name: "counter" }),
  listCertificates: (lab) => lab("listCertificates"),
  getCertificate: async (lab) => lab("getCertificate", { serial: await serialOf(lab) }),
  downloadCertificate: async (lab) => lab("downloadCertificate", { serial: await serialOf(lab) }),
  revokeCertificate: async (lab) => lab("revokeCertificate", { serial: await serialOf(lab) }),
  publish: (lab) => lab("publish"),
  downloadCrl: (lab) => lab("downloadCrl", { kind: "auth" }),
  downloadCaCertificate: (lab) => lab("downloadCaCertificate", { kind: "sign" }),
  listCardAnchors: (lab) => lab("listCardAnchors"),
  getCaSettings: (lab) => lab("getCaSettings"),
  setCaSettings: (lab) => lab("setCaSettings", { signing: "preSigned", padding: 3 }),
  listVerifiers: (lab) => lab("listVerifiers"),
  registerVerifier: (lab) => lab("registerVerifier", { name: "試験市", kinds: ["auth"] }),
  planMaintenance: (lab) => lab("planMaintenance"),
  listMaintenance: (lab) => lab("listMaintenance"),
  cancelMaintenance: (lab) => lab("cancelMaintenance"),
  listAuthorities: (lab) => lab("listAuthorities"),
  foundGeneration: (lab) => lab("foundGeneration", { kind: "auth" }),
  getLinkage: async (lab) => {
    await lab("moveClock", { seconds: 2 * 60 * 60 });
    return lab("getLinkage", { serial: await serialOf(lab) });
  },
  listFaultModes: (lab) => lab("listFaultModes"),
  planFault: (lab) => lab("planFault", { service: "ocsp", mode: "timeout", seconds: 60 }),
  listFaults: (lab) => lab("listFaults"),
  clearFaultsOf: (lab) => lab("clearFaultsOf", { service: "ocsp" }),
  clearFaults: (lab) => lab("clearFaults"),
  listPlatforms: (lab) => lab("listPlatforms"),
  getProfile: (lab) => lab("getProfile", { platform: "mkpfVerification" }),
  registerMkpfSystem: (lab) => lab("registerMkpfSystem", { ...MKPF, type: "mkpf-2" }),
  registerClientSoftware: (lab) =>
    lab("registerClientSoftware", { ...MKPF_SOFTWARE, edition: "dll" }),
  issueAccess: (lab) => lab("issueAccess", { name: "試験市", method: "ocsp" }),
  setAccessState: async (lab) => {
    const { id } = await lab("issueAccess", { name: "試験市", method: "crl", state: "pending" });
    return lab("setAccessState", { id, state: "active" });
  },
  registerRelyingParty: (lab) =>
    lab("registerRelyingParty", { name: "試験サービス", publicJwk, redirectUris }),
  setConsent: (lab) => lab("setConsent", { resident: "R0001", given: true }),
  registerLoaderOperator: (lab) =>
    lab("registerLoaderOperator", { name: "試験市", municipalityCode: "13101" }),
  registerLoaderApplication: async (lab) => {
    const { id } = await lab("registerLoaderOperator", { name: "試験協会" });
    const files = [{ id: 1, read: "free" as const, content: "00" }];
    const application = { name: "図書館", aid: "D392F000260199999999", files };
    return lab("registerLoaderApplication", { operator: id, ...application });
  },
  getSeen: (lab) => lab("getSeen", { platform: "localAuthPf", last: 5 }),
  clearSeen: (lab) => lab("clearSeen", { platform: "localAuthPf" }),
  resetWorld: (lab) => lab("resetWorld"),
};

const MKPF_SOFTWARE = { environment: "verification", name: "試験市 図書館" } as const;

async function serialOf(lab: LabClient): Promise<string> {
  return (await lab("getCard", { id: CARD })).authSerial;
}

describe("every operation", () => {
  it("answers what the document says", async () => {
    const { client, control } = controlled;
    for (const ask of Object.values(ASKED)) await ask(client);
    expect([...control.checked].toSorted()).toEqual([...OPERATION_IDS].toSorted());
  });
});

describe("a refusal", () => {
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${controlled.lab.addresses.console}/control/v1${path}`, init);
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const json = (body: string) => ({
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });

  it.each([
    ["an unknown resident", "/residents/R9999", {}, 422, "RESIDENT_UNKNOWN"],
    ["a body that is no JSON", "/residents", json("{"), 400, "CONTROL_INVALID"],
    ["a field nobody knows", "/residents", json('{"persno":1}'), 422, "CONTROL_INVALID"],
    ["an operation nobody knows", "/weather", {}, 404, "CONTROL_INVALID"],
  ])("tells code, message and advice: %s", async (_what, path, init, status, code) => {
    const answer = await call(path, init);
    expect(answer).toEqual({
      status,
      body: {
        code,
        message: expect.stringMatching(/./),
        advice: { ja: expect.stringMatching(/[ぁ-ん]/), en: expect.stringMatching(/[a-z]/) },
      },
    });
  });
});
