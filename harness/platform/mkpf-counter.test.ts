import { generateKeyPairSync, sign } from "node:crypto";
import type { JWK } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LabClock } from "../../simulator/clock.ts";
import type { CounterCardReader } from "../../simulator/platform/mkpf/counter/card-reader.ts";
import { createMkpf, type Mkpf } from "../../simulator/platform/mkpf/index.ts";
import { parseMkpfProfile } from "../../simulator/platform/mkpf/profile.ts";
import {
  FIRST_CERTIFICATE,
  FIRST_SERIAL,
  PRIVATE_KEY,
  RENEWED_CERTIFICATE,
  RENEWED_SERIAL,
  SIGN_CERTIFICATE,
} from "../../simulator/platform/testing/certificates.ts";
import {
  CRL_EVIDENCE,
  NOON,
  OCSP_EVIDENCE,
  ScriptedChecker,
  ScriptedDirectory,
  Services,
} from "../../simulator/platform/testing/world.ts";
import { Random } from "../../simulator/random.ts";
import { CounterDisplay, type CounterStep } from "./counter-display.ts";
import type { HttpTrace } from "./exchange.ts";
import { type CounterPurpose, MkpfCounterClient } from "./mkpf-counter-client.ts";

const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const CALLBACK = "http://127.0.0.1:1/callback";
const TARO = { name: "試験　太郎", address: "東京都試験区１", birthDate: "19900102", sex: "1" };
const YEARS_AGO = new Date("2029-01-01T00:00:00Z");

const services = new Services();
let clock: LabClock;
let checker: ScriptedChecker;
let people: ScriptedDirectory;
let mkpf: Mkpf;
let issuer: string;
let traces: HttpTrace[];
const sink = (trace: HttpTrace) => traces.push(trace);

beforeEach(async () => {
  clock = LabClock.stopped(NOON);
  checker = new ScriptedChecker();
  people = new ScriptedDirectory();
  people.persons.set(FIRST_SERIAL, { person: "person-1", issuedAt: YEARS_AGO });
  traces = [];
  await start();
});
afterEach(() => services.close());

async function start(profile: unknown = {}, reader?: CounterCardReader) {
  mkpf = createMkpf({
    environment: "verification",
    issuer: () => issuer,
    clock,
    random: new Random("mkpf-counter"),
    checker,
    people,
    profile: parseMkpfProfile(profile),
    ...(reader && { reader }),
  });
  issuer = await services.listen(mkpf.plugin);
}

async function library(redirectUri = CALLBACK): Promise<MkpfCounterClient> {
  const { clientId } = mkpf.registerSystem({
    name: "試験市 図書館",
    type: "mkpf-1",
    publicJwk: publicKey.export({ format: "jwk" }),
    redirectUris: [redirectUri],
  });
  return MkpfCounterClient.create({
    issuer,
    clientId,
    privateKey: privateKey.export({ format: "jwk" }) as JWK,
    redirectUri,
    profile: mkpf.profile,
    sink,
  });
}

function display(): CounterDisplay {
  return new CounterDisplay({ profile: mkpf.profile, sink });
}

/** The card signs, then its text is read. */
function readCard(step: CounterStep, certificate = FIRST_CERTIFICATE) {
  if (step.step !== "card") throw new Error(`the page is ${step.step}`);
  const key = { key: Buffer.from(PRIVATE_KEY), format: "der", type: "pkcs8" } as const;
  const signature = new Uint8Array(sign("sha256", step.challenge, key));
  return { certificate, signature, ...TARO };
}

function backAt(step: CounterStep): URL {
  if (step.step !== "back") throw new Error(`still on the page: ${step.step}`);
  return step.url;
}

async function register(system: MkpfCounterClient, purpose: Partial<CounterPurpose> = {}) {
  const visit = await system.begin({ mode: "register", ...purpose });
  const screen = display();
  const reading = await screen.open(visit.url);
  await screen.handInRegistration(readCard(reading));
  return system.finish(backAt(await screen.decide("allow")), visit);
}

