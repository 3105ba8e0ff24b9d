/** Revocation lists that are spoilt on the way, and lists of national size. */
import {
  authCertificateOf,
  expect,
  readByLibrary,
  scenario,
  standBetween,
} from "../../harness/index.ts";

/** The largest number of four bytes; the made-up entries end not far below it. */
const LAST_SERIAL = 0x7fffffffn;
/** Ten million is what the real lists may have at most; a tenth of it is quick everywhere. */
const ENTRIES = Number(process.env.JPKI_BENCH_LIST_ENTRIES ?? 1_000_000);

scenario(
  "PK-13",
  {
    title: {
      ja: "途中で切れた・長さの違う・圧縮されたCRLは使わず、前のCRLを保つ",
      en: "a list cut off, of the wrong length or compressed is not used, and the old one stays",
    },
    system: "jpki",
    source: "RFC 5280 5.1 (CertificateList); RFC 9110 8.4 (Content-Encoding), 8.6 (Content-Length)",
    effect: "read-only",
    needs: ["lab"],
    version: 2,
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const auth = await authCertificateOf(await insertCard());
    const list = systems.keptList("auth");
    const byList = (source = list) => systems.verify(auth, "auth", { ask: [source] });

    await step({ ja: "完全なCRLで有効", en: "valid by the whole list" }, async () => {
      expect((await byList()).verdict).toBe("valid");
    });
    const used = list.list;
    const cases = [
      { fault: "truncated", problem: "malformedAnswer", ja: "途中で切れたCRL", en: "cut off" },
      { fault: "length-wrong", problem: "connection", ja: "長さの違うCRL", en: "wrong length" },
      { fault: "gzip", problem: "malformedAnswer", ja: "圧縮されたCRL", en: "compressed" },
    ] as const;
    for (const { fault, problem, ja, en } of cases) {
      await step({ ja: `${ja}は使わない`, en: `not used: ${en}` }, async () => {
        lab.jpki.faults.crl = fault;
        const verdict = await byList(systems.keptList("auth"));
        expect(verdict).toMatchObject({ verdict: "unchecked", why: { problem } });
        note({ ja, en }, problem);
      });
      await step({ ja: "前のCRLを保つ", en: "the old list stays" }, async () => {
        await expect(list.refresh()).rejects.toMatchObject({ problem });
        expect(list.list).toBe(used);
        expect((await byList()).verdict).toBe("valid");
      });
    }
    await step(
      { ja: "後ろに余分のあるCRLは使わない", en: "not used: a byte too many" },
      async () => {
        lab.jpki.faults.crl = "none";
        await using line = await standBetween(lab.addresses.crl.auth);
        const longer = systems.keptList("auth", { url: line.url });
        expect((await byList(longer)).verdict).toBe("valid");
        line.alter = (answer) => ({ ...answer, body: Uint8Array.of(...answer.body, 0) });
        await expect(longer.refresh()).rejects.toMatchObject({ problem: "malformedAnswer" });
        expect((await byList(longer)).verdict).toBe("valid");
      },
    );
  },
);

scenario(
  "PK-15",
  {
    title: {
      ja: "全国規模のCRLでも失効と有効を正しく判定する",
      en: "a list of national size tells revoked from valid",
    },
    system: "jpki",
    source:
      "RFC 5280 5.1.2.6 (Revoked Certificates); デジタル庁 公的個人認証サービス導入の手引き（CRL提供方式）",
    effect: "read-only",
    needs: ["lab"],
    timeout: 300_000,
  },
  async ({ lab, systems, insertCard, issueCard, step, note }) => {
    const good = await authCertificateOf(await insertCard());
    const lost = await issueCard();
    const { authority } = lab.jpki.auth;
    const { certificate: revoked } = authority.find(Number.parseInt(lost.authSerial, 16));
    const list = systems.keptList("auth");
    const byList = (certificate: Uint8Array) =>
      systems.verify(certificate, "auth", { ask: [list] });

    await step({ ja: "短いCRLで有効", en: "valid by a short list" }, async () => {
      expect((await byList(revoked)).verdict).toBe("valid");
    });
    await step({ ja: `${ENTRIES}件のCRLを読む`, en: `read ${ENTRIES} entries` }, async () => {
      lab.office.lose(lost.resident);
      lab.jpki.auth.padding = ENTRIES;
      lab.jpki.publishNow();
      const began = performance.now();
      await list.refresh();
      expect(list.list?.size).toBe(ENTRIES + 1);
      const milliseconds = Math.round(performance.now() - began);
      note(
        { ja: "作成・取得・検証の時間", en: "made, fetched and checked in" },
        `${milliseconds} ms`,
      );
      note({ ja: "CRLの件数", en: "entries" }, String(list.list?.size));
    });
    await step({ ja: "失効した証明書は失効", en: "the revoked one: revoked" }, async () => {
      expect(await byList(revoked)).toMatchObject({
        verdict: "revoked",
        reason: "certificateHold",
      });
    });
    await step({ ja: "CRLの終わりまで引ける", en: "looked up to the end of the list" }, () => {
      const last = Array.from({ length: 100 }, (_, i) => LAST_SERIAL - BigInt(i));
      expect(last.some((serial) => list.list?.find(serial) !== undefined)).toBe(true);
    });
    await step({ ja: "ほかの証明書は有効", en: "another one: valid" }, async () => {
      expect((await byList(good)).verdict).toBe("valid");
    });
  },
);

scenario(
  "PK-16",
  {
    title: {
      ja: "既定値のasn1jsはCRLの1万要素超で止まり、上限の指定で読める",
      en: "asn1js as it comes stops at a list of more than 10,000 nodes, and reads it when told to",
    },
    system: "jpki",
    source: "asn1js 3.0.10 (maxNodes); PeculiarVentures/asn1-schema issue 134",
    effect: "read-only",
    needs: ["lab"],
  },
  async ({ lab, systems, insertCard, step, note }) => {
    const auth = await authCertificateOf(await insertCard());
    await step(
      { ja: "短いCRLは既定値で読める", en: "a short list is read as it comes" },
      async () => {
        expect(readByLibrary(await lab.jpki.auth.crl())).toBeUndefined();
      },
    );
    lab.jpki.auth.padding = 3000;
    lab.jpki.publishNow();
    const long = await lab.jpki.auth.crl();
    await step({ ja: "3000件では既定値の上限に達する", en: "3000 entries: the limit" }, () => {
      const error = readByLibrary(long);
      expect(error).toMatch(/node count exceeded/);
      note({ ja: "asn1jsの誤り", en: "what asn1js says" }, error ?? "-");
    });
    await step({ ja: "上限を指定すれば読める", en: "read with a higher limit" }, () => {
      expect(readByLibrary(long, { maxNodes: 100_000 })).toBeUndefined();
    });
    await step(
      { ja: "上限のない読取りでは有効", en: "a reader without limit: valid" },
      async () => {
        const list = systems.keptList("auth");
        expect((await systems.verify(auth, "auth", { ask: [list] })).verdict).toBe("valid");
        expect(list.list?.size).toBe(3000);
      },
    );
  },
);
