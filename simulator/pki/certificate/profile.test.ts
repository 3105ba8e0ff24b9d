import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { findTlv, fromHex, parseTlv, parseTlvs, type Tlv, toHex } from "../../iso7816/index.ts";
import type { CertificateAuthority, IssuedCredential } from "../authority/authority.ts";
import { keyBits, sha1 } from "../keys/keys.ts";
import { CHIYODA, MORNING, REQUEST, TARO, testService } from "../testing/world.ts";
import { readCertificate } from "./certificate.ts";
import { certifiedText } from "./personal-data.ts";

// Everything here is read with the TLV parser of the card and compared with bytes written by hand,
// so that neither asn1js nor pkijs vouches for itself.

let authCa: CertificateAuthority;
let signCa: CertificateAuthority;
let auth: IssuedCredential;
let sign: IssuedCredential;

beforeAll(async () => {
  const { jpki } = await testService();
  authCa = jpki.auth.authority;
  signCa = jpki.sign.authority;
  auth = await authCa.issue(REQUEST);
  sign = await signCa.issue({
    ...REQUEST,
    person: { ...TARO, name: certifiedText("𠮷田　太郎", { 𠮷: "吉" }), sex: "9" },
  });
});

interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  readonly value: Uint8Array;
}

function tbsFields(certificate: Uint8Array): Tlv[] {
  const [tbs] = parseTlvs(parseTlv(certificate).value);
  return parseTlvs(tbs?.value ?? new Uint8Array(0));
}

function extensions(certificate: Uint8Array): Extension[] {
  const wrapper = findTlv(tbsFields(certificate), 0xa3);
  return parseTlvs(parseTlv(wrapper.value).value).map(({ value }) => {
    const parts = parseTlvs(value);
    return {
      oid: toHex(findTlv(parts, 0x06).value),
      critical: parts.some(({ tag }) => tag === 0x01),
      value: findTlv(parts, 0x04).value,
    };
  });
}

function extension(certificate: Uint8Array, oid: string): Uint8Array {
  const found = extensions(certificate).find((one) => one.oid === oid);
  if (found === undefined) throw new Error(`extension ${oid} is missing`);
  return found.value;
}

/** A distinguished name written by hand: `C` PrintableString, the rest UTF8String. */
function dn(...attributes: [string, string][]): string {
  const oids: Record<string, string> = { C: "06", O: "0A", OU: "0B", CN: "03", L: "07" };
  const sets = attributes.map(([type, text]) => {
    const value = tlv(type === "C" ? "13" : "0C", toHex(new TextEncoder().encode(text)));
    return tlv("31", tlv("30", `06035504${oids[type]}${value}`));
  });
  return tlv("30", sets.join(""));
}

function tlv(tag: string, content: string): string {
  const length = content.length / 2;
  const byte = (n: number) => n.toString(16).padStart(2, "0").toUpperCase();
  if (length < 0x80) return tag + byte(length) + content;
  if (length < 0x100) return `${tag}81${byte(length)}${content}`;
  return `${tag}82${byte(length >> 8)}${byte(length & 0xff)}${content}`;
}

const OPERATOR = ["OU", "Japan Agency for Local Authority Information Systems"] as [string, string];
const AUTH_CA = dn(
  ["C", "JP"],
  ["O", "JPKI-TEST"],
  ["OU", "JPKI for user authentication"],
  OPERATOR,
);
const SIGN_CA = dn(["C", "JP"], ["O", "JPKI-TEST"], ["OU", "JPKI for digital signature"], OPERATOR);

const KU = "551D0F";
const EKU = "551D25";
const SAN = "551D11";
const IAN = "551D12";
const BC = "551D13";
const CRLDP = "551D1F";
const POLICIES = "551D20";
const AKI = "551D23";
const SKI = "551D0E";
const AIA = "2B06010505070101";
const NOCHECK = "2B0601050507300105";

const shape = (certificate: Uint8Array) =>
  extensions(certificate).map(({ oid, critical }) => [oid, critical]);