async function touch(
  system: MkpfCounterClient,
  { genuine = true, certificate = FIRST_CERTIFICATE } = {},
) {
  const visit = await system.begin({ mode: "touch" });
  const screen = display();
  await screen.open(visit.url);
  const key = await screen.handInCertificate(certificate);
  const step = "birthDateKey" in key ? await screen.handInTouch(certificate, genuine) : key;
  return system.finish(backAt(step), visit);
}

describe("MKPF 類型①: registration", () => {
  it("A gives the PPID and nothing of the 4情報 (MK-01)", async () => {
    const { visitor } = await register(await library());
    expect(visitor).toEqual({
      ppid: expect.stringMatching(/^[\w-]{43}$/),
      evidence: OCSP_EVIDENCE,
    });
  });

  it("B gives the 4情報 as well, straight from the card", async () => {
    const { visitor } = await register(await library(), { attributes: true });
    expect(visitor.attributes).toEqual(TARO);
  });

  it("makes MKPF keep the birth date, and none of the rest", async () => {
    await register(await library(), { attributes: true });
    const state = mkpf.state();
    expect(state.users).toEqual([{ person: "person-1", birthDate: "19900102" }]);
    expect(JSON.stringify(state)).not.toContain(TARO.name);
    expect(JSON.stringify(state)).not.toContain(TARO.address);
    expect(JSON.stringify(mkpf.seen.all())).not.toContain(TARO.name);
  });

  it("shows a reading page and then a consent page, in both languages, marked as no real one", async () => {
    const visit = await (await library()).begin({ mode: "register", attributes: true });
    const pages: string[] = [];
    const screen = display();
    const reading = await screen.open(visit.url);
    pages.push(screen.html);
    await screen.handInRegistration(readCard(reading));
    pages.push(screen.html);
    expect(pages[0]).toContain("マイナンバーカードをカードリーダーに置いてください");
    expect(pages[1]).toContain("氏名・住所・生年月日・性別");
    expect(pages[1]).toContain("試験市 図書館");
    for (const page of pages) {
      expect(page).toContain("NON-NORMATIVE");
      expect(page).toContain("非規範（実仕様は非公開）");
      expect(page).not.toContain(TARO.name);
    }
  });

  it("issues no PPID when consent is declined (MK-05)", async () => {
    const system = await library();
    const visit = await system.begin({ mode: "register" });
    const screen = display();
    await screen.handInRegistration(readCard(await screen.open(visit.url)));
    const back = backAt(await screen.decide("decline"));
    await expect(system.finish(back, visit)).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      refusal: "access_denied",
      detail: "CONSENT_DECLINED",
    });
    expect(mkpf.state()).toMatchObject({ ppids: [], users: [] });
  });

  it("cannot skip the card by posting consent", async () => {
    const visit = await (await library()).begin({ mode: "register" });
    const screen = display();
    await screen.open(visit.url);
    expect(await screen.decide("allow")).toMatchObject({ step: "card" });
    expect(mkpf.state().ppids).toEqual([]);
  });

  it("refuses a signature that is not over this visit's challenge", async () => {
    const system = await library();
    const [first, second] = [
      await system.begin({ mode: "register" }),
      await system.begin({ mode: "register" }),
    ];
    const earlier = readCard(await display().open(first.url));
    const screen = display();
    await screen.open(second.url);
    const back = backAt(await screen.handInRegistration(earlier));
    await expect(system.finish(back, second)).rejects.toMatchObject({ detail: "PROOF_INVALID" });
  });

  it("tells a bad certificate from one that could not be checked (DA-11 alike)", async () => {
    const system = await library();
    const attempt = async () => {
      const visit = await system.begin({ mode: "register" });
      const screen = display();
      const step = await screen.handInRegistration(readCard(await screen.open(visit.url)));
      return system.finish(backAt(step), visit);
    };
    checker.answer = () => ({ verdict: "expired", notAfter: NOON });
    await expect(attempt()).rejects.toMatchObject({ refusal: "access_denied", detail: "EXPIRED" });
    checker.answer = () => undefined;
    await expect(attempt()).rejects.toMatchObject({
      refusal: "temporarily_unavailable",
      detail: "STATUS_UNAVAILABLE",
    });
    expect(mkpf.state().ppids).toEqual([]);
  });

  it("answers from the list when OCSP is down, and says so (MK-09)", async () => {
    checker.answer = ({ method }) =>
      method === "crl" ? { verdict: "valid", evidence: CRL_EVIDENCE } : undefined;
    const { visitor } = await register(await library());
    expect(visitor.evidence).toEqual(CRL_EVIDENCE);
    expect(checker.requests.map(({ method }) => method)).toEqual(["ocsp", "crl"]);
  });

  it("gives two systems different PPIDs of one person (MK-02)", async () => {
    const one = await register(await library());
    const other = await register(await library("http://127.0.0.1:2/callback"));
    expect(other.visitor.ppid).not.toBe(one.visitor.ppid);
    expect(mkpf.state().ppids).toHaveLength(2);
  });

  it("can be cancelled at the display", async () => {
    const system = await library();
    const visit = await system.begin({ mode: "register" });
    const screen = display();
    await screen.open(visit.url);
    await expect(system.finish(backAt(await screen.cancel()), visit)).rejects.toMatchObject({
      refusal: "access_denied",
      detail: "CANCELLED",
    });
  });
});

