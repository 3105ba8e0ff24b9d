/** 認証API and 署名API: authorization requests that break a rule. */
import {
  answerOf,
  type DigitalService,
  expect,
  type ScenarioContext,
  scenario,
} from "../../harness/index.ts";

const REFERENCE = "デジタル庁 デジタル認証アプリサービスAPI リファレンス（認可リクエスト）";

interface Bad {
  readonly ja: string;
  readonly en: string;
  readonly change: (parameters: URLSearchParams) => void;
  /** Default `invalid_request`. */
  readonly error?: string;
}

const without = (ja: string, ...names: string[]): Bad => ({
  ja: `${ja}なし`,
  en: `no ${names[0]}`,
  change: (parameters) => {
    for (const name of names) parameters.delete(name);
  },
});

const having = (ja: string, name: string, value: string, error?: string): Bad => ({
  ja: `${name}${ja}`,
  en: `${name}: ${/^[\x20-\x7e]{1,20}$/.test(value) ? value : `${value.length} characters`}`,
  change: (parameters) => parameters.set(name, value),
  ...(error && { error }),
});

const BAD: readonly Bad[] = [
  without("nonce", "nonce"),
  without("state", "state"),
  without("PKCE", "code_challenge", "code_challenge_method"),
  having("が空", "nonce", ""),
  having("が256文字", "nonce", "n".repeat(256)),
  having("が256文字", "state", "s".repeat(256)),
  having("に「あ」", "state", "あ"),
  having("に改行", "nonce", "a\nb"),
  having("がplain", "code_challenge_method", "plain"),
  having("が129文字", "code_challenge", "c".repeat(129)),
  having("に使えない文字", "code_challenge", `${"c".repeat(42)}.`),
  having("にopenidがない", "scope", "name"),
  having("がtoken", "response_type", "token", "unsupported_response_type"),
];

/** What the service is told, and how often anybody came to the token endpoint. */
async function outcomeOf({ lab }: ScenarioContext, service: DigitalService, url: URL) {
  const tokens = () => lab.digitalAuthApp.seen.all().filter(({ request }) => request === "token");
  const before = tokens().length;
  const step = await service.browser().open(url);
  if (step.step !== "back") return { step: step.step };
  // The answer to another response type comes in the fragment.
  const answer = new URLSearchParams(`${step.url.search.slice(1)}&${step.url.hash.slice(1)}`);
  const told = { error: answer.get("error"), code: answer.get("code") };
  return { step: "back", ...told, tokens: tokens().length - before };
}

scenario(
  "DA-02",
  {
    title: {
      ja: "必須パラメーターの欠けた・形式や長さの合わない認可要求はエラーで返る",
      en: "an authorization request without a required parameter, or of a wrong form, is an error",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}; RFC 6749 4.1.2.1; RFC 7636 4.3, 4.4.1`,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { systems, issueCard, step, note } = context;
    const service = await systems.service("試験市 電子申請");
    const card = await issueCard();

    await step(
      { ja: "上限いっぱいの正しい要求は通る", en: "the longest right request" },
      async () => {
        const pending = await service.begin(card);
        const [state, nonce] = ["~".repeat(255), " ".repeat(255)];
        pending.url.searchParams.set("state", state);
        pending.url.searchParams.set("nonce", nonce);
        const answer = await service.visit(pending);
        const { sub } = await service.client.finish(answer, { ...pending, state, nonce });
        expect(sub).toBeTruthy();
      },
    );
    for (const { ja, en, change, error = "invalid_request" } of BAD) {
      await step({ ja, en }, async () => {
        const { url } = await service.begin(card);
        change(url.searchParams);
        expect(await outcomeOf(context, service, url)).toEqual({
          step: "back",
          error,
          code: null,
          tokens: 0,
        });
      });
    }
    await step(
      { ja: "戻り先・client_idが違えば戻らない", en: "wrong address or client" },
      async () => {
        for (const [name, value] of [
          ["redirect_uri", "http://127.0.0.1:1/another"],
          ["client_id", "RP99999999x"],
        ] as const) {
          const { url } = await service.begin(card);
          url.searchParams.set(name, value);
          expect(await outcomeOf(context, service, url)).toEqual({ step: "error" });
        }
      },
    );
    note({ ja: "拒まれた要求の種類", en: "kinds of refused requests" }, String(BAD.length + 2));
  },
);

scenario(
  "DA-03",
  {
    title: {
      ja: "署名の認可要求は、自分の・未使用の取引IDがなければ拒まれる",
      en: "a request to sign needs a transaction: the service's own, and not used before",
    },
    system: "digital-auth-app",
    source: `デジタル庁 デジタル認証アプリサービスAPI 署名API リファレンス（sign_transaction_id）; RFC 9562 4`,
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { systems, issueCard, step, note } = context;
    const service = await systems.service("試験市 電子申請");
    const neighbour = await systems.service("試験町 電子申請");
    const card = await issueCard();
    const hash = new Uint8Array(32).fill(1);
    const start = () => service.client.startSignature(hash);
    const refused = { step: "back", error: "invalid_request", code: null, tokens: 0 };
    const ask = async (id: string | undefined, who = service) => {
      const wish = id === undefined ? {} : { signTransactionId: id };
      const { url } = await who.begin(card, wish);
      if (id === undefined) url.searchParams.set("scope", "openid sign");
      return outcomeOf(context, service, url);
    };

    await step({ ja: "取引IDなし", en: "no transaction" }, async () => {
      expect(await ask(undefined)).toEqual(refused);
    });
    await step({ ja: "UUIDでない・知らない取引ID", en: "no UUID; nobody's" }, async () => {
      expect(await ask("1")).toEqual(refused);
      expect(await ask(crypto.randomUUID())).toEqual(refused);
    });
    await step({ ja: "scopeにsignがない", en: "without the scope sign" }, async () => {
      const { url } = await service.begin(card, { signTransactionId: await start() });
      url.searchParams.set("scope", "openid");
      expect(await outcomeOf(context, service, url)).toEqual(refused);
    });
    await step({ ja: "他のサービスの取引ID", en: "another service's" }, async () => {
      expect(await ask(await start(), neighbour)).toEqual(refused);
    });
    await step({ ja: "一度は通り、二度目は拒まれる", en: "once, and not twice" }, async () => {
      const id = await start();
      const user = await service.signIn(card, { signTransactionId: id });
      expect((await service.client.signResult(id, user)).signature).toHaveLength(256);
      expect(await ask(id)).toEqual(refused);
      note({ ja: "二度目の応答", en: "answer to the second" }, "invalid_request");
    });
    await step({ ja: "同時に2つの画面で：成立は一つ", en: "two pages at once: one" }, async () => {
      const id = await start();
      const pages = [service.browser(), service.browser()];
      for (const page of pages) {
        const { url } = await service.client.begin({ signTransactionId: id });
        expect(await page.open(url)).toEqual({ step: "screen" });
      }
      const errors: (string | null)[] = [];
      for (const page of pages) {
        const answer = answerOf(await page.respond({ card: card.id, consent: [] }));
        errors.push(answer.searchParams.get("error"));
      }
      expect(errors).toEqual([null, "invalid_request"]);
    });
    await step({ ja: "期限の過ぎた取引ID", en: "too old" }, async () => {
      const id = await start();
      const { profile } = context.lab.digitalAuthApp;
      context.lab.clock.advance((profile.rules.signTransactionSeconds + 1) * 1000);
      expect(await ask(id)).toEqual(refused);
    });
  },
);
