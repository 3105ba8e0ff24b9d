/** The world platforms are fuzzed in: two residents, and a municipal system at every door. */
import { Lab, type LabCard } from "../../../simulator/lab/index.ts";
import { DEFAULT_MKPF_PROFILE } from "../../../simulator/platform/mkpf/profile.ts";
import { toWire } from "../../../simulator/platform/wire.ts";
import { InProcessReader } from "../../../simulator/reader/index.ts";
import { authCertificateOf } from "../../card/index.ts";
import { cacheFolder } from "../../config/folders.ts";
import { toBase64 } from "../../platform/base64.ts";
import { newClientKey } from "../../platform/client-key.ts";
import { LocalAuthPfClient } from "../../platform/local-auth-pf-client.ts";
import { MkpfClient } from "../../platform/mkpf-client.ts";
import { grantAccess } from "../../platform/registration.ts";
import { simulatedReader } from "../../reader/simulated.ts";
import { municipalSystems } from "../../scenario/systems.ts";
import { AnsweringServer } from "./answering-server.ts";
import type { Listener } from "./answers.ts";
import type { Ask } from "./certificates.ts";
import type { Door } from "./requests.ts";

export interface PlatformWorld {
  readonly asks: Readonly<Record<string, Ask>>;
  readonly certificates: readonly Uint8Array[];
  readonly doors: Readonly<Record<string, Door>>;
  readonly listeners: Readonly<Record<string, Listener>>;
  close(): Promise<void>;
}

/** The world's time, so that its certificates are the same each time. */
const NOON = new Date("2026-12-01T03:00:00Z");

const NOBODY_LISTENS = () => undefined;

export async function openWorld(seed: string): Promise<PlatformWorld> {
  const lab = await Lab.open({ seed, keys: cacheFolder("keys") });
  lab.clock.stop();
  lab.clock.travelTo(NOON);
  const people = [await lab.issueCard("adult"), await lab.issueCard("adult")];
  lab.jpki.publishNow();
  const certificates = await Promise.all(people.map(certificateOn));
  const answers = await AnsweringServer.listen(DEFAULT_MKPF_PROFILE.paths.token);
  const access = grantAccess(lab.localAuthPf, { name: "窓口", kinds: ["auth"], method: "ocsp" });
  return {
    certificates,
    asks: await asksOf(lab),
    doors: await doorsOf(lab, access),
    listeners: await listenersOf(lab, answers, access, certificates[0] ?? new Uint8Array()),
    close: async () => {
      await answers.close();
      await lab.close();
    },
  };
}

async function asksOf(lab: Lab): Promise<Record<string, Ask>> {
  const systems = municipalSystems(lab, NOBODY_LISTENS);
  const library = await systems.mkpf("図書館");
  const archive = await systems.mkpf("文書館", { method: "crl" });
  const desk = systems.localAuthPf("市民課");
  const branch = systems.localAuthPf("出張所", { method: "crl" });
  return {
    "MKPF OCSP方式": (certificate) => library.validity({ certificate }),
    "MKPF CRL方式": (certificate) => archive.validity({ certificate }),
    "地方認証PF OCSP方式": (certificate) => desk.verify(certificate, "auth"),
    "地方認証PF CRL方式": (certificate) => branch.verify(certificate, "auth"),
  };
}

interface Access {
  readonly id: string;
  readonly secret: string;
}

async function doorsOf(lab: Lab, access: Access): Promise<Record<string, Door>> {
  const { addresses, mkpf, localAuthPf } = lab;
  const { profile } = localAuthPf;
  const mkpfProfile = mkpf.verification.profile;
  return {
    MKPF: {
      origin: addresses.mkpf.verification,
      paths: Object.values(mkpfProfile.paths),
      headers: { authorization: "Bearer token" },
      fields: [...Object.values(mkpfProfile.requestFields), ...OAUTH_FIELDS],
    },
    地方認証PF: {
      origin: addresses.localAuthPf,
      paths: Object.values(profile.paths),
      headers: {
        [profile.accessHeaders.id]: access.id,
        [profile.accessHeaders.secret]: access.secret,
      },
      fields: Object.values(profile.requestFields),
    },
    デジタル認証アプリ: {
      origin: new URL(addresses.digitalAuthApp).origin,
      paths: await advertisedPaths(addresses.digitalAuthApp),
      headers: { authorization: "Bearer token" },
      fields: OAUTH_FIELDS,
    },
    カードAP搭載: {
      origin: addresses.cardApLoader,
      paths: Object.values(lab.cardApLoader.profile.paths),
      headers: {},
      fields: Object.values(lab.cardApLoader.profile.requestFields),
    },
  };
}

const OAUTH_FIELDS = [
  ...["grant_type", "client_id", "client_assertion", "client_assertion_type", "scope", "code"],
  ...["redirect_uri", "response_type", "state", "nonce", "code_challenge", "refresh_token"],
];

/** What an issuer says of itself (OpenID Connect Discovery 1.0, section 4). */
async function advertisedPaths(issuer: string): Promise<string[]> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { origin } = new URL(issuer);
  return Object.values((await response.json()) as object)
    .filter((value): value is string => typeof value === "string" && value.startsWith(origin))
    .map((url) => new URL(url).pathname);
}

async function listenersOf(
  lab: Lab,
  server: AnsweringServer,
  access: Access,
  certificate: Uint8Array,
): Promise<Record<string, Listener>> {
  const { profile } = lab.localAuthPf;
  const put: Listener["put"] = (answer) => {
    server.answer = answer;
  };
  const window = await genuineAnswer(lab, access, certificate);
  const { evidence } = window as { readonly evidence: unknown };
  const { answerFields, results, registrations, proofs } = DEFAULT_MKPF_PROFILE;
  const verdict = {
    result: results.valid,
    ppid: "p".repeat(43),
    registration: registrations.known,
    proof: proofs.missing,
    evidence,
  };
  const desk = new LocalAuthPfClient({ baseUrl: server.origin, method: "ocsp", access, profile });
  const library = await MkpfClient.create({
    issuer: server.origin,
    clientId: "library",
    privateKey: (await newClientKey()).privateKey,
  });
  return {
    地方認証PFの窓口: {
      put,
      genuine: JSON.stringify(window),
      ask: (asked) => desk.verify(asked, "auth"),
    },
    MKPFの図書館: {
      put,
      genuine: JSON.stringify(toWire(answerFields, verdict)),
      ask: (asked) => library.validity({ certificate: asked }),
    },
  };
}

async function genuineAnswer(
  { addresses, localAuthPf: { profile } }: Lab,
  { id, secret }: Access,
  certificate: Uint8Array,
): Promise<unknown> {
  const { paths, accessHeaders, requestFields, kinds } = profile;
  const response = await fetch(new URL(paths.ocsp, addresses.localAuthPf), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      [accessHeaders.id]: id,
      [accessHeaders.secret]: secret,
    },
    body: JSON.stringify({
      [requestFields.certificate]: toBase64(certificate),
      [requestFields.kind]: kinds.auth,
    }),
  });
  return response.json();
}

async function certificateOn({ card }: LabCard): Promise<Uint8Array> {
  const slot = new InProcessReader("fuzz");
  slot.insert(card);
  const reader = simulatedReader(slot);
  await reader.open();
  const certificate = await authCertificateOf({ reader });
  await reader.close();
  return certificate;
}