describe("MKPF 類型①: かざし利用", () => {
  it("finds the registered person without PIN, with the birth date MKPF kept (MK-01)", async () => {
    const system = await library();
    const { visitor } = await register(system, { attributes: true });
    const screen = display();
    const visit = await system.begin({ mode: "touch" });
    await screen.open(visit.url);
    expect(await screen.handInCertificate(FIRST_CERTIFICATE)).toEqual({ birthDateKey: "020102" });
    const back = backAt(await screen.handInTouch(FIRST_CERTIFICATE, true));
    const touched = await system.finish(back, visit);
    expect(touched.visitor).toEqual({ ppid: visitor.ppid, evidence: OCSP_EVIDENCE });
  });

  it("asks for a registration first from a person nobody registered (KZ-12)", async () => {
    await expect(touch(await library())).rejects.toMatchObject({
      refusal: "access_denied",
      detail: "REGISTRATION_REQUIRED",
    });
  });

  it("asks for it at each system: another one's registration does not count", async () => {
    await register(await library());
    const other = await library("http://127.0.0.1:2/callback");
    await expect(touch(other)).rejects.toMatchObject({ detail: "REGISTRATION_REQUIRED" });
  });

  it("refuses a copied certificate on a card that cannot prove itself, though OCSP says good (CR-31)", async () => {
    const system = await library();
    await register(system);
    await expect(touch(system, { genuine: false })).rejects.toMatchObject({
      refusal: "access_denied",
      detail: "CARD_NOT_GENUINE",
    });
  });

  it("refuses the card of before the renewal, and follows the linkage to the new one (MK-14)", async () => {
    const system = await library();
    const { visitor } = await register(system);
    people.persons.set(RENEWED_SERIAL, {
      person: "person-1",
      issuedAt: NOON,
      previous: FIRST_SERIAL,
    });
    checker.answer = ({ certificate }) =>
      Buffer.from(certificate).equals(Buffer.from(RENEWED_CERTIFICATE))
        ? { verdict: "valid", evidence: OCSP_EVIDENCE }
        : { verdict: "revoked", reason: "superseded", revokedAt: NOON, evidence: OCSP_EVIDENCE };
    await expect(touch(system)).rejects.toMatchObject({ detail: "REVOKED" });
    const renewed = { certificate: RENEWED_CERTIFICATE };
    await expect(touch(system, renewed)).rejects.toMatchObject({ detail: "LINKAGE_PENDING" });
    clock.advance(90 * 60_000);
    expect((await touch(system, renewed)).visitor.ppid).toBe(visitor.ppid);
  });

  it("wants a new registration after a renewal where PPIDs are renewed too", async () => {
    await services.close();
    await start({ rules: { ppidOnRenewal: "new" } });
    const system = await library();
    await register(system);
    people.persons.set(RENEWED_SERIAL, { person: "person-1", issuedAt: YEARS_AGO });
    const renewed = { certificate: RENEWED_CERTIFICATE };
    await expect(touch(system, renewed)).rejects.toMatchObject({ detail: "REGISTRATION_REQUIRED" });
  });
});