describe("a CA certificate", () => {
  it("has the five extensions of the real ones, in their order", () => {
    for (const { certificate } of [authCa, signCa]) {
      expect(shape(certificate.der)).toEqual([
        [KU, true],
        [SAN, false],
        [BC, true],
        [CRLDP, false],
        [SKI, false],
      ]);
    }
  });

  it("is self-signed under a name that says it is a test", () => {
    expect(toHex(authCa.certificate.subject)).toBe(AUTH_CA);
    expect(toHex(authCa.certificate.issuer)).toBe(AUTH_CA);
    expect(toHex(signCa.certificate.subject)).toBe(SIGN_CA);
  });

  it("has the extension values of card-facts section 7.1", () => {
    const { der } = authCa.certificate;
    expect(toHex(extension(der, KU))).toBe("03020106");
    expect(toHex(extension(der, BC))).toBe("30030101FF");
    expect(toHex(extension(der, CRLDP))).toBe(
      tlv("30", tlv("30", tlv("A0", tlv("A0", tlv("A4", AUTH_CA))))),
    );
    const ja = dn(
      ["C", "JP"],
      ["O", "公的個人認証サービス（試験用）"],
      ["OU", "公的個人認証サービス利用者証明用（試験用）"],
      ["OU", "地方公共団体情報システム機構（試験用）"],
    );
    expect(toHex(extension(der, SAN))).toBe(tlv("30", tlv("A4", ja)));
  });

  it("is valid for ten years to the last second of a Japanese day", () => {
    // Founded three years before 2026-08-07 10:00 in Japan.
    const [, , , , validity] = tbsFields(authCa.certificate.der);
    expect(toHex(validity?.value ?? new Uint8Array(0))).toBe(
      toHex(new TextEncoder().encode("\x17\x0d230807010000Z\x17\x0d330806145959Z")),
    );
  });

  const real = (name: string) =>
    fileURLToPath(new URL(`../../../../shared/data/jpki-ca/${name}`, import.meta.url));

  describe.skipIf(!existsSync(real("auth_ca_2023.pem")))("beside the real ones", () => {
    it.each([
      ["auth", 0, "auth_ca_2015.pem"],
      ["auth", 2, "auth_ca_2023.pem"],
      ["sign", 0, "sign_ca_2015.pem"],
      ["sign", 2, "sign_ca_2023.pem"],
    ] as const)(
      "is the same field by field: %s, generation %i, and %s",
      async (kind, place, file) => {
        const { jpki } = await testService({ generations: 3 });
        const ours = jpki.generations(kind)[place]?.authority.certificate.der ?? fromHex("");
        const pem = readFileSync(real(file), "latin1").replace(/-----[^-]+-----|\s/g, "");
        const theirs = new Uint8Array(Buffer.from(pem, "base64"));

        expect(outline(ours)).toEqual(outline(theirs));
        for (const der of [ours, theirs]) {
          const { keyIdentifier, publicKey } = readCertificate(der);
          expect(keyIdentifier).toEqual(sha1(keyBits(publicKey)));
        }
      },
    );
  });
});

/** What a CA certificate has of its own: time, key, key identifier, signature. */
const ITS_OWN = [0x02, 0x03, 0x04, 0x17];
const MARKS = /-TEST|（試験用）/g;

/**
 * Tags and values from outside to inside, extension values included, but for what is another's with
 * another key and day. Names are compared without what says that ours is a test.
 */
function outline(der: Uint8Array): unknown[] {
  return parseTlvs(der).map(({ tag, value }) => {
    const name = tag.toString(16);
    if (tag === 0x0c) return [name, new TextDecoder().decode(value).replace(MARKS, "")];
    // Octet strings of this profile hold ASN.1 (extension values), except key identifiers.
    const constructed = (tag & 0x20) !== 0 || (tag === 0x04 && value.length !== 20);
    if (constructed) return [name, outline(value)];
    // Short ones are key usages and the version, which are no one's own.
    return ITS_OWN.includes(tag) && value.length > 3 ? name : [name, toHex(value)];
  });
}

