/** MKPF 類型②: a platform that says "not now", and a system that has people waiting in line. */
import { askInLine, authCertificateOf, expect, scenario } from "../../harness/index.ts";

const RETRY_AFTER = 120;

scenario(
  "MK-19",
  {
    title: {
      ja: "混雑（429）・停止（503）のときはRetry-Afterだけ待ち、重複なく処理し終える",
      en: "on 429 and 503 the system waits as told, and the line drains without duplicates",
    },
    system: "mkpf-2",
    source: "RFC 6585 4 (429 Too Many Requests); RFC 9110 10.2.3 (Retry-After), 15.6.4 (503)",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const { faults, profile, seen, state } = lab.mkpf.verification;
    const certificates: Uint8Array[] = [];
    for (const persona of ["adult", "elder", "child"]) {
      certificates.push(await authCertificateOf(await insertCard({ persona })));
    }
    /** The platform is closed until the lab's time has gone on for as long as it says. */
    const close = (status: 429 | 503, path: string) => {
      const fault = { kind: "refuse", status, retryAfterSeconds: RETRY_AFTER } as const;
      const open = faults.inject(fault, { path });
      const until = lab.clock.now().getTime() + RETRY_AFTER * 1000;
      const waited: number[] = [];
      const wait = (seconds: number) => {
        waited.push(seconds);
        lab.clock.advance(seconds * 1000);
        if (lab.clock.now().getTime() >= until) open();
      };
      return { wait, waited };
    };
    const cases = [
      { status: 429, path: profile.paths.validity, ja: "有効性確認が混雑", en: "validity: 429" },
      { status: 503, path: profile.paths.token, ja: "トークン発行が停止", en: "token: 503" },
    ] as const;
    for (const { status, path, ja, en } of cases) {
      await step({ ja: `${ja}（${status}）`, en }, async () => {
        const library = await systems.mkpf(`試験市 図書館 ${status}`);
        const ask = (certificate: Uint8Array) => library.validity({ certificate });
        const before = { answered: seen.all().length, people: state().ppids.length };
        const { wait, waited } = close(status, path);
        const [first] = certificates;
        expect.assert(first !== undefined);
        await expect(ask(first)).rejects.toMatchObject({
          code: "PLATFORM_UNREACHABLE",
          status,
          retryAfterSeconds: RETRY_AFTER,
        });
        const answers = await askInLine([...certificates, first], ask, { wait });
        expect(waited).toEqual([RETRY_AFTER]);
        expect(answers).toMatchObject([
          { result: "valid", registration: "new" },
          { result: "valid", registration: "new" },
          { result: "valid", registration: "new" },
          { result: "valid", registration: "known" },
        ]);
        expect(state().ppids).toHaveLength(before.people + certificates.length);
        const checks = seen.all().slice(before.answered);
        expect(checks.filter(({ request }) => request === "validity")).toHaveLength(4);
        note({ ja: `${status}のあと待った秒数`, en: `seconds waited on ${status}` }, `${waited}`);
      });
    }
  },
);
