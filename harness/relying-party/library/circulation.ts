/** What a librarian does, as functions from records to records; refusals are answers, not errors. */
import { type Book, bookOf } from "./books.ts";
import type { LibraryRecords, Loan, Patron } from "./records.ts";

export const LOAN_DAYS = 14;
export const LOANS_AT_ONCE = 5;
const DAY = 24 * 60 * 60 * 1000;

export type LoanRefusal = "unknownBook" | "alreadyLent" | "tooManyLoans" | "notLent";

export type LoanChange =
  | { readonly records: LibraryRecords; readonly book: Book; readonly loan: Loan }
  | { readonly refused: LoanRefusal };

export function patronByNumber({ patrons }: LibraryRecords, number: string): Patron | undefined {
  return patrons.find((patron) => patron.number === number);
}

/** A person is found by PPID alone: names and birth dates are shared by many (MK-20). */
export function patronByPpid({ patrons }: LibraryRecords, ppid: string): Patron | undefined {
  return patrons.find((patron) => patron.ppid === ppid);
}

export function loansOf({ loans }: LibraryRecords, { number }: Patron): readonly Loan[] {
  return loans.filter(({ patron }) => patron === number);
}

export function lend(
  records: LibraryRecords,
  { patron, barcode, at }: { readonly patron: Patron; readonly barcode: string; readonly at: Date },
): LoanChange {
  const book = bookOf(barcode);
  if (book === undefined) return { refused: "unknownBook" };
  if (records.loans.some((loan) => loan.barcode === barcode)) return { refused: "alreadyLent" };
  if (loansOf(records, patron).length >= LOANS_AT_ONCE) return { refused: "tooManyLoans" };
  const dueAt = new Date(at.getTime() + LOAN_DAYS * DAY).toISOString();
  const loan = { barcode, patron: patron.number, lentAt: at.toISOString(), dueAt };
  return { records: { ...records, loans: [...records.loans, loan] }, book, loan };
}

export function takeBack(records: LibraryRecords, barcode: string): LoanChange {
  const book = bookOf(barcode);
  if (book === undefined) return { refused: "unknownBook" };
  const loan = records.loans.find((one) => one.barcode === barcode);
  if (loan === undefined) return { refused: "notLent" };
  return {
    records: { ...records, loans: records.loans.filter((one) => one !== loan) },
    book,
    loan,
  };
}

/** Registration A (一体化): a patron's マイナンバーカード becomes the library card as well. */
export function link(records: LibraryRecords, number: string, ppid: string): LibraryRecords {
  const patrons = records.patrons.map((patron) =>
    patron.number === number ? { ...patron, ppid } : patron,
  );
  return { ...records, patrons };
}

/** Registration B (新規ユーザー登録); whoever is registered already stays as they are (MK-17). */
export function enrol(
  records: LibraryRecords,
  newcomer: Omit<Patron, "number">,
): { readonly records: LibraryRecords; readonly patron: Patron } {
  const { ppid } = newcomer;
  const known = ppid === undefined ? undefined : patronByPpid(records, ppid);
  if (known !== undefined) return { records, patron: known };
  const last = Math.max(...records.patrons.map(({ number }) => Number(number)));
  const patron = { ...newcomer, number: String(last + 8) };
  return { records: { ...records, patrons: [...records.patrons, patron] }, patron };
}
