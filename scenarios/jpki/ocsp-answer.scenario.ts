/** OCSP answers that are signed, and still not to be believed. */
import {
  authCertificateOf,
  expect,
  type PassedAnswer,
  scenario,
  standBetween,
} from "../../harness/index.ts";

scenario(
  "PK-19",
  {
    title: {
      ja: "nonceのない応答は方針どおりに、違うnonceの応答は再送として拒む",
      en: "an answer without the nonce is a matter of policy, one with another nonce is a replay",
    },
    system: "jpki",
    source: "RFC 9654 2, 3; RFC 6960 4.4.1 (Nonce)",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const auth = await authCertificateOf(card);
    await using line = await standBetween(lab.addresses.ocsp);
    const { url } = line;
    const strict = () => systems.verify(auth, "auth", { ocsp: { url } });
    const lenient = () => systems.verify(auth, "auth", { ocsp: { url, missingNonce: "accept" } });
    let overheard: PassedAnswer | undefined;

    await step({ ja: "送ったnonceが返れば有効", en: "its own nonce: valid" }, async () => {
      line.alter = (answer) => {
        overheard = answer;
        return answer;
      };
      expect((await strict()).verdict).toBe("valid");
      line.alter = (answer) => answer;
    });
    await step({ ja: "nonceのない応答", en: "without a nonce" }, async () => {
      lab.jpki.faults.ocsp = "nonce-missing";
      const verdict = await strict();
      expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "nonce" } });
      expect((await lenient()).verdict).toBe("valid");
      note({ ja: "nonceなし（拒む方針）", en: "no nonce, strict policy" }, verdict.verdict);
    });
    await step({ ja: "違うnonceはどの方針でも拒む", en: "another one: by no policy" }, async () => {
      lab.jpki.faults.ocsp = "nonce-wrong";
      for (const verdict of [await strict(), await lenient()]) {
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "nonce" } });
      }
      lab.jpki.faults.ocsp = "none";
    });
    await step({ ja: "失効後に以前の応答を再送", en: "an old answer, after a loss" }, async () => {
      lab.office.lose(card.issued.resident);
      lab.jpki.publishNow();
      expect((await strict()).verdict).toBe("revoked");
      line.alter = (answer) => overheard ?? answer;
      const verdict = await strict();
      expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "nonce" } });
      note({ ja: "再送された応答", en: "replayed answer" }, verdict.verdict);
    });
    await step({ ja: "nonceを送らなければ見抜けない", en: "unseen without nonces" }, async () => {
      const verdict = await systems.verify(auth, "auth", {
        ocsp: { url, missingNonce: "accept", nonce: false },
      });
      expect(verdict.verdict).toBe("valid");
    });
  },
);

scenario(
  "PK-20",
  {
    title: {
      ja: "日時の合わないOCSP応答（未来・期限切れ・矛盾）は使わない",
      en: "OCSP answers whose dates do not fit (future, past, contradicting) are not used",
    },
    system: "jpki",
    source: "RFC 6960 3.2 (5), (6), 4.2.2.1 (thisUpdate, nextUpdate, producedAt)",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const auth = await authCertificateOf(await insertCard());
    await step({ ja: "日時が合えば有効", en: "valid with dates that fit" }, async () => {
      expect((await systems.verify(auth, "auth")).verdict).toBe("valid");
    });
    const cases = [
      {
        fault: "this-update-future",
        says: /from the future/,
        ja: "thisUpdateが未来",
        en: "thisUpdate in the future",
      },
      {
        fault: "next-update-past",
        says: /out of date/,
        ja: "nextUpdateが過去",
        en: "nextUpdate in the past",
      },
      {
        fault: "produced-before-update",
        says: /produced before its data/,
        ja: "producedAtがthisUpdateより前",
        en: "producedAt before thisUpdate",
      },
    ] as const;
    for (const { fault, says, ja, en } of cases) {
      await step({ ja: `${ja}: 確認不可`, en: `${en}: unchecked` }, async () => {
        lab.jpki.faults.ocsp = fault;
        const verdict = await systems.verify(auth, "auth");
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem: "time" } });
        expect.assert(verdict.verdict === "unchecked");
        expect(verdict.why.message).toMatch(says);
        note({ ja, en }, verdict.verdict);
      });
    }
  },
);

