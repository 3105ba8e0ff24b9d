import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CRL_EVIDENCE, NOON, OCSP_EVIDENCE } from "../../simulator/platform/testing/world.ts";
import { MkpfWorld } from "./testing/mkpf.ts";
import { backAt, readCard, register, TARO } from "./testing/mkpf-visits.ts";

let world: MkpfWorld;

beforeEach(async () => {
  world = await MkpfWorld.open();
});
afterEach(() => world.close());

describe("MKPF 類型①: registration", () => {
  it("A gives the PPID and nothing of the 4情報 (MK-01)", async () => {
    const { visitor } = await register(world.display(), await world.library());
    expect(visitor).toEqual({
      ppid: expect.stringMatching(/^[\w-]{43}$/),
      evidence: OCSP_EVIDENCE,
    });
  });

  it("B gives the 4情報 as well, straight from the card", async () => {
    const { visitor } = await register(world.display(), await world.library(), {
      attributes: true,
    });
    expect(visitor.attributes).toEqual(TARO);
  });

  it("makes MKPF keep the birth date, and none of the rest", async () => {
    await register(world.display(), await world.library(), { attributes: true });
    const state = world.mkpf.state();
    expect(state.users).toEqual([{ person: "person-1", birthDate: "19900102" }]);
    expect(JSON.stringify(state)).not.toContain(TARO.name);
    expect(JSON.stringify(state)).not.toContain(TARO.address);
    expect(JSON.stringify(world.mkpf.seen.all())).not.toContain(TARO.name);
  });

  it("shows a reading page and then a consent page, in both languages, marked as no real one", async () => {
    const visit = await (await world.library()).begin({ mode: "register", attributes: true });
    const pages: string[] = [];
    const screen = world.display();
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
    const system = await world.library();
    const visit = await system.begin({ mode: "register" });
    const screen = world.display();
    await screen.handInRegistration(readCard(await screen.open(visit.url)));
    const back = backAt(await screen.decide("decline"));
    await expect(system.finish(back, visit)).rejects.toMatchObject({
      code: "PLATFORM_REFUSED",
      refusal: "access_denied",
      detail: "CONSENT_DECLINED",
    });
    expect(world.mkpf.state()).toMatchObject({ ppids: [], users: [] });
  });

  it("cannot skip the card by posting consent", async () => {
    const visit = await (await world.library()).begin({ mode: "register" });
    const screen = world.display();
    await screen.open(visit.url);
    expect(await screen.decide("allow")).toMatchObject({ step: "card" });
    expect(world.mkpf.state().ppids).toEqual([]);
  });

  it("refuses a signature that is not over this visit's challenge", async () => {
    const system = await world.library();
    const [first, second] = [
      await system.begin({ mode: "register" }),
      await system.begin({ mode: "register" }),
    ];
    const earlier = readCard(await world.display().open(first.url));
    const screen = world.display();
    await screen.open(second.url);
    const back = backAt(await screen.handInRegistration(earlier));
    await expect(system.finish(back, second)).rejects.toMatchObject({ detail: "PROOF_INVALID" });
  });

  it("tells a bad certificate from one that could not be checked (DA-11 alike)", async () => {
    const system = await world.library();
    const attempt = async () => {
      const visit = await system.begin({ mode: "register" });
      const screen = world.display();
      const step = await screen.handInRegistration(readCard(await screen.open(visit.url)));
      return system.finish(backAt(step), visit);
    };
    world.checker.answer = () => ({ verdict: "expired", notAfter: NOON });
    await expect(attempt()).rejects.toMatchObject({ refusal: "access_denied", detail: "EXPIRED" });
    world.checker.answer = () => undefined;
    await expect(attempt()).rejects.toMatchObject({
      refusal: "temporarily_unavailable",
      detail: "STATUS_UNAVAILABLE",
    });
    expect(world.mkpf.state().ppids).toEqual([]);
  });

  it("answers from the list when OCSP is down, and says so (MK-09)", async () => {
    world.checker.answer = ({ method }) =>
      method === "crl" ? { verdict: "valid", evidence: CRL_EVIDENCE } : undefined;
    const { visitor } = await register(world.display(), await world.library());
    expect(visitor.evidence).toEqual(CRL_EVIDENCE);
    expect(world.checker.requests.map(({ method }) => method)).toEqual(["ocsp", "crl"]);
  });

  it("gives two systems different PPIDs of one person (MK-02)", async () => {
    const one = await register(world.display(), await world.library());
    const other = await register(
      world.display(),
      await world.library("http://127.0.0.1:2/callback"),
    );
    expect(other.visitor.ppid).not.toBe(one.visitor.ppid);
    expect(world.mkpf.state().ppids).toHaveLength(2);
  });

  it("can be cancelled at the display", async () => {
    const system = await world.library();
    const visit = await system.begin({ mode: "register" });
    const screen = world.display();
    await screen.open(visit.url);
    await expect(system.finish(backAt(await screen.cancel()), visit)).rejects.toMatchObject({
      refusal: "access_denied",
      detail: "CANCELLED",
    });
  });
});
