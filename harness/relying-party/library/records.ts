/**
 * What the library keeps: its patrons, each under a number of the library's own with the PPID that
 * belongs to it (platform-facts 1.5), and what they have borrowed. No certificate, no serial, no PIN.
 */
import { z } from "zod";

const patron = z.strictObject({
  /** Of the library card. */
  number: z.string(),
  name: z.string(),
  address: z.string(),
  /** YYYYMMDD. */
  birthDate: z.string(),
  /** ISO/IEC 5218. */
  sex: z.string(),
  phone: z.string(),
  /** Absent as long as the マイナンバーカード does not serve as library card. */
  ppid: z.string().exactOptional(),
});

const loan = z.strictObject({
  barcode: z.string(),
  patron: z.string(),
  lentAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
});

const standing = z.strictObject({
  clientId: z.string(),
  privateKey: z.looseObject({ kty: z.string() }),
  port: z.int(),
});

export const libraryRecords = z.strictObject({
  /** How it stands with MKPF. */
  standing: standing.exactOptional(),
  patrons: z.array(patron),
  loans: z.array(loan),
});

export type Patron = z.infer<typeof patron>;
export type Loan = z.infer<typeof loan>;
export type LibraryRecords = z.infer<typeof libraryRecords>;

/** A library with two patrons who have a library card only. */
export const NEW_LIBRARY: LibraryRecords = {
  patrons: [
    {
      number: "10000017",
      name: "見本 さくら",
      address: "試験市中央町１丁目２番３号",
      birthDate: "19880315",
      sex: "2",
      phone: "000-0000-0017",
    },
    {
      number: "10000025",
      name: "見本 ひろし",
      address: "試験市本町４丁目５番６号",
      birthDate: "19711103",
      sex: "1",
      phone: "000-0000-0025",
    },
  ],
  loans: [],
};
