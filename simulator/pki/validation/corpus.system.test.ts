/**
 * Agreement at scale: several hundred certificates in every state, and about each of them our CA,
 * our list and our responder say what was done to it, as OpenSSL and Python's cryptography read them.
 */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemParts } from "../../testing/require-system.ts";
import type { CertificateKind, StatusSource } from "../status.ts";
import { type Corpus, type CorpusEntry, KINDS, makeCorpus, wordsFor } from "../testing/corpus.ts";
import {
  askCryptography,
  pythonWithCryptography,
  type Testimony,
} from "../testing/cryptography.ts";
import {
  hasOpenssl,
  openssl,
  readAnswers,
  readListText,
  readVerification,
} from "../testing/openssl.ts";
import { CrlSource } from "./crl-source.ts";
import { ocspSource } from "./ocsp-source.ts";

/** As many as one request may ask about. */
const BATCH = 100;

const python = pythonWithCryptography();
const system = systemParts({ openssl: hasOpenssl(), "python3-cryptography": python !== undefined });

let folder: string;
let corpus: Corpus;
let server: FastifyInstance;
let responder: string;
/** Seconds. */
let now: number;

const path = (name: string) => join(folder, name);
const of = (kind: CertificateKind) => corpus.entries.filter((entry) => entry.kind === kind);

/** Serial number to what is said of the certificate, in the order of the numbers. */
function table(entries: readonly CorpusEntry[], say: (entry: CorpusEntry) => string) {
  return sorted(entries.map((entry) => [entry.serial, say(entry)]));
}

function sorted(pairs: Iterable<readonly [string, string]>): Record<string, string> {
  return Object.fromEntries([...pairs].sort(([a], [b]) => a.localeCompare(b)));
}

beforeAll(async () => {
  if (system.missing.length > 0) return;
  corpus = await makeCorpus();
  now = corpus.world.clock.now().getTime() / 1000;
  server = Fastify({ forceCloseConnections: true });
  await server.register(corpus.jpki.routes);
  responder = `${await server.listen({ port: 0, host: "127.0.0.1" })}/ocsp`;
  folder = await mkdtemp(join(tmpdir(), "jpki-corpus-"));
  await writeFile(path("world.json"), JSON.stringify({ now, responder, kinds: KINDS }));
  for (const kind of KINDS) await writeKind(kind);
});

afterAll(async () => {
  await server?.close();
  if (folder !== undefined) await rm(folder, { recursive: true });
});

async function writeKind(kind: CertificateKind): Promise<void> {
  const { authority } = corpus.jpki[kind];
  await mkdir(path(kind));
  await writeFile(path(`${kind}-ca.der`), authority.certificate.der);
  await writeFile(path(`${kind}-ca.pem`), pem("CERTIFICATE", authority.certificate.der));
  const list = await corpus.jpki[kind].crl();
  await writeFile(path(`${kind}.crl`), list);
  await writeFile(path(`${kind}.crl.pem`), pem("X509 CRL", list));
  for (const { serial, certificate } of of(kind)) {
    await writeFile(path(`${kind}/${serial}.der`), certificate);
    await writeFile(path(`${kind}/${serial}.pem`), pem("CERTIFICATE", certificate));
  }
}

