/** Control API: certificates, what becomes of them, and which belong together. */
import { z } from "zod";
import { toHex } from "../../iso7816/index.ts";
import { parseReason, REASON_CODE } from "../../pki/index.ts";
import { certificateLinkage } from "../../residents/index.ts";
import { certificateRow, certificateRows } from "../control-rows.ts";
import { serialText } from "../people.ts";
import { certificateRow as row, serial as serialField } from "../rows.ts";
import { findSerial } from "../serial.ts";
import { named } from "./named.ts";
import { operation } from "./operation.ts";

const serial = z.string().describe("発行番号, hexadecimal or decimal");
const der = z.instanceof(Uint8Array);

const linkage = named(
  "Linkage",
  z.strictObject({
    serial: serialField,
    counterpart: serialField
      .exactOptional()
      .describe("証明書紐付け情報: of the other kind, on the same card or smartphone"),
    previous: serialField.exactOptional().describe("証明書新旧紐付け情報: the one it followed"),
    newest: serialField.describe("証明書新旧紐付け情報: itself when none has followed"),
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
  getLinkage: operation(
    {
      room: "ca",
      method: "GET",
      path: "/certificates/:serial/linkage",
      ja: "証明書紐付け情報・新旧紐付け情報（発行から90分は得られない）",
      en: "Which certificates are the same person's; to be had 90 minutes after issue",
      fields: { serial },
      answer: linkage,
    },
    (lab, asked) => {
      const number = findSerial(asked.serial, lab.jpki);
      const linked = certificateLinkage(lab);
      const counterpart = linked.counterpart(number);
      const previous = linked.previous(number);
      return {
        serial: serialText(number),
        ...(counterpart !== undefined && { counterpart: serialText(counterpart) }),
        ...(previous !== undefined && { previous: serialText(previous) }),
        newest: serialText(linked.newest(number)),
      };
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
};

/** On a buffer of its own. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
