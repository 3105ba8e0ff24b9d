/** What platforms remember of their checks: enough to answer for each, and nothing to steal. */
import { createHash } from "node:crypto";
import {
  authCertificateOf,
  type CardInHand,
  expect,
  indiscretions,
  JpkiClient,
  scenario,
  signCertificateOf,
} from "../../harness/index.ts";

const CHALLENGE = new Uint8Array(32);
const SHA256 = new Uint8Array(createHash("sha256").update(CHALLENGE).digest());

scenario(
  "XS-05",
  {
    title: {
      ja: "すべての確認に方法・根拠の時刻・結果が残り、証明書・暗証番号・4情報は残らない",
      en: "every check leaves method, time of its evidence and result; never certificate, PIN or attributes",
    },
    system: "cross",
    source:
      "デジタル庁 公的個人認証サービス導入の手引き（検証記録の保存）; 番号法 19条・20条（特定個人情報の提供・収集の制限）; RFC 6960 4.2.1",
    effect: "read-only",
    needs: ["lab", "pins"],
    timeout: 60_000,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const cards = [await insertCard(), await insertCard(), await insertCard()] as const;
    const read = async ({ issued }: CardInHand) => {
      const card = await insertCard({ card: issued });
      const auth = await authCertificateOf(card);
      const client = new JpkiClient(card.reader);
      await client.select();
      await client.verifyAuthPin(card.pin("auth"));
      const signature = await client.signWithAuthKey({ sha256: SHA256 });
      const sign = await signCertificateOf(card);
      const proof = { challenge: CHALLENGE, signature };
      return { auth, proof, sign, resident: issued.resident };
    };
    const people = [await read(cards[0]), await read(cards[1]), await read(cards[2])];
    const [, second, third] = people;
    expect.assert(second !== undefined && third !== undefined);
    lab.counter.lose(second.resident);
    lab.jpki.publishNow();
    const libraries = {
      ocsp: await systems.mkpf("試験市 図書館"),
      crl: await systems.mkpf("試験市 文書館", { method: "crl" }),
    };
    const windows = {
      ocsp: systems.localAuthPf("試験市 市民課窓口"),
      crl: systems.localAuthPf("試験市 出張所", { method: "crl" }),
    };
    const ask = async () => {
      for (const { auth, sign } of people) {
        for (const method of ["ocsp", "crl"] as const) {
          await libraries[method].validity({ certificate: auth });
          await windows[method].verify(auth, "auth");
          await windows[method].verify(sign, "sign");
        }
      }
    };
    const mkpfChecks = () =>
      lab.mkpf.verification.seen.all().flatMap((one) => (one.request === "validity" ? [one] : []));
    const windowChecks = () =>
      lab.localAuthPf.seen.all().flatMap((one) => (one.request === "verify" ? [one] : []));
    const checks = () => [...mkpfChecks(), ...windowChecks()];

    await step({ ja: "18回の確認すべてに記録がある", en: "18 checks, 18 entries" }, async () => {
      await ask();
      expect(mkpfChecks()).toHaveLength(6);
      expect(windowChecks()).toHaveLength(12);
      note({ ja: "確認の記録", en: "entries" }, String(checks().length));
    });
    await step({ ja: "方法・根拠の時刻・結果", en: "method, evidence, result" }, () => {
      for (const { at, method, outcome } of checks()) {
        expect(at.getTime()).toBeLessThanOrEqual(lab.clock.now().getTime());
        expect(["valid", "invalid", "revoked"]).toContain(outcome.result);
        expect.assert("evidence" in outcome && outcome.evidence.method !== "certificate");
        expect(outcome.evidence.method).toBe(method);
        expect(outcome.evidence.thisUpdate).toBeInstanceOf(Date);
        if (outcome.evidence.method === "ocsp") {
          expect(outcome.evidence.producedAt).toBeInstanceOf(Date);
        } else {
          expect(outcome.evidence.crlNumber).toBeGreaterThan(0n);
        }
      }
      const results = checks().map(({ outcome }) => outcome.result);
      expect(new Set(results)).toContain("revoked");
    });
    await step({ ja: "確認できなかったことも残る", en: "what could not be checked" }, async () => {
      const before = checks().length;
      lab.jpki.faults.ocsp = "reset";
      await libraries.ocsp.validity({ certificate: third.auth });
      await windows.ocsp.verify(third.auth, "auth");
      lab.jpki.faults.ocsp = "none";
      const latest = checks().filter(({ outcome }) => outcome.result === "unconfirmed");
      expect(latest).toHaveLength(2);
      expect(checks()).toHaveLength(before + 2);
      for (const { outcome } of latest) expect(outcome).not.toHaveProperty("evidence");
    });
    await step({ ja: "署名の提示も残る（署名値は残らない）", en: "a proof is noted" }, async () => {
      await libraries.ocsp.validity({ certificate: third.auth, proof: third.proof });
      expect(mkpfChecks().at(-1)).toMatchObject({ proof: "verified", method: "ocsp" });
    });
    await step({ ja: "記録に秘密・個人情報・証明書がない", en: "nothing to steal" }, () => {
      const logs = [
        ...lab.mkpf.verification.seen.all(),
        ...lab.localAuthPf.seen.all(),
        ...lab.digitalAuthApp.seen.all(),
        ...lab.attributeProvision.seen.all(),
      ];
      expect(logs.length).toBeGreaterThan(20);
      expect(indiscretions(logs, lab.secrets())).toEqual([]);
    });
  },
);