describe("a 利用者証明用 certificate", () => {
  it("has the eight extensions of card-facts section 7.2, in their order", () => {
    expect(shape(auth.certificate)).toEqual([
      [KU, true],
      [EKU, false],
      [POLICIES, true],
      [IAN, false],
      [CRLDP, false],
      [AIA, false],
      [AKI, false],
      [SKI, false],
    ]);
  });

  it("has fields in the order and types of the profile", () => {
    const [version, serial, algorithm, issuer, validity, subject, key] = tbsFields(
      auth.certificate,
    );
    expect(toHex(version?.value ?? fromHex(""))).toBe("020102");
    expect(serial?.value).toHaveLength(4);
    expect(toHex(algorithm?.value ?? fromHex(""))).toBe("06092A864886F70D01010B0500");
    expect(tlv("30", toHex(issuer?.value ?? fromHex("")))).toBe(AUTH_CA);
    // Issued at 10:00 in Japan; born on 2 January: the fifth birthday after that is in 2031.
    expect(toHex(validity?.value ?? fromHex(""))).toBe(
      toHex(new TextEncoder().encode("\x17\x0d260807010000Z\x17\x0d310102145959Z")),
    );
    expect(subject?.tag).toBe(0x30);
    expect(key?.length).toBe(294);
  });

  it("says nothing about the person: country and an opaque name of 23 characters", () => {
    const [country, name, ...rest] = parseTlvs(
      tbsFields(auth.certificate)[5]?.value ?? fromHex(""),
    );
    expect(toHex(country?.value ?? fromHex(""))).toBe("3009060355040613024A50");
    const [oid, text] = parseTlvs(parseTlv(name?.value ?? fromHex("")).value);
    expect(toHex(oid?.value ?? fromHex(""))).toBe("550403");
    expect(text?.tag).toBe(0x0c);
    expect(new TextDecoder().decode(text?.value)).toMatch(/^[0-9A-Z]{14}13101\d{3}A$/);
    expect(rest).toEqual([]);
  });

  it("has the extension values of the profile", () => {
    const value = (oid: string) => toHex(extension(auth.certificate, oid));
    const ascii = (text: string) => toHex(new TextEncoder().encode(text));
    expect(value(KU)).toBe("03020780");
    expect(value(EKU)).toBe("300A06082B06010505070302");
    const cps = tlv(
      "30",
      `06082B06010505070201${tlv("16", ascii("http://www.jpki.test/cps.html"))}`,
    );
    expect(value(POLICIES)).toBe(
      tlv("30", tlv("30", `060B2A83088C9B55080501001E${tlv("30", cps)}`)),
    );
    const place = dn(
      ["C", "JP"],
      ["O", "JPKI-TEST"],
      ["OU", "JPKI for user authentication"],
      ["OU", "CRL Distribution Points"],
      ["OU", "Tokyo-to"],
      ["CN", "Chiyoda-ku CRLDP"],
    );
    expect(value(CRLDP)).toBe(tlv("30", tlv("30", tlv("A0", tlv("A0", tlv("A4", place))))));
    expect(value(AIA)).toBe(
      tlv("30", tlv("30", `06082B06010505073001${tlv("86", ascii("http://127.0.0.1:1/ocsp"))}`)),
    );
    expect(value(IAN)).toBe(toHex(extension(authCa.certificate.der, SAN)));
    const caKey = toHex(authCa.key.keyIdentifier);
    const caSerial = toHex(tbsFields(authCa.certificate.der)[1]?.value ?? fromHex(""));
    expect(value(AKI)).toBe(
      tlv("30", `8014${caKey}${tlv("A1", tlv("A4", AUTH_CA))}${tlv("82", caSerial)}`),
    );
    expect(value(SKI)).toMatch(/^0414[0-9A-F]{40}$/);
  });
});

