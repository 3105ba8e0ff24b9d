/** 地方認証プラットフォーム behind a slow or lossy LGWAN line, and in the rush of the morning. */
import {
  authCertificateOf,
  expect,
  scenario,
  type Window,
  type WindowDecision,
} from "../../harness/index.ts";

const PLATFORM = "J-LIS 地方認証プラットフォーム（OCSP方式・CRL方式）";
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

scenario(
  "LA-05",
  {
    title: {
      ja: "遅延・欠損のある回線では一度だけ問い直し、CRLの同期は再開する",
      en: "on a slow and lossy line a query is asked once more, and the list is synchronised later",
    },
    system: "local-auth-pf",
    source: `${PLATFORM}; RFC 9110 9.2.2（再送できる要求）`,
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const { faults, seen } = lab.localAuthPf;
    const certificate = await authCertificateOf(await insertCard());
    const window = systems.window("試験市 出張所", { deadline: 1500 });
    const queries = () => seen.all().length;

    await step({ ja: "遅延2秒：時間切れのあと一度だけ再送", en: "2 s: once more" }, async () => {
      // Does nothing, and is over when two requests have come.
      faults.inject({ kind: "latency", milliseconds: 0 }, { times: 2 });
      faults.inject({ kind: "latency", milliseconds: 2000 }, { times: 1 });
      expect(await window.decide(certificate)).toMatchObject({ action: "serve" });
      expect(faults.active).toBe(false);
      expect(queries()).toBe(1);
    });
    await step({ ja: "20件に1件（5%）の欠損", en: "one in twenty is lost" }, async () => {
      const before = queries();
      // Twenty, and the one that is sent again.
      faults.inject({ kind: "latency", milliseconds: 0 }, { times: 21 });
      for (let query = 1; query <= 20; query += 1) {
        if (query === 7) faults.inject({ kind: "drop" }, { times: 1 });
        expect(await window.decide(certificate)).toMatchObject({ action: "serve" });
      }
      expect(faults.active).toBe(false);
      expect(queries() - before).toBe(20);
      note({ ja: "欠損1件を含む20件の回答", en: "answers to twenty, one lost" }, "20");
    });
    await step({ ja: "再送は一度だけで、あとは別の方法", en: "not more than once" }, async () => {
      const before = queries();
      faults.inject({ kind: "drop" }, { times: 3 });
      expect(await window.decide(certificate)).toEqual({
        action: "identifyOtherwise",
        why: "unreachable",
      });
      expect(faults.active).toBe(true);
      faults.clear();
      expect(queries()).toBe(before);
    });
    await step({ ja: "途切れたCRLの同期は再開する", en: "the list comes later" }, async () => {
      const shelter = systems.window("試験市 避難所", { methods: ["crl"] });
      const listOf = async () => {
        const decision = await shelter.decide(certificate);
        return decision.action === "serve" ? decision.evidence.thisUpdate : undefined;
      };
      const first = await listOf();
      expect.assert(first !== undefined);
      lab.jpki.faults.crl = "truncated";
      lab.clock.advance(DAY);
      expect(await listOf()).toEqual(first);
      lab.jpki.faults.crl = "none";
      lab.clock.advance(lab.localAuthPf.profile.lists.retryMinutes * MINUTE);
      expect(await listOf()).toEqual(new Date(first.getTime() + DAY));
    });
  },
);

const MUNICIPALITIES = 20;
/** Questions the greedy municipality has under way at any time. */
const GREEDY = 4;
const TURNED_AWAY = 8;
/** Nothing here is about how long an answer takes. */
const PATIENT = { deadline: 30_000 };

scenario(
  "LA-08",
  {
    title: {
      ja: "始業時の集中でも回答は取り違えられず、どの自治体も待たされ続けない",
      en: "in the rush of the morning no answer is mixed up, and no municipality is left waiting",
    },
    system: "local-auth-pf",
    source: `${PLATFORM} 利用団体（約200団体）; RFC 6585 4 (429)`,
    effect: "read-only",
    needs: ["lab"],
    tags: ["load"],
    timeout: 60_000,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const lost = await insertCard();
    const lostCertificate = await authCertificateOf(lost);
    const certificate = await authCertificateOf(await insertCard());
    lab.counter.lose(lost.issued.resident);
    lab.jpki.publishNow();
    const people = [
      { certificate: lostCertificate, expected: "turnAway" },
      { certificate, expected: "serve" },
    ] as const;
    const windows = Array.from({ length: MUNICIPALITIES }, (_, i) =>
      systems.window(`試験${i + 1}市 市民課窓口`, PATIENT),
    );
    /** Asks about one person, then the other. */
    const ask = async (window: Window): Promise<Decided[]> => {
      const found = [];
      for (const { certificate, expected } of people) {
        found.push({ expected, action: (await window.decide(certificate)).action });
      }
      return found;
    };
    const rush = async () => (await Promise.all(windows.map(ask))).flat();

    await step({ ja: "全団体が同時に問い合わせる", en: "all at once" }, async () => {
      const found = await rush();
      expect(found).toHaveLength(2 * MUNICIPALITIES);
      expect(found.filter(isMixedUp)).toEqual([]);
      note({ ja: "回答数", en: "answers" }, String(found.length));
    });
    await step({ ja: "一団体が問い合わせ続けても全団体が済む", en: "a greedy one" }, async () => {
      const greedy = systems.window("試験特別市 一括処理", PATIENT);
      const taken: Decided[] = [];
      let goesOn = true;
      const flood = async () => {
        while (goesOn) taken.push(...(await ask(greedy)));
      };
      const streams = Array.from({ length: GREEDY }, flood);
      const found = await rush();
      const share = taken.length;
      goesOn = false;
      await Promise.all(streams);
      expect([...found, ...taken].filter(isMixedUp)).toEqual([]);
      expect(share).toBeGreaterThan(0);
      expect(share).toBeLessThan(found.length);
      note({ ja: "その間の一団体の回答数", en: "answers to the greedy one" }, String(share));
    });
    await step(
      { ja: "混雑で断られた分だけ別の方法になる", en: "some are turned away" },
      async () => {
        const refuse = { kind: "refuse", status: 429, retryAfterSeconds: 5 } as const;
        lab.localAuthPf.faults.inject(refuse, { times: TURNED_AWAY });
        const found = await rush();
        const checked = found.filter(({ action }) => action !== "identifyOtherwise");
        expect(found.length - checked.length).toBe(TURNED_AWAY);
        expect(checked.filter(isMixedUp)).toEqual([]);
        note({ ja: "混雑で断られた件数", en: "turned away" }, String(TURNED_AWAY));
      },
    );
  },
);

interface Decided {
  readonly expected: WindowDecision["action"];
  readonly action: WindowDecision["action"];
}

function isMixedUp({ expected, action }: Decided): boolean {
  return expected !== action;
}
