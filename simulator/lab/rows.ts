/**
 * What a world tells about itself: plain data for its web page, its control API and the command line.
 */
import { z } from "zod";
import { QUIRKS, type QuirkName } from "../card/index.ts";
import { moment, named } from "./control/named.ts";

const url = z.string().describe("without a slash at the end");

/** Base addresses of the services. */
export const labAddresses = named(
  "Addresses",
  z.strictObject({
    console: url,
    ocsp: url,
    crl: z.strictObject({ auth: url, sign: url }),
    mkpf: z.strictObject({ verification: url, production: url }),
    localAuthPf: url,
    digitalAuthApp: url.describe("issuer"),
    attributeProvision: url,
    cardApLoader: url,
  }),
);

export const serial = z.string().describe("発行番号, upper-case hexadecimal");

export const holderPin = z.enum(["auth", "sign", "text", "juki", "common"]);

export const QUIRK_NAMES = Object.keys(QUIRKS) as [QuirkName, ...QuirkName[]];

export const cardRow = named(
  "Card",
  z.strictObject({
    id: z.string().describe("R0001-1: the first card; R0001-S1: the first smartphone"),
    resident: z.string(),
    profile: z.enum(["card", "android", "iphone"]),
    atr: z.string().describe("answer to reset, hexadecimal"),
    pins: z
      .partialRecord(holderPin, z.string())
      .describe("as they are now; one nobody has set is absent"),
    triesLeft: z.partialRecord(holderPin, z.int()).describe("0: blocked"),
    quirks: z.array(z.enum(QUIRK_NAMES)),
    authSerial: serial,
    signSerial: serial.exactOptional().describe("absent without a 署名用 certificate"),
    reader: z.string().exactOptional().describe("the reader of this world it lies in"),
  }),
);

export const residentRow = named(
  "Resident",
  z.strictObject({
    id: z.string().describe("R0001"),
    persona: z.string(),
    status: z.enum(["registered", "dead", "emigrated"]),
    name: z.string().describe("synthetic, as everything about a test resident"),
    address: z.string(),
    municipality: z.string().describe("five digits"),
    birthDate: z.string().describe("YYYYMMDD"),
    sex: z.string().describe("ISO/IEC 5218"),
    card: cardRow.exactOptional(),
    smartphone: cardRow.exactOptional(),
  }),
);

export const certificateKind = z.enum(["auth", "sign"]).describe("利用者証明用, 署名用");

export const certificateRow = named(
  "Certificate",
  z.strictObject({
    serial,
    kind: certificateKind,
    carrier: z.enum(["card", "smartphone"]),
    issuedAt: moment,
    notAfter: moment,
    status: z.enum(["good", "revoked"]).describe("what the CA knows, published or not"),
    reason: z.string().exactOptional().describe("CRLReason of RFC 5280"),
    revokedAt: moment.exactOptional(),
  }),
);

/** A system beside a world that its web page leads to. */
export interface Neighbour {
  readonly name: { readonly ja: string; readonly en: string };
  /** Without a slash at the end. */
  readonly address: string;
}

export type LabAddresses = Readonly<z.infer<typeof labAddresses>>;
export type CardRow = Readonly<z.infer<typeof cardRow>>;
export type ResidentRow = Readonly<z.infer<typeof residentRow>>;
export type CertificateRow = Readonly<z.infer<typeof certificateRow>>;