describe("a 署名用 certificate", () => {
  it("has SubjectAltName second and SubjectKeyIdentifier last", () => {
    expect(shape(sign.certificate)).toEqual([
      [KU, true],
      [SAN, false],
      [POLICIES, true],
      [IAN, false],
      [CRLDP, false],
      [AIA, false],
      [AKI, false],
      [SKI, false],
    ]);
  });

  it("is for digital signatures and non-repudiation under the test policy", () => {
    expect(toHex(extension(sign.certificate, KU))).toBe("030206C0");
    expect(toHex(extension(sign.certificate, POLICIES))).toContain("060B2A83088C9B550805010014");
  });

  it("holds the four attributes in the order 1, 4, 3, 5, 2, 6", () => {
    const names = parseTlvs(parseTlv(extension(sign.certificate, SAN)).value).map(
      ({ tag, value }) => {
        const [oid, text] = parseTlvs(value);
        const utf8 = parseTlv(text?.value ?? fromHex(""));
        return [
          tag,
          toHex(oid?.value ?? fromHex("")),
          text?.tag,
          utf8.tag,
          new TextDecoder().decode(utf8.value),
        ];
      },
    );
    const item = (n: number, text: string) => [
      0xa0,
      `2A83088C9B55080505${toHex(Uint8Array.of(n))}`,
      0xa0,
      0x0c,
      text,
    ];
    expect(names).toEqual([
      item(1, "吉田　太郎"),
      item(4, "419900102"),
      item(3, "3"),
      item(5, "東京都千代田区試験町１丁目２番３号"),
      item(2, "10000"),
      item(6, "00000000000000000"),
    ]);
  });

  it("names prefecture, municipality and a common name of 28 characters that begins with the time", () => {
    const rdns = parseTlvs(tbsFields(sign.certificate)[5]?.value ?? fromHex(""));
    const attributes = rdns.map(({ value }) => {
      const [oid, text] = parseTlvs(parseTlv(value).value);
      return [toHex(oid?.value ?? fromHex("")), text?.tag, new TextDecoder().decode(text?.value)];
    });
    expect(attributes).toEqual([
      ["550406", 0x13, "JP"],
      ["550407", 0x0c, "Tokyo-to"],
      ["550407", 0x0c, "Chiyoda-ku"],
      ["550403", 0x0c, expect.stringMatching(/^20260807100000\d{5}13101[0-9A-Z]{4}$/)],
    ]);
  });
});

describe("the certificate of a responder", () => {
  it("is for OCSP signing, needs no check itself, and is issued by the CA it speaks for", () => {
    const { der } = authCa.responder.certificate;
    expect(shape(der).map(([oid]) => oid)).toEqual([KU, EKU, NOCHECK, AKI, SKI]);
    expect(toHex(extension(der, EKU))).toBe("300A06082B06010505070309");
    expect(toHex(extension(der, NOCHECK))).toBe("0500");
    expect(toHex(authCa.responder.certificate.issuer)).toBe(AUTH_CA);
  });
});

describe("validity", () => {
  it("ends with the card where that is earlier than the fifth birthday", async () => {
    const { notAfter } = await authCa.issue({ ...REQUEST, cardExpiry: "20290331" });
    expect(notAfter.toISOString()).toBe("2029-03-31T14:59:59.000Z");
  });

  it("is not given on a card that has ended", async () => {
    await expect(authCa.issue({ ...REQUEST, cardExpiry: "20260806" })).rejects.toMatchObject({
      code: "PKI_INVALID",
    });
  });

  it("can begin in the past", async () => {
    const { certificate } = await authCa.issue({
      ...REQUEST,
      at: new Date("2023-12-01T00:00:00Z"),
    });
    const { notBefore, notAfter } = readCertificate(certificate);
    expect(notBefore.toISOString()).toBe("2023-12-01T00:00:00.000Z");
    expect(notAfter.toISOString()).toBe("2028-01-02T14:59:59.000Z");
    expect(notAfter > MORNING).toBe(true);
  });

  it("is written in GeneralizedTime from 2050 on", async () => {
    const person = { ...TARO, birthDate: "20200303" };
    const request = { municipality: CHIYODA, person, cardExpiry: "20600303" };
    const { certificate } = await authCa.issue({
      ...request,
      at: new Date("2049-06-01T00:00:00Z"),
    });
    const validity = tbsFields(certificate)[4]?.value ?? fromHex("");
    expect(new TextDecoder().decode(validity)).toBe("\x17\x0d490601000000Z\x18\x0f20540303145959Z");
  });
});
