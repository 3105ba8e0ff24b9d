/**
 * Control API: the certification authorities by generation, their lists, and the change from one to the
 * next (key rollover, platform-facts 5.4).
 */
import { z } from "zod";
import { SimulatorError } from "../../errors.ts";
import type { Publication } from "../../pki/index.ts";
import { serialText } from "../people.ts";
import { certificateKind } from "../rows.ts";
import type { ControlledLab } from "./controlled-lab.ts";
import { moment, named } from "./named.ts";
import { operation } from "./operation.ts";

const der = z.instanceof(Uint8Array);
const carrier = z.enum(["card", "smartphone"]).default("card");
const generation = z.coerce
  .number()
  .int()
  .positive()
  .optional()
  .describe("counted from 1, the oldest; the one that issues at present when absent");

const authorityRow = named(
  "Authority",
  z.strictObject({
    kind: certificateKind,
    carrier: z.enum(["card", "smartphone"]),
    generation: z.int().describe("counted from 1, the oldest; all have one name"),
    serial: z.string().describe("of its own certificate, upper-case hexadecimal"),
    notBefore: moment,
    notAfter: moment,
    certificate: z.string().describe("PEM: what a relying party has to trust"),
  }),
);

interface Choice {
  readonly kind: "auth" | "sign";
  readonly carrier: "card" | "smartphone";
  readonly generation?: number | undefined;
}

export const authorityOperations = {
  listAuthorities: operation(
    {
      room: "ca",
      method: "GET",
      path: "/ca/authorities",
      ja: "認証局の一覧（世代ごと）",
      en: "All CAs, generation by generation",
      answer: z.array(authorityRow),
    },
    authorityRows,
  ),
  foundGeneration: operation(
    {
      room: "ca",
      method: "POST",
      path: "/ca/authorities",
      ja: "認証局の鍵を更新し、次の世代を始める",
      en: "Let a CA roll over: another generation issues from now on, the others go on answering",
      fields: { kind: certificateKind, carrier },
      answer: authorityRow,
    },
    async (lab, asked) => {
      const founded = await lab.jpki.found(asked.kind, { carrier: asked.carrier });
      lab.save();
      return rowOf(lab, founded);
    },
  ),
  downloadCrl: operation(
    {
      room: "ca",
      method: "GET",
      path: "/ca/:kind/crl",
      ja: "公開中の失効リスト（DER）",
      en: "The revocation list that is published, DER",
      fields: {
        kind: certificateKind,
        carrier,
        generation,
        municipality: z
          .string()
          .regex(/^\d{5}$/)
          .optional()
          .describe("five digits, for the list of one municipality; of all when absent"),
      },
      answer: der,
      type: "application/pkix-crl",
    },
    async (lab, { municipality, ...choice }) => {
      const publication = chosen(lab, choice);
      if (municipality !== undefined && !publication.serves(municipality)) {
        throw invalid(`it has issued no certificate in ${municipality}, so there is no such list`);
      }
      return plain(await publication.crl(municipality));
    },
  ),
  downloadCaCertificate: operation(
    {
      room: "ca",
      method: "GET",
      path: "/ca/:kind/certificate",
      ja: "CA証明書（DER）",
      en: "The CA certificate, DER",
      fields: { kind: certificateKind, carrier, generation },
      answer: der,
      type: "application/pkix-cert",
    },
    (lab, choice) => plain(chosen(lab, choice).authority.certificate.der),
  ),
};

function chosen({ jpki }: ControlledLab, { kind, carrier: on, generation: nth }: Choice) {
  const generations = jpki.generations(kind, on);
  const publication = generations.at((nth ?? generations.length) - 1);
  if (publication !== undefined) return publication;
  const many = generations.length === 1 ? "one generation" : `${generations.length} generations`;
  throw invalid(`the ${kind} CA for a ${on} has ${many}`);
}

function authorityRows(lab: ControlledLab) {
  return (["card", "smartphone"] as const).flatMap((on) =>
    (["auth", "sign"] as const).flatMap((kind) =>
      lab.jpki.generations(kind, on).map((one) => rowOf(lab, one)),
    ),
  );
}

function rowOf({ jpki }: ControlledLab, { authority }: Publication) {
  const { kind, carrier: on } = authority.identity;
  const { serial, notBefore, notAfter, der: bytes } = authority.certificate;
  const place = jpki.generations(kind, on).findIndex((one) => one.authority === authority);
  return {
    ...{ kind, carrier: on, generation: place + 1, serial: serialText(Number(serial)) },
    ...{ notBefore: notBefore.toISOString(), notAfter: notAfter.toISOString() },
    certificate: pem(bytes),
  };
}

function pem(bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}

function invalid(message: string): SimulatorError {
  return new SimulatorError("CONTROL_INVALID", message);
}

/** On a buffer of its own. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