scenario(
  "PK-22",
  {
    title: {
      ja: "別の発行番号への応答は使わず、有効と失効が並べば失効とする",
      en: "an answer for another serial is not used, and revoked wins over good",
    },
    system: "jpki",
    source: "RFC 6960 3.2 (1), 4.2.1 (SingleResponse)",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const auth = await authCertificateOf(await insertCard());
    await step({ ja: "その証明書への応答なら有効", en: "its own answer: valid" }, async () => {
      expect((await systems.verify(auth, "auth")).verdict).toBe("valid");
    });
    await step({ ja: "別の発行番号への応答", en: "an answer for another serial" }, async () => {
      lab.jpki.faults.ocsp = "other-serial";
      const verdict = await systems.verify(auth, "auth");
      expect(verdict).toMatchObject({
        verdict: "unchecked",
        why: { problem: "otherCertificate" },
      });
      note({ ja: "別の発行番号への応答", en: "for another serial" }, verdict.verdict);
    });
    await step({ ja: "有効と失効の両方", en: "both good and revoked" }, async () => {
      lab.jpki.faults.ocsp = "good-and-revoked";
      const verdict = await systems.verify(auth, "auth");
      expect(verdict.verdict).toBe("revoked");
      note({ ja: "有効と失効の両方", en: "good and revoked" }, verdict.verdict);
    });
  },
);

scenario(
  "PK-23",
  {
    title: {
      ja: "資格のない応答者・期限切れの応答者・別世代の応答者のOCSP応答は使わない",
      en: "answers by a responder without the right, past its end or of another generation",
    },
    system: "jpki",
    source: "RFC 6960 4.2.2.2 (Authorized Responders)",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    // A second generation, so that there is another responder of the same name.
    await lab.jpki.found("auth");
    const auth = await authCertificateOf(await insertCard());
    await step({ ja: "正規の応答者なら有効", en: "by the right responder: valid" }, async () => {
      expect((await systems.verify(auth, "auth")).verdict).toBe("valid");
    });
    const cases = [
      { fault: "responder-without-eku", problem: "responder", ja: "OCSPSigningなし", en: "no EKU" },
      { fault: "responder-expired", problem: "responder", ja: "期限切れの応答者", en: "expired" },
      {
        fault: "responder-of-other-ca",
        problem: "responder",
        ja: "別世代の応答者",
        en: "of another generation",
      },
      { fault: "signature-wrong", problem: "signature", ja: "署名の誤り", en: "a wrong signature" },
    ] as const;
    for (const { fault, problem, ja, en } of cases) {
      await step({ ja: `${ja}: 確認不可`, en: `${en}: unchecked` }, async () => {
        lab.jpki.faults.ocsp = fault;
        const verdict = await systems.verify(auth, "auth");
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem } });
        note({ ja, en }, verdict.verdict);
      });
    }
  },
);

scenario(
  "PK-24",
  {
    title: {
      ja: "CertIDのハッシュがSHA-256でもSHA-1でも、応答者の対応に応じて一貫して扱う",
      en: "a CertID by SHA-256 or by SHA-1 is answered, or refused, consistently",
    },
    system: "jpki",
    source: "RFC 9919 (CertIDのハッシュ); RFC 6960 4.1.1 (CertID)",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const card = await insertCard();
    const auth = await authCertificateOf(card);
    const outcome = async (hash: "sha256" | "sha1") => {
      const verdict = await systems.verify(auth, "auth", { ocsp: { hash } });
      if (verdict.verdict !== "unchecked") return verdict.verdict;
      return (verdict.why as { problem?: string }).problem;
    };
    const verdicts = async () => ({
      sha256: await outcome("sha256"),
      sha1: await outcome("sha1"),
    });
    const both = (verdict: string) => ({ sha256: verdict, sha1: verdict });

    await step({ ja: "両方に答える応答者", en: "a responder that knows both" }, async () => {
      expect(await verdicts()).toEqual(both("valid"));
    });
    const cases = [
      { fault: "sha1-only", expected: { sha256: "unauthorized", sha1: "valid" } },
      { fault: "sha256-only", expected: { sha256: "valid", sha1: "unauthorized" } },
    ] as const;
    for (const { fault, expected } of cases) {
      await step({ ja: `応答者: ${fault}`, en: `responder: ${fault}` }, async () => {
        lab.jpki.faults.ocsp = fault;
        const found = await verdicts();
        expect(found).toEqual(expected);
        note({ ja: fault, en: fault }, `SHA-256 ${found.sha256}, SHA-1 ${found.sha1}`);
      });
    }
    await step({ ja: "失効もどちらでも同じ", en: "revoked by either" }, async () => {
      lab.jpki.faults.ocsp = "none";
      lab.office.lose(card.issued.resident);
      lab.jpki.publishNow();
      expect(await verdicts()).toEqual(both("revoked"));
    });
  },
);
