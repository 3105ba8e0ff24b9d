/** Revocation lists that are in order, and about other certificates. */
import { authCertificateOf, expect, scenario } from "../../harness/index.ts";

const CHIYODA = "13101";
const SAPPORO = "01100";

scenario(
  "PK-11",
  {
    title: {
      ja: "別の認証局のCRL・同名の別世代のCRLは使わない（鍵識別子で判断）",
      en: "a list of another CA, or of another generation of the same name, is not used",
    },
    system: "jpki",
    source:
      "RFC 5280 5.2.1 (Authority Key Identifier); J-LIS 公的個人認証サービス プロファイル仕様書",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const auth = await authCertificateOf(card);
    const ours = lab.jpki.auth;
    const next = await lab.jpki.found("auth");
    const ownList = () => systems.keptList("auth", { generation: 1 });
    const verdictBy = (list: ReturnType<typeof ownList>) =>
      systems.verify(auth, "auth", { ask: [list] });

    await step({ ja: "自分の世代のCRLで有効", en: "valid by its own list" }, async () => {
      expect((await verdictBy(ownList())).verdict).toBe("valid");
    });
    await step({ ja: "別の認証局のCRLでは確認不可", en: "another CA's: unchecked" }, async () => {
      lab.jpki.faults.crl = "other-ca";
      const verdict = await verdictBy(ownList());
      expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "otherList" } });
      note({ ja: "別の認証局のCRL", en: "list of another CA" }, verdict.verdict);
      lab.jpki.faults.crl = "none";
    });
    await step({ ja: "同名の次世代のCRLでは確認不可", en: "next generation's" }, async () => {
      expect(next.authority.certificate.subject).toEqual(ours.authority.certificate.subject);
      const url = lab.addresses.crl.auth;
      const verdict = await verdictBy(systems.keptList("auth", { generation: 1, url }));
      expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "otherList" } });
      note({ ja: "同名の次世代のCRL", en: "list of the next generation" }, verdict.verdict);
    });
    await step(
      { ja: "別の認証局・次世代の正しいCRLでも", en: "nor by lists in order" },
      async () => {
        for (const list of [
          systems.keptList("sign"),
          systems.keptList("auth", { generation: 2 }),
        ]) {
          await list.refresh();
          const verdict = await verdictBy(list);
          expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "otherList" } });
        }
      },
    );
    await step({ ja: "失効は自分の世代のCRLに載る", en: "revoked by its own list" }, async () => {
      lab.office.lose(card.issued.resident);
      lab.jpki.publishNow();
      expect(await verdictBy(ownList())).toMatchObject({
        verdict: "revoked",
        reason: "certificateHold",
      });
    });
  },
);

scenario(
  "PK-12",
  {
    title: {
      ja: "別の市区町村のCRLでは「確認不可」であり「有効」ではない",
      en: "by the list of another municipality a certificate is “could not check”, and not valid",
    },
    system: "jpki",
    source: "RFC 5280 5.2.5 (Issuing Distribution Point), 6.3.3 (b)",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const inChiyoda = await authCertificateOf(await insertCard());
    const other = await lab.handOut(lab.office.register("adult", SAPPORO));
    const { authority } = lab.jpki.auth;
    const { certificate: inSapporo } = authority.find(Number.parseInt(other.authSerial, 16));
    const verdictBy = (municipality: string, certificate: Uint8Array) => {
      const list = systems.keptList("auth", { municipality });
      return systems.verify(certificate, "auth", { ask: [list] });
    };

    await step(
      { ja: "自分の市区町村のCRLで有効", en: "valid by the list of its own" },
      async () => {
        expect((await verdictBy(CHIYODA, inChiyoda)).verdict).toBe("valid");
        expect((await verdictBy(SAPPORO, inSapporo)).verdict).toBe("valid");
      },
    );
    await step({ ja: "別の市区町村のCRLでは確認不可", en: "unchecked by another's" }, async () => {
      const verdict = await verdictBy(CHIYODA, inSapporo);
      expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "otherScope" } });
      note({ ja: "別の市区町村のCRLでの結果", en: "by another's list" }, verdict.verdict);
    });
    await step(
      { ja: "代わりに配られても確認不可", en: "unchecked where it is handed out" },
      async () => {
        lab.jpki.faults.crl = "other-place";
        const verdict = await verdictBy(CHIYODA, inChiyoda);
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "otherScope" } });
        lab.jpki.faults.crl = "none";
      },
    );
    await step({ ja: "失効しても同じ", en: "the same for a revoked one" }, async () => {
      lab.office.lose(other.resident);
      lab.jpki.publishNow();
      expect((await verdictBy(SAPPORO, inSapporo)).verdict).toBe("revoked");
      expect((await verdictBy(CHIYODA, inSapporo)).verdict).toBe("unchecked");
    });
  },
);
