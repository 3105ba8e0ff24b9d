/** 地方認証プラットフォーム behind a slow or lossy LGWAN line, and in the rush of the morning. */
import {
  authCertificateOf,
  expect,
  japan,
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
    timeout: 120_000,
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const { faults, seen } = lab.localAuthPf;
    const certificate = await authCertificateOf(await insertCard());
    const window = systems.window("試験市 出張所");
    const queries = () => seen.all().length;

    const deadline = await step({ ja: "遅延がなければ一度で済む", en: "no delay" }, async () => {
      const asked = performance.now();
      expect(await window.decide(certificate)).toMatchObject({ action: "serve" });
      expect(queries()).toBe(1);
      // On a machine that is slow itself, nobody is in a hurry.
      return Math.ceil(Math.max(1500, 10 * (performance.now() - asked)));
    });
    await step({ ja: "遅延2秒：時間切れのあと一度だけ再送", en: "2 s: once more" }, async () => {
      const hasty = systems.window("試験市 連絡所", { deadline });
      // Does nothing, and is over when two requests have come.
      faults.inject({ kind: "latency", milliseconds: 0 }, { times: 2 });
      faults.inject({ kind: "latency", milliseconds: deadline + 500 }, { times: 1 });
      expect(await hasty.decide(certificate)).toMatchObject({ action: "serve" });
      expect(faults.active).toBe(false);
      expect(queries()).toBe(2);
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

const MUNICIPALITIES = 200;
/** What one municipality asks beside all others, and how many of that at any time. */
const BULK = 500;
const STREAMS = 4;
/**
 * All but one in so many ask by CRL方式. The platform gives a responder five seconds, which here works
 * off all its questions in the same process.
 */
const BY_LIST = 20;
const TURNED_AWAY = 8;
/** Nothing here is about how long an answer takes. */
const PATIENT = { deadline: 150_000 };

scenario(
  "LA-08",
  {
    title: {
      ja: "始業時の200団体の集中でも回答は取り違えられず、どの自治体も待たされ続けない",
      en: "200 municipalities at half past eight: no answer is mixed up, and nobody is left waiting",
    },
    system: "local-auth-pf",
    source: `${PLATFORM} 利用団体（約200団体）; RFC 6585 4 (429)`,
    effect: "read-only",
    needs: ["lab"],
    tags: ["load"],
    timeout: 180_000,
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const holder = await insertCard();
    const lost = { certificate: await authCertificateOf(holder), expected: "turnAway" } as const;
    const fine = {
      certificate: await authCertificateOf(await insertCard()),
      expected: "serve",
    } as const;
    lab.counter.lose(holder.issued.resident);
    lab.clock.travelTo(japan(lab)(1, "08:30"));
    const questions = Array.from({ length: MUNICIPALITIES }, (_, i) => {
      const methods = [i % BY_LIST === 0 ? "ocsp" : "crl"] as const;
      const window = systems.window(`試験${i + 1}市 市民課窓口`, { ...PATIENT, methods });
      return { window, ...(i % 3 === 0 ? lost : fine) };
    });
    const rush = (asked = questions) => Promise.all(asked.map(decided));

    const { found, taken, meanwhile } = await step(
      { ja: "全団体が同時に、一団体は絶え間なく", en: "all at once, and one without end" },
      async () => {
        const window = systems.window("試験特別市 一括処理", { ...PATIENT, methods: ["crl"] });
        const taken: Decided[] = [];
        let goesOn = true;
        const ask = async () => {
          while (goesOn && taken.length < BULK) {
            taken.push(await decided({ window, ...(taken.length % 2 === 0 ? lost : fine) }));
          }
        };
        const streams = Array.from({ length: STREAMS }, ask);
        const found = await rush();
        const meanwhile = taken.length;
        goesOn = false;
        await Promise.all(streams);
        expect(found).toHaveLength(MUNICIPALITIES);
        note({ ja: "回答数", en: "answers" }, String(found.length));
        note({ ja: "p99（この計算機での所要）", en: "p99 on this machine" }, p99Of(found));
        return { found, taken, meanwhile };
      },
    );
    await step({ ja: "回答の取り違えがない", en: "none is mixed up" }, () => {
      expect([...found, ...taken].filter(isMixedUp)).toEqual([]);
    });
    await step({ ja: "一括処理より先に全団体が済む", en: "all before the bulk is done" }, () => {
      expect(meanwhile).toBeGreaterThan(0);
      expect(meanwhile).toBeLessThan(BULK);
      note({ ja: "その間の一括処理の回答数", en: "answers to the bulk" }, String(meanwhile));
    });
    await step(
      { ja: "混雑で断られた分だけ別の方法になる", en: "some are turned away" },
      async () => {
        const refuse = { kind: "refuse", status: 429, retryAfterSeconds: 5 } as const;
        lab.localAuthPf.faults.inject(refuse, { times: TURNED_AWAY });
        const found = await rush(questions.slice(0, 5 * TURNED_AWAY));
        const checked = found.filter(({ action }) => action !== "identifyOtherwise");
        expect(found.length - checked.length).toBe(TURNED_AWAY);
        expect(checked.filter(isMixedUp)).toEqual([]);
        note({ ja: "混雑で断られた件数", en: "turned away" }, String(TURNED_AWAY));
      },
    );
  },
);

interface Question {
  readonly window: Window;
  readonly certificate: Uint8Array;
  readonly expected: WindowDecision["action"];
}

interface Decided {
  readonly expected: WindowDecision["action"];
  readonly action: WindowDecision["action"];
  readonly milliseconds: number;
}

async function decided({ window, certificate, expected }: Question): Promise<Decided> {
  const asked = performance.now();
  const { action } = await window.decide(certificate);
  return { expected, action, milliseconds: performance.now() - asked };
}

function isMixedUp({ expected, action }: Decided): boolean {
  return expected !== action;
}

/** What 99 of 100 had to wait at most, for people. */
function p99Of(found: readonly Decided[]): string {
  const waits = found.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
  return `${Math.round(waits[Math.ceil(waits.length * 0.99) - 1] ?? 0)} ms`;
}
