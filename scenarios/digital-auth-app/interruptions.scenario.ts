/** Logins that do not come to their end: people, phones, browsers and outages. */
import {
  expect,
  LOGIN_NOTICES,
  LoginDesk,
  type Outcome,
  type ScenarioContext,
  type ScreenStep,
  scenario,
} from "../../harness/index.ts";

const GUIDE = "デジタル庁 デジタル認証アプリサービス 実装ガイドライン";
const SECONDS = 1000;

/** A service with visitors, and the browsers they use. */
async function receiving({ lab, systems, issueCard }: ScenarioContext) {
  const service = await systems.service("試験市 電子申請");
  const desk = new LoginDesk({ client: service.client, now: () => lab.clock.now() });
  const card = await issueCard();
  const wish = (outcome: Outcome) => ({ testResponse: { card: card.id, outcome } });
  const leave = async (session: string, outcome: Outcome): Promise<ScreenStep> =>
    service.browser().open(await desk.depart(session, wish(outcome)));
  const signIn = async (session: string, outcome: Outcome) => {
    const step = await leave(session, outcome);
    expect.assert(step.step === "back");
    return desk.arrive(session, step.url);
  };
  return { service, desk, card, leave, signIn };
}

scenario(
  "DA-07",
  {
    title: {
      ja: "中止・ブラウザーを閉じる・アプリなし・未対応OSでも、サービスは同じ利用者のログインをやり直せる",
      en: "after a cancellation, a closed browser or a phone without the app, the person can log in again",
    },
    system: "digital-auth-app",
    source: `${GUIDE}; RFC 6749 4.1.2.1 (access_denied)`,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { lab, step, note } = context;
    const { service, desk, leave, signIn } = await receiving(context);
    const resumes = async (session: string) =>
      expect((await signIn(session, "normal")).result).toBe("signedIn");

    await step({ ja: "アプリで中止", en: "cancelled in the app" }, async () => {
      expect(await signIn("a", "cancelled")).toEqual({
        result: "notSignedIn",
        trouble: "declined",
      });
      await resumes("a");
    });
    await step({ ja: "暗証番号がロック", en: "PIN locked" }, async () => {
      expect(await signIn("a", "pinLocked")).toEqual({
        result: "notSignedIn",
        trouble: "pinLocked",
      });
      await resumes("a");
    });
    const stalls = [
      { ja: "アプリ未インストール", en: "app not installed", outcome: "appMissing" },
      { ja: "未対応のOS", en: "unsupported OS", outcome: "unsupportedOs" },
    ] as const;
    for (const { ja, en, outcome } of stalls) {
      await step({ ja, en }, async () => {
        expect(await leave("b", outcome)).toEqual({ step: "stalled", reason: outcome });
        await resumes("b");
      });
    }
    await step({ ja: "ブラウザーを閉じ、時間切れ", en: "browser closed; too late" }, async () => {
      const browser = service.browser();
      const url = await desk.depart("c");
      expect(await browser.open(url)).toEqual({ step: "screen" });
      lab.clock.advance((lab.digitalAuthApp.profile.rules.visitSeconds + 1) * SECONDS);
      const late = await browser.respond({ card: "anything", consent: [] });
      expect(late).toEqual({ step: "error", status: 410 });
      await resumes("c");
    });
    await step({ ja: "遅すぎた戻りはトークン要求の前に捨てる", en: "back too late" }, async () => {
      const back = await leave("d", "normal");
      expect.assert(back.step === "back");
      lab.clock.advance(601 * SECONDS);
      const before = service.requestsTo("/token");
      expect(await desk.arrive("d", back.url)).toEqual({
        result: "notSignedIn",
        trouble: "notHere",
      });
      expect(service.requestsTo("/token")).toBe(before);
      await resumes("d");
    });
    note({ ja: "中止した人への案内", en: "told who cancelled" }, LOGIN_NOTICES.declined.ja);
  },
);

