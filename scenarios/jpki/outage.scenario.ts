/** Status services that do not answer, or not usefully: "could not check" is never "valid". */
import { expect, JpkiClient, type ScenarioContext, scenario } from "../../harness/index.ts";

async function readAuthCertificate({ insertCard }: ScenarioContext): Promise<Uint8Array> {
  const card = await insertCard();
  const jpki = new JpkiClient(card.reader);
  await jpki.select();
  return jpki.authCertificate();
}

scenario(
  "PK-17",
  {
    title: {
      ja: "OCSPの障害（無応答・切断・503・HTML）は「確認不可」であって「有効」ではない",
      en: "an OCSP outage is “could not check”, and not “valid”",
    },
    system: "jpki",
    source: "RFC 6960 2.3; デジタル庁 MKPF 類型①（OCSP障害時はCRL）",
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { lab, systems, step, note } = context;
    const auth = await readAuthCertificate(context);
    for (const fault of ["timeout", "reset", "http-503", "html"] as const) {
      await step({ ja: `障害: ${fault}`, en: `fault: ${fault}` }, async () => {
        lab.jpki.faults.ocsp = fault;
        const verdict = await systems.verify(auth, "auth", "ocsp");
        expect(verdict.verdict).toBe("unchecked");
        note({ ja: `OCSP ${fault}`, en: `OCSP ${fault}` }, verdict.verdict);
      });
    }
    await step({ ja: "CRLでは確認できる", en: "the list still answers" }, async () => {
      const verdict = await systems.verify(auth, "auth", "crl");
      expect(verdict.verdict).toBe("valid");
    });
  },
);

scenario(
  "PK-18",
  {
    title: {
      ja: "OCSPのエラー応答（tryLater等）は「確認不可」になる",
      en: "OCSP error answers are “could not check”",
    },
    system: "jpki",
    source: "RFC 6960 4.2.1 (OCSPResponseStatus)",
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { lab, systems, step } = context;
    const auth = await readAuthCertificate(context);
    for (const fault of ["tryLater", "internalError", "unauthorized"] as const) {
      await step({ ja: `応答: ${fault}`, en: `answer: ${fault}` }, async () => {
        lab.jpki.faults.ocsp = fault;
        expect((await systems.verify(auth, "auth", "ocsp")).verdict).toBe("unchecked");
      });
    }
  },
);

scenario(
  "PK-25",
  {
    title: {
      ja: "OCSPの unknown を「有効」として扱わない",
      en: "status unknown is never treated as good",
    },
    system: "jpki",
    source: "RFC 6960 2.2 (unknown)",
    effect: "read-only",
    needs: ["lab"],
  },
  async (context) => {
    const { systems, step } = context;
    const unregistered = await systems.unregisteredCertificate();
    await step(
      { ja: "応答者の知らない発行番号", en: "a serial the responder does not know" },
      async () => {
        const verdict = await systems.verify(unregistered, "auth", "ocsp");
        expect(verdict.verdict).toBe("unknown");
      },
    );
  },
);
