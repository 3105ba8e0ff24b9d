/** Control API: certification authorities, certificates and revocation data. */
import { z } from "zod";
import { toHex } from "../../iso7816/index.ts";
import { parseReason, REASON_CODE } from "../../pki/index.ts";
import { certificateRow, certificateRows } from "../control-rows.ts";
import { certificateKind, certificateRow as row } from "../rows.ts";
import { findSerial } from "../serial.ts";
import type { ControlledLab } from "./controlled-lab.ts";
import { named } from "./named.ts";
import { operation } from "./operation.ts";

const serial = z.string().describe("発行番号, hexadecimal or decimal");
const der = z.instanceof(Uint8Array);

const settings = named(
  "CaSettings",
  z.strictObject({
    access: z
      .enum(["open", "registered"])
      .describe("who may ask OCSP and fetch lists: anybody, or registered verifiers"),
    signing: z
      .enum(["live", "preSigned"])
      .describe("OCSP answers signed for each request, or ahead of time without a nonce"),
  }),
);

const cardAnchor = named(
  "CardAnchor",
  z.strictObject({
    application: z.string().describe("text, visual or master"),
    keyId: z.string().describe("sixteen bytes, hexadecimal, as CV certificates name their issuer"),
    publicKey: z.string().describe("PEM"),
  }),
);

export const caOperations = {
  listCertificates: operation(
    {
      room: "ca",
      method: "GET",
      path: "/certificates",
      ja: "証明書とその状態の一覧",
      en: "Certificates of all residents, and their state",
      answer: z.array(row),
    },
    (lab) => certificateRows(lab.jpki),
  ),
  getCertificate: operation(
    {
      room: "ca",
      method: "GET",
      path: "/certificates/:serial",
      ja: "証明書の状態を見る",
      en: "State of one certificate",
      fields: { serial },
      answer: row,
    },
    (lab, asked) => certificateRow(lab.jpki, findSerial(asked.serial, lab.jpki)),
  ),
  downloadCertificate: operation(
    {
      room: "ca",
      method: "GET",
      path: "/certificates/:serial/der",
      ja: "証明書（DER）",
      en: "One certificate, DER",
      fields: { serial },
      answer: der,
      type: "application/pkix-cert",
    },
    (lab, asked) => {
      const number = findSerial(asked.serial, lab.jpki);
      return plain(lab.jpki.authorityOf(number).find(number).certificate);
    },
  ),
  revokeCertificate: operation(
    {
      room: "ca",
      method: "POST",
      path: "/certificates/:serial/revocation",
      ja: "証明書を失効させる",
      en: "Revoke a certificate",
      fields: {
        serial,
        reason: z
          .string()
          .default("unspecified")
          .describe(`of RFC 5280: ${Object.keys(REASON_CODE).join(", ")}`),
        publish: z
          .boolean()
          .default(true)
          .describe("whether OCSP and lists show it at once, or at their next refresh"),
      },
      answer: row,
    },
    (lab, asked) => {
      const number = findSerial(asked.serial, lab.jpki);
      lab.jpki.authorityOf(number).revoke(number, parseReason(asked.reason));
      if (asked.publish) lab.jpki.publishNow();
      lab.save();
      return certificateRow(lab.jpki, number);
    },
  ),
  publish: operation(
    {
      room: "ca",
      method: "POST",
      path: "/ca/publication",
      ja: "OCSPと失効リストを今の状態に更新する",
      en: "Let OCSP and lists show everything that has happened so far",
      answer: z.array(row),
    },
    (lab) => {
      lab.jpki.publishNow();
      lab.save();
      return certificateRows(lab.jpki);
    },
  ),
  downloadCrl: operation(
    {
      room: "ca",
      method: "GET",
      path: "/ca/:kind/crl",
      ja: "公開中の失効リスト（DER）",
      en: "The revocation list that is published, DER",
      fields: { kind: certificateKind },
      answer: der,
      type: "application/pkix-crl",
    },
    async (lab, { kind }) => plain(await lab.jpki[kind].crl()),
  ),
  downloadCaCertificate: operation(
    {
      room: "ca",
      method: "GET",
      path: "/ca/:kind/certificate",
      ja: "CA証明書（DER）",
      en: "The CA certificate, DER",
      fields: { kind: certificateKind },
      answer: der,
      type: "application/pkix-cert",
    },
    (lab, { kind }) => plain(lab.jpki[kind].authority.certificate.der),
  ),
  listCardAnchors: operation(
    {
      room: "ca",
      method: "GET",
      path: "/ca/card-anchors",
      ja: "カードの真正性確認（内部認証）で信頼するCAの公開鍵",
      en: "Public keys of the CAs under which cards of this world prove themselves genuine",
      answer: z.array(cardAnchor),
    },
    ({ issuer }) =>
      Object.entries(issuer.anchors).map(([application, { keyId, publicKey }]) => ({
        application,
        keyId: toHex(keyId),
        publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
      })),
  ),
  getCaSettings: operation(
    {
      room: "ca",
      method: "GET",
      path: "/ca/settings",
      ja: "失効情報サービスの設定",
      en: "How the status services work at present",
      answer: settings,
    },
    settingsOf,
  ),
  setCaSettings: operation(
    {
      room: "ca",
      method: "PUT",
      path: "/ca/settings",
      ja: "失効情報サービスの設定を変える",
      en: "Let the status services work otherwise; what is not named stays",
      fields: settings.partial().shape,
      answer: settings,
    },
    (lab, { access, signing }) => {
      if (access !== undefined) lab.jpki.access = access;
      if (signing !== undefined) lab.jpki.signing = signing;
      lab.save();
      return settingsOf(lab);
    },
  ),
};

function settingsOf({ jpki }: ControlledLab) {
  return { access: jpki.access, signing: jpki.signing };
}

/** On a buffer of its own. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
