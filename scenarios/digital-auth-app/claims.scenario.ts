/** 認証API: which 4情報 a service gets, and in which forms. */
import {
  expect,
  readUserAttributes,
  type ScenarioContext,
  scenario,
  type UserAttribute,
} from "../../harness/index.ts";

const REFERENCE = "デジタル庁 デジタル認証アプリサービスAPI 認証API リファレンス";

const ALL: readonly UserAttribute[] = ["name", "address", "birthdate", "gender"];

const SETS: readonly (readonly UserAttribute[])[] = [
  [],
  ...ALL.map((attribute) => [attribute]),
  ["name", "birthdate"],
  ALL,
];

type Resident = Awaited<ReturnType<ScenarioContext["issueCard"]>>["resident"];

/** What the register has. Compared here, so that no failure prints it. */
function isOwn(found: unknown, resident: Resident, wanted: readonly UserAttribute[]): boolean {
  const { name, address, birthDate, sex } = resident;
  const own = { name, address, birthdate: birthDate, gender: sex };
  const expected = Object.fromEntries(wanted.map((attribute) => [attribute, own[attribute]]));
  return JSON.stringify(found) === JSON.stringify(expected);
}

scenario(
  "DA-01",
  {
    title: {
      ja: "どのテストカードでも、求めて同意された項目だけが返る",
      en: "whichever test card is picked, the claims asked for and agreed to come back, and no other",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}（scope）、テストカード代替機能; OpenID Connect Core 1.0 5.3, 5.4`,
    effect: "read-only",
    needs: ["lab"],
    timeout: 120_000,
  },
  async ({ systems, issueCard, step, note }) => {
    const service = await systems.service("試験市 電子申請");
    for (const persona of ["adult", "child", "elder", "gaiji", "long-name"]) {
      const card = await issueCard({ persona });
      await step({ ja: `テストカード：${persona}`, en: `test card: ${persona}` }, async () => {
        const subs = new Set<string>();
        for (const wanted of SETS) {
          const { sub, claims } = await service.signIn(card, { attributes: wanted });
          expect(Object.keys(claims).sort()).toEqual(["sub", ...wanted].sort());
          const { known, missing } = readUserAttributes(claims, wanted);
          expect(missing).toEqual([]);
          expect(isOwn(known.reveal(), card.resident, wanted)).toBe(true);
          subs.add(sub);
        }
        expect(subs.size).toBe(1);
      });
    }
    note({ ja: "scopeの組み合わせ", en: "sets of scopes" }, String(SETS.length));
  },
);

scenario(
  "DA-09",
  {
    title: {
      ja: "一部の項目だけ同意された場合、欠けた項目を欠けたものとして扱う",
      en: "where fewer attributes are agreed to, the missing ones are taken for missing",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}（同意画面）; OpenID Connect Core 1.0 5.3.2（返らないクレーム）`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ systems, issueCard, step, note }) => {
    const service = await systems.service("試験市 電子申請");
    const card = await issueCard();
    const cases: readonly (readonly UserAttribute[])[] = [["name"], ["address", "gender"], []];
    for (const consent of cases) {
      const shown = consent.join(", ") || "—";
      await step({ ja: `同意した項目：${shown}`, en: `agreed to: ${shown}` }, async () => {
        const { claims } = await service.signIn(card, { attributes: ALL, consent });
        const { known, missing } = readUserAttributes(claims, ALL);
        expect(missing).toEqual(ALL.filter((attribute) => !consent.includes(attribute)));
        expect(isOwn(known.reveal(), card.resident, consent)).toBe(true);
        note({ ja: "欠けた項目", en: "missing" }, missing.join(", "));
      });
    }
  },
);

scenario(
  "DA-18",
  {
    title: {
      ja: "住所・生年月日・性別がどの形式で返っても読み取り、知らない形式は断る",
      en: "address, birth date and gender are read in each form, and an unknown form is refused",
    },
    system: "digital-auth-app",
    source: `${REFERENCE}（userinfo）; OpenID Connect Core 1.0 5.1, 5.1.1; JIS X 0303`,
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ systems, issueCard, step, note }) => {
    const cards = [await issueCard(), await issueCard({ persona: "elder" })];
    const forms = { address: ["string", "object"], gender: ["word", "digit"] } as const;
    const birthdates = ["YYYY-MM-DD", "YYYYMMDD"] as const;
    const variants = forms.address.flatMap((address) =>
      forms.gender.flatMap((gender) =>
        birthdates.map((birthdate) => ({ address, gender, birthdate })),
      ),
    );
    const raw: Record<string, unknown>[] = [];
    for (const claims of variants) {
      const shown = Object.values(claims).join(" / ");
      await step({ ja: `形式：${shown}`, en: `forms: ${shown}` }, async () => {
        await using platform = await systems.digitalAuthBy({ claims });
        const service = await platform.service("試験市 電子申請");
        for (const card of cards) {
          const user = await service.signIn(card, { attributes: ALL });
          const { known } = readUserAttributes(user.claims, ALL);
          expect(isOwn(known.reveal(), card.resident, ALL)).toBe(true);
          raw.push({ ...user.claims });
        }
      });
    }
    await step({ ja: "形式は実際に違っていた", en: "the forms did differ" }, () => {
      const kinds = (name: string) => new Set(raw.map((claims) => typeof claims[name])).size;
      expect(kinds("address")).toBe(2);
      const lengths = (name: string) => new Set(raw.map((claims) => String(claims[name]).length));
      expect(lengths("birthdate")).toEqual(new Set([8, 10]));
      expect(lengths("gender").size).toBeGreaterThan(1);
      note({ ja: "試した形式の組み合わせ", en: "forms tried" }, String(variants.length));
    });
    await step({ ja: "知らない形式は黙って通さない", en: "unknown forms: refused" }, () => {
      const unknown = [
        { address: { locality: "試験区" } },
        { birthdate: "平成2年1月2日" },
        { gender: "男" },
      ];
      for (const claims of unknown) {
        const names = Object.keys(claims) as UserAttribute[];
        const fault = expect.objectContaining({ code: "PLATFORM_PROTOCOL" });
        expect(() => readUserAttributes(claims, names)).toThrow(fault);
      }
    });
  },
);