function pem(label: string, der: Uint8Array): string {
  const body = Buffer.from(der).toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

describe.skipIf(system.missing.length > 0)(system.title("a corpus of certificates"), () => {
  it("has at least 500, half of each kind, with every state among them", () => {
    const { entries } = corpus;
    expect(entries.length).toBeGreaterThanOrEqual(500);
    expect(of("auth").length).toBe(of("sign").length);
    const states = entries.map(({ kind, validity, truth, published }) =>
      [kind, validity, truth.split(" ")[1], truth === published].join(" "),
    );
    // Two kinds, three times; good, seven reasons, and one of these not published yet.
    expect(new Set(states).size).toBe(2 * 3 * 9);
  });

  describe.each(KINDS)("%s: our own side", (kind) => {
    it("knows in the CA what was done, and shows in list and answers what was published", async () => {
      const { jpki, world } = corpus;
      const { authority } = jpki[kind];
      const crl = new CrlSource({ anchor: authority.certificate.der, clock: world.clock });
      crl.load(await jpki[kind].crl());
      const ocsp = ocspSource({ ...world, url: responder, anchors: jpki.anchors });

      expect(
        table(of(kind), ({ serial }) => said(authority.revocation(Number(`0x${serial}`)))),
      ).toEqual(table(of(kind), ({ truth }) => truth));
      const published = table(of(kind), (entry) => entry.published);
      expect(await asked(kind, crl)).toEqual(published);
      expect(await asked(kind, ocsp)).toEqual(published);
    });
  });

  describe.each(KINDS)("%s: openssl", (kind) => {
    it("verifies every certificate with the list", async () => {
      const files = of(kind).map(({ serial }) => path(`${kind}/${serial}.pem`));
      const text = await openssl(
        ...["verify", "-attime", String(now), "-crl_check"],
        ...["-CAfile", path(`${kind}-ca.pem`), "-CRLfile", path(`${kind}.crl.pem`)],
        ...files,
      );
      expect(sorted(readVerification(text))).toEqual(table(of(kind), verification));
    });

    it("reads every entry of the list, and no more", async () => {
      const ca = path(`${kind}-ca.pem`);
      const list = path(`${kind}.crl.pem`);
      const text = await openssl("crl", "-in", list, "-noout", "-text", "-CAfile", ca);
      expect(text).toContain("verify OK");
      const revoked = of(kind).filter(({ published }) => published !== "good");
      expect(sorted(readListText(text))).toEqual(table(revoked, ({ published }) => published));
    });

    it("is answered about every certificate, a hundred at a time", async () => {
      const answers = new Map<string, string>();
      for (let start = 0; start < of(kind).length; start += BATCH) {
        const batch = of(kind).slice(start, start + BATCH);
        const text = await askOpenssl(kind, batch);
        expect(text).toContain("Response verify OK");
        for (const [serial, words] of readAnswers(text)) answers.set(serial, words);
      }
      expect(sorted(answers)).toEqual(table(of(kind), ({ published }) => published));
    });

    it("is told by the CA that the certificates of the other are unknown", async () => {
      const others = of(kind === "auth" ? "sign" : "auth").slice(0, BATCH);
      const text = await askOpenssl(kind, others, (serial) => ["-serial", `0x${serial}`]);
      expect(text).toContain("Response verify OK");
      expect(sorted(readAnswers(text))).toEqual(table(others, () => "unknown"));
    });
  });

  describe("cryptography", () => {
    let testimony: Readonly<Record<CertificateKind, Testimony>>;

    beforeAll(async () => {
      testimony = await askCryptography(python ?? "", folder);
    });

    it.each(KINDS)("%s: agrees about signature, time, list and answer of each", async (kind) => {
      const expected = of(kind).map(({ serial, validity, published }) => [
        serial,
        { issued: true, validity, list: published, ocsp: published },
      ]);
      expect(testimony[kind].certificates).toEqual(Object.fromEntries(expected));
    });

    it.each(KINDS)("%s: finds the list signed, and as long as it should be", (kind) => {
      expect(testimony[kind].list).toEqual({
        signed: true,
        entries: of(kind).filter(({ published }) => published !== "good").length,
        number: corpus.jpki[kind].listData().number,
      });
    });
  });
});

function said(revocation: { readonly reason: string; readonly revokedAt: Date } | undefined) {
  return revocation === undefined ? "good" : wordsFor(revocation.reason, revocation.revokedAt);
}

async function asked(kind: CertificateKind, source: StatusSource) {
  const pairs: [string, string][] = [];
  for (const { serial, certificate } of of(kind)) {
    const status = await source.check(certificate);
    pairs.push([serial, status.status === "revoked" ? said(status) : status.status]);
  }
  return sorted(pairs);
}

/** X509_V_ERR_CERT_REVOKED comes before the errors about time. */
function verification({ published, validity }: CorpusEntry): string {
  if (published !== "good") return "23";
  return { current: "OK", expired: "10", notYetValid: "9" }[validity];
}

/** Half by certificate and half by number, unless told otherwise. */
function askOpenssl(
  kind: CertificateKind,
  entries: readonly CorpusEntry[],
  name = (serial: string, place: number) =>
    place % 2 === 0 ? ["-cert", path(`${kind}/${serial}.pem`)] : ["-serial", `0x${serial}`],
): Promise<string> {
  const ca = path(`${kind}-ca.pem`);
  return openssl(
    ...["ocsp", "-issuer", ca, "-CAfile", ca, "-url", responder, "-attime", String(now)],
    // The answers are of the world's day, and OpenSSL measures their age by the machine's.
    ...["-validity_period", "9999999999"],
    ...entries.flatMap(({ serial }, place) => name(serial, place)),
  );
}
