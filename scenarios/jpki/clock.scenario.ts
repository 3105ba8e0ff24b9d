/** Clocks that do not agree. */
import { authCertificateOf, expect, scenario } from "../../harness/index.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

scenario(
  "PK-21",
  {
    title: {
      ja: "検証側の時計のずれは5分まで許し、25時間なら時計を疑う理由つきで確認不可とする",
      en: "a clock five minutes off is tolerated; 25 hours are “could not check”, with a hint at the clock",
    },
    system: "jpki",
    source: "RFC 6960 3.2 (5), (6); RFC 5019 4 (Ensuring an OCSPResponse Is Fresh)",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const auth = await authCertificateOf(await insertCard());
    // A certificate of the same day would not yet be valid by a clock that is slow.
    lab.clock.advance(72 * HOUR);
    // What was published this very moment is from the future by a clock that is slow.
    lab.jpki.publishNow();

    for (const minutes of [0, 5, -5]) {
      await step({ ja: `${minutes}分のずれ`, en: `${minutes} minutes off` }, async () => {
        for (const method of ["ocsp", "crl"] as const) {
          const clockAhead = minutes * MINUTE;
          const verdict = await systems.verify(auth, "auth", { ask: [method], clockAhead });
          expect(verdict.verdict).toBe("valid");
        }
      });
    }
    for (const hours of [25, -25]) {
      await step({ ja: `${hours}時間のずれ`, en: `${hours} hours off` }, async () => {
        const verdict = await systems.verify(auth, "auth", { clockAhead: hours * HOUR });
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "time" } });
        expect.assert(verdict.verdict === "unchecked");
        expect(verdict.why.message).toMatch(/is a clock wrong\?/);
        note({ ja: `${hours}時間のずれ`, en: `${hours} hours off` }, verdict.verdict);
      });
    }
    await step(
      { ja: "遅れた時計には未来のCRL", en: "to a slow clock the list is early" },
      async () => {
        const verdict = await systems.verify(auth, "auth", {
          ask: ["crl"],
          clockAhead: -25 * HOUR,
        });
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "time" } });
      },
    );
    await step(
      { ja: "進んだ時計には期限の切れたCRL", en: "to a fast clock the list has ended" },
      async () => {
        const list = systems.keptList("auth");
        await list.refresh();
        expect.assert(list.list !== undefined);
        const end = list.list.nextUpdate.getTime();
        // Nothing new is published, so that going on in time is the same as a clock that is fast.
        lab.jpki.faults.crl = "http-503";
        lab.clock.travelTo(new Date(end + 4 * MINUTE));
        expect((await systems.verify(auth, "auth", { ask: [list] })).verdict).toBe("valid");
        lab.clock.travelTo(new Date(end + 6 * MINUTE));
        expect((await systems.verify(auth, "auth", { ask: [list] })).verdict).toBe("unchecked");
      },
    );
  },
);
