/** MKPF 類型①: the authorization code on its way, and who may have it. */
import { expect, type ScenarioContext, scenario } from "../../harness/index.ts";

const SECONDS = 1000;

/** How often anybody came to the token endpoint. */
function tokenRequests({ lab }: ScenarioContext): number {
  return lab.mkpf.verification.seen.all().filter(({ request }) => request === "token").length;
}

/** Somebody registers, and is sent back with a code. */
async function answered({ systems, insertCard }: ScenarioContext) {
  const library = await systems.counter("試験市 図書館");
  const card = await insertCard();
  const visit = async () => {
    const visit = await library.receive({ mode: "register" });
    await visit.present(card);
    await visit.decide("allow");
    return visit;
  };
  return { library, visit };
}

scenario(
  "MK-03",
  {
    title: {
      ja: "認可コードは一度だけ・時間内だけ・登録した戻り先だけで使える",
      en: "an authorization code works once, in time, and for its own address",
    },
    system: "mkpf-1",
    source: "RFC 6749 4.1.2, 4.1.3, 10.5; RFC 9700 2.1.1",
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async (context) => {
    const { lab, step, note } = context;
    const { library, visit } = await answered(context);

    await step({ ja: "1回目は使え、2回目は拒まれる", en: "once, and not twice" }, async () => {
      const once = await visit();
      const first = await once.finish();
      expect(await library.client.signCertificateStatus(first)).toMatchObject({
        status: "unchanged",
      });
      await expect(once.finish()).rejects.toMatchObject({ refusal: "invalid_grant" });
      await expect(library.client.signCertificateStatus(first)).rejects.toMatchObject({
        refusal: lab.mkpf.verification.profile.errors.invalidToken,
      });
      note({ ja: "再利用後の最初のトークン", en: "token of the first use" }, "invalid_token");
    });
    await step({ ja: "別の戻り先では使えない", en: "not for another address" }, async () => {
      const elsewhere = await visit();
      const answer = new URL(elsewhere.answer);
      answer.pathname = "/another";
      await expect(elsewhere.finish(answer)).rejects.toMatchObject({ refusal: "invalid_grant" });
    });
    await step({ ja: "期限内なら使え、過ぎると拒まれる", en: "in time, not late" }, async () => {
      const { codeSeconds } = lab.mkpf.verification.profile.rules;
      const inTime = await visit();
      lab.clock.advance((codeSeconds - 10) * SECONDS);
      expect((await inTime.finish()).visitor.ppid).toBeTruthy();
      const late = await visit();
      lab.clock.advance((codeSeconds + 1) * SECONDS);
      await expect(late.finish()).rejects.toMatchObject({ refusal: "invalid_grant" });
      note({ ja: "認可コードの有効秒数", en: "seconds a code lives" }, String(codeSeconds));
    });
  },
);

scenario(
  "MK-04",
  {
    title: {
      ja: "stateが一致しない・無い応答を、トークン要求の前に捨てる",
      en: "an answer with another state, or none, is thrown away before any token request",
    },
    system: "mkpf-1",
    source: "RFC 6749 10.12; RFC 9700 2.1",
    effect: "spends-tries",
    needs: ["lab", "pins"],
  },
  async (context) => {
    const { step, note } = context;
    const { library, visit } = await answered(context);
    const own = await visit();
    const foreign = await library.receive({ mode: "register" });
    const stateless = new URL(own.answer);
    stateless.searchParams.delete("state");
    const forged = new URL(own.answer);
    forged.searchParams.set("state", "forged");
    const cases = [
      { ja: "別の手続きの応答", en: "of another visit", visit: foreign, answer: own.answer },
      { ja: "書き換えられたstate", en: "forged", visit: own, answer: forged },
      { ja: "stateなし", en: "none", visit: own, answer: stateless },
    ];
    for (const { ja, en, visit, answer } of cases) {
      await step({ ja, en: `state: ${en}` }, async () => {
        await expect(visit.finish(answer)).rejects.toMatchObject({ code: "PLATFORM_PROTOCOL" });
        expect(tokenRequests(context)).toBe(0);
      });
    }
    await step({ ja: "正しい応答は受け取れる", en: "the right answer is taken" }, async () => {
      expect((await own.finish()).visitor.ppid).toBeTruthy();
      expect(tokenRequests(context)).toBe(1);
      note({ ja: "トークン要求の回数", en: "token requests" }, String(tokenRequests(context)));
    });
  },
);

scenario(
  "MK-16",
  {
    title: {
      ja: "他の自治体のドメインや似たアドレスを戻り先にした要求は拒まれる",
      en: "a request with another municipality's domain, or one like it, as its address is refused",
    },
    system: "mkpf-1",
    source:
      "RFC 6749 3.1.2.4; RFC 9700 2.1（完全一致）; デジタル庁 MKPF 利用申請（ドメインの登録）",
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { systems, step, note } = context;
    const home = "https://library.shiken-a.example/callback";
    const library = await systems.counter("試験A市 図書館", { redirectUri: home });
    const neighbour = "https://library.shiken-b.example/callback";
    await systems.counter("試験B市 図書館", { redirectUri: neighbour });
    const stepFor = async (redirectUri: string) => {
      const pending = await library.client.begin({ mode: "register" });
      pending.url.searchParams.set("redirect_uri", redirectUri);
      return (await library.receiveWith(pending)).step;
    };

    await step({ ja: "登録した戻り先では始まる", en: "its own address" }, async () => {
      expect(await stepFor(home)).toMatchObject({ step: "card" });
    });
    const others = [
      { ja: "他の自治体のドメイン", en: "another municipality's domain", uri: neighbour },
      { ja: "似たドメイン", en: "a domain like it", uri: home.replace("-a.", "-a.example.") },
      { ja: "別のパス", en: "another path", uri: `${home}/open` },
      { ja: "平文のHTTP", en: "plain HTTP", uri: home.replace("https", "http") },
    ];
    for (const { ja, en, uri } of others) {
      await step({ ja: `${ja}では始まらない`, en: `not ${en}` }, async () => {
        expect(await stepFor(uri)).toEqual({ step: "error", status: 400 });
        note({ ja, en }, "HTTP 400");
      });
    }
  },
);