describe("MKPF 類型①: authorization code", () => {
  async function answered(system: MkpfCounterClient) {
    const visit = await system.begin({ mode: "register" });
    const screen = display();
    await screen.handInRegistration(readCard(await screen.open(visit.url)));
    return { visit, screen, back: backAt(await screen.decide("allow")) };
  }

  it("works once; the second use also ends the tokens of the first (MK-03)", async () => {
    const system = await library();
    const { visit, back } = await answered(system);
    const first = await system.finish(back, visit);
    await expect(system.finish(back, visit)).rejects.toMatchObject({ refusal: "invalid_grant" });
    await expect(system.signCertificateStatus(first)).rejects.toMatchObject({
      refusal: "invalid_token",
    });
  });

  it("is worthless after its time (MK-03)", async () => {
    const system = await library();
    const { visit, back } = await answered(system);
    clock.advance(61_000);
    await expect(system.finish(back, visit)).rejects.toMatchObject({ refusal: "invalid_grant" });
  });

  it("is worthless to another system", async () => {
    const { visit, back } = await answered(await library());
    await expect((await library()).finish(back, visit)).rejects.toMatchObject({
      refusal: "invalid_grant",
    });
  });

  it("is not even tried when the answer belongs to another visit (MK-04)", async () => {
    const system = await library();
    const { back } = await answered(system);
    const other = await system.begin({ mode: "register" });
    const before = traces.length;
    await expect(system.finish(back, other)).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
    back.searchParams.delete("state");
    await expect(system.finish(back, other)).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
    expect(traces).toHaveLength(before);
  });

  it("is not sent to an address of somebody else's (MK-16)", async () => {
    const other = await library("http://127.0.0.1:2/callback");
    const visit = await (await library()).begin({ mode: "register" });
    visit.url.searchParams.set("redirect_uri", "http://127.0.0.1:2/callback");
    expect(await display().open(visit.url)).toEqual({ step: "error", status: 400 });
    expect(other).toBeInstanceOf(MkpfCounterClient);
  });

  it("is refused for a purpose MKPF does not know", async () => {
    const system = await library();
    const visit = await system.begin({ mode: "register" });
    visit.url.searchParams.set("mode", "online");
    const back = backAt(await display().open(visit.url));
    await expect(system.finish(back, visit)).rejects.toMatchObject({ refusal: "invalid_request" });
  });

  it("belongs to one browser: another cannot finish the visit (DA-08 alike)", async () => {
    const visit = await (await library()).begin({ mode: "register" });
    const screen = display();
    await screen.open(visit.url);
    const { path } = traces.findLast(({ path }) => path.startsWith("/counter/")) ?? { path: "" };
    const stranger = await fetch(`${issuer}${path}`);
    expect(stranger.status).toBe(410);
    expect(await stranger.text()).toContain("最初からやり直してください");
  });

  it("is given to the second person at the same display for the second person", async () => {
    const system = await library();
    people.persons.set(RENEWED_SERIAL, { person: "person-2", issuedAt: YEARS_AGO });
    const screen = display();
    const visitors = [];
    for (const certificate of [FIRST_CERTIFICATE, RENEWED_CERTIFICATE]) {
      const visit = await system.begin({ mode: "register" });
      const reading = await screen.open(visit.url);
      expect(reading.step).toBe("card");
      await screen.handInRegistration(readCard(reading, certificate));
      visitors.push(await system.finish(backAt(await screen.decide("allow")), visit));
    }
    expect(visitors[0]?.visitor.ppid).not.toBe(visitors[1]?.visitor.ppid);
  });

  it("leads to tokens that can be refreshed without the person (MK-18)", async () => {
    const system = await library();
    const finished = await register(system, { attributes: true });
    clock.advance(301_000);
    await expect(system.signCertificateStatus(finished)).rejects.toMatchObject({ status: 401 });
    const refreshed = await system.refresh(finished);
    expect(refreshed.visitor).toEqual(finished.visitor);
    people.signCertificates.set("person-1", [SIGN_CERTIFICATE]);
    expect(await system.signCertificateStatus(refreshed)).toMatchObject({ status: "unchanged" });
  });

  it("leads to a token for one person only", async () => {
    const system = await library();
    people.persons.set(RENEWED_SERIAL, { person: "person-2", issuedAt: YEARS_AGO });
    const first = await register(system);
    const visit = await system.begin({ mode: "register" });
    const screen = display();
    await screen.handInRegistration(readCard(await screen.open(visit.url), RENEWED_CERTIFICATE));
    const second = await system.finish(backAt(await screen.decide("allow")), visit);
    const crossed = { tokens: second.tokens, visitor: first.visitor };
    await expect(system.signCertificateStatus(crossed)).rejects.toMatchObject({
      refusal: "ppid_unknown",
    });
  });
});