scenario(
  "DA-08",
  {
    title: {
      ja: "別のブラウザーに戻ってきた応答では誰もログインさせず、元のブラウザーは続けられる",
      en: "an answer that arrives in another browser signs nobody in, and the first browser can go on",
    },
    system: "digital-auth-app",
    source: `${GUIDE}（アプリ切替え）; RFC 6749 10.12; RFC 9700 4.7`,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { step, note } = context;
    const { service, desk, leave } = await receiving(context);
    const back = await leave("safari", "normal");
    expect.assert(back.step === "back");
    const notHere = { result: "notSignedIn", trouble: "notHere" };

    await step({ ja: "別のブラウザーに戻る", en: "back in another browser" }, async () => {
      expect(await desk.arrive("chrome", back.url)).toEqual(notHere);
      expect(service.requestsTo("/token")).toBe(0);
    });
    await step(
      { ja: "そこで別のログインの途中でも同じ", en: "busy with its own login" },
      async () => {
        await leave("chrome", "cancelled");
        expect(await desk.arrive("chrome", back.url)).toEqual(notHere);
        expect(service.requestsTo("/token")).toBe(0);
      },
    );
    await step({ ja: "元のブラウザーでは一度だけ成立", en: "in its own: once" }, async () => {
      expect((await desk.arrive("safari", back.url)).result).toBe("signedIn");
      expect(service.requestsTo("/token")).toBe(1);
      expect(await desk.arrive("safari", back.url)).toEqual(notHere);
      expect(service.requestsTo("/token")).toBe(1);
    });
    await step(
      { ja: "途中の画面も別のブラウザーでは開けない", en: "nor the page between" },
      async () => {
        const browser = service.browser();
        await browser.open(await desk.depart("safari"));
        const address = new URL(browser.address);
        expect(await browser.open(address)).toEqual({ step: "screen" });
        expect(await service.browser().open(address)).toEqual({ step: "error", status: 410 });
        note({ ja: "別のブラウザーの画面", en: "the page in another browser" }, "HTTP 410");
      },
    );
  },
);

scenario(
  "DA-11",
  {
    title: {
      ja: "JPKIや認証サービスの停止中は「停止中」と案内し、復旧後にログインできる",
      en: "while JPKI or the service is down people are told so, and can log in afterwards",
    },
    system: "digital-auth-app",
    source: `${GUIDE}; RFC 6749 4.1.2.1 (temporarily_unavailable); RFC 9110 15.6.4 (503)`,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { lab, step, note } = context;
    const { service, desk, leave, signIn } = await receiving(context);
    const outage = { result: "notSignedIn", trouble: "outage" };
    const works = async () => expect((await signIn("a", "normal")).result).toBe("signedIn");
    const tokens = () => service.requestsTo("/token");

    await step({ ja: "計画停止の応答", en: "a planned outage" }, async () => {
      expect(await signIn("a", "maintenance")).toEqual(outage);
      expect(tokens()).toBe(0);
    });
    await step(
      { ja: "OCSPが止まっている間も「有効」にしない", en: "OCSP down: no code" },
      async () => {
        lab.jpki.faults.ocsp = "http-503";
        expect(await signIn("a", "normal")).toEqual(outage);
        expect(tokens()).toBe(0);
        lab.jpki.faults.ocsp = "none";
        await works();
      },
    );
    await step({ ja: "戻った後にトークン発行が停止", en: "the token endpoint down" }, async () => {
      const back = await leave("a", "normal");
      expect.assert(back.step === "back");
      const fault = { kind: "refuse", retryAfterSeconds: 120 } as const;
      const end = lab.digitalAuthApp.faults.inject(fault);
      expect(await desk.arrive("a", back.url)).toEqual(outage);
      end();
      await works();
    });
    note({ ja: "停止中の案内", en: "told meanwhile" }, LOGIN_NOTICES.outage.ja);
  },
);
