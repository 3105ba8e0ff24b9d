/** One event in a person's life, as all systems come to know of it. */
import {
  authCertificateOf,
  expect,
  japan,
  scenario,
  signCertificateOf,
} from "../../harness/index.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

scenario(
  "XS-01",
  {
    title: {
      ja: "転居を知るのはOCSPが15分以内、CRLとそれを使うシステムは翌日",
      en: "a move is known by OCSP within 15 minutes, and by lists and their users the next day",
    },
    system: "cross",
    source:
      "デジタル庁 公的個人認証サービス導入の手引き 5.1.2（CRLは日次、OCSPは15分ごと）; デジタル庁 マイキープラットフォーム連携の手引き（署名用電子証明書の状態確認）",
    effect: "read-only",
    needs: ["lab", "pins"],
    timeout: 120_000,
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const sign = await signCertificateOf(card);
    const auth = await authCertificateOf(card);
    const library = await systems.mkpf("試験市 図書館");
    const registered = await library.validity({ certificate: auth });
    expect.assert(registered.result === "valid");
    const window = systems.localAuthPf("試験市 市民課窓口", { method: "crl" });
    const move = japan(lab)(0, "10:07");
    const untilMidnight = japan(lab)(1, "00:00").getTime() - move.getTime();

    const revoked = async (method: "ocsp" | "crl") =>
      (await systems.verify(sign, "sign", method)).verdict === "revoked";
    const knows = {
      OCSP: () => revoked("ocsp"),
      CRL: () => revoked("crl"),
      MKPF: async () =>
        (await library.signCertificateStatus(registered.ppid)).status === "maybeChanged",
      地方認証PF: async () => (await window.verify(sign, "sign")).result === "revoked",
    };
    const discovered = new Map<string, number>();
    const lookAt = async (moment: number) => {
      lab.clock.travelTo(new Date(moment));
      for (const [name, isKnown] of Object.entries(knows)) {
        if (discovered.has(name) || !(await isKnown())) continue;
        discovered.set(name, moment - move.getTime());
      }
    };

    await step({ ja: "転居前はどのシステムも知らない", en: "before: nobody knows" }, async () => {
      await lookAt(move.getTime());
      expect([...discovered]).toEqual([]);
    });
    await step({ ja: "転居の5分後もまだ知らない", en: "nor five minutes after" }, async () => {
      lab.office.move(card.issued.resident);
      await lookAt(move.getTime() + 5 * MINUTE);
      expect([...discovered]).toEqual([]);
    });
    await step({ ja: "15分後はOCSPだけが知る", en: "after 15 minutes OCSP alone" }, async () => {
      await lookAt(move.getTime() + 15 * MINUTE);
      expect([...discovered.keys()]).toEqual(["OCSP"]);
    });
    await step({ ja: "25時間、1時間ごとに見る", en: "every hour, for 25 hours" }, async () => {
      for (let hours = 1; hours <= 25; hours += 1) await lookAt(move.getTime() + hours * HOUR);
      expect([...discovered.keys()]).toEqual(["OCSP", "CRL", "MKPF", "地方認証PF"]);
      for (const [name, after] of discovered) {
        expect(after).toBeLessThanOrEqual(24 * HOUR);
        expect(after >= untilMidnight).toBe(name !== "OCSP");
        note({ ja: `${name}が知るまで`, en: `${name} knows within` }, `${after / HOUR} h`);
      }
    });
    await step({ ja: "ログインには影響しない", en: "login goes on" }, async () => {
      expect((await systems.verify(auth, "auth")).verdict).toBe("valid");
      expect(await library.validity({ certificate: auth })).toMatchObject({
        result: "valid",
        ppid: registered.ppid,
      });
    });
  },
);