describe("MKPF 類型①: a person at the browser, with a card reader lent by the lab", () => {
  const asked: unknown[] = [];
  const reader: CounterCardReader = {
    cards: () => [{ id: "R0001-1", label: "R0001 <試験> 太郎" }],
    certificate: async () => FIRST_CERTIFICATE,
    register: async (card, pins, challenge) => {
      asked.push({ card, pins });
      if (pins.auth !== "1234") return { trouble: "暗証番号が違います（残り2回） / wrong PIN" };
      const { signature } = readCard({ step: "card", mode: "register", challenge });
      return { certificate: FIRST_CERTIFICATE, signature, attributes: TARO };
    },
    authenticate: async (_card, birthDateKey) => birthDateKey === "020102",
  };

  it("registers and touches by the forms of the page, and can mistype the PIN", async () => {
    await services.close();
    await start({}, reader);
    const system = await library();
    const visit = await system.begin({ mode: "register" });
    const screen = display();
    await screen.open(visit.url);
    expect(screen.html).toContain("R0001 &lt;試験&gt; 太郎");
    expect(await screen.pick("R0001-1", { auth: "0000", text: "1234" })).toMatchObject({
      step: "card",
    });
    expect(await screen.pick("R0001-1", { auth: "1234", text: "1234" })).toEqual({
      step: "consent",
    });
    const registered = await system.finish(backAt(await screen.decide("allow")), visit);
    expect(asked).toHaveLength(2);

    const second = await system.begin({ mode: "touch" });
    await screen.open(second.url);
    const touched = await system.finish(backAt(await screen.pick("R0001-1")), second);
    expect(touched.visitor.ppid).toBe(registered.visitor.ppid);
  });
});

describe("MKPF 類型①: traces", () => {
  it("show neither 4情報, certificate, signature, code, token nor the birth date key", async () => {
    const system = await library();
    const { tokens } = await register(system, { attributes: true });
    await touch(system);
    const shown = JSON.stringify(traces);
    const secrets = [
      ...Object.values(TARO).filter((value) => value.length > 1),
      "020102",
      Buffer.from(FIRST_CERTIFICATE).toString("base64"),
      tokens.accessToken,
      tokens.refreshToken ?? "none",
    ];
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(traces.map(({ path }) => path.split("?")[0])).toContain("/oauth/userinfo");
    const userinfo = traces.find(({ path }) => path === "/oauth/userinfo");
    expect(userinfo?.response).toMatchObject({
      ppid: expect.stringMatching(/^[\w-]{43}$/),
      name: "‹4情報›",
      evidence: { method: "ocsp" },
    });
  });
});
