import { describe, expect, it } from "vitest";
import { BOOKS } from "./books.ts";
import { enrol, lend, link, loansOf, patronByPpid, takeBack } from "./circulation.ts";
import { type LibraryRecords, NEW_LIBRARY, type Patron } from "./records.ts";

const AT = new Date("2031-04-01T03:00:00Z");
const [SAKURA] = NEW_LIBRARY.patrons as [Patron];
const NEWCOMER = {
  name: "試験　花子",
  address: "試験市",
  birthDate: "20000229",
  sex: "2",
  phone: "000-0000-0001",
  ppid: "ppid-1",
};

function lent(records: LibraryRecords, barcode: string): LibraryRecords {
  const change = lend(records, { patron: SAKURA, barcode, at: AT });
  if ("refused" in change) throw new Error(change.refused);
  return change.records;
}

describe("circulation", () => {
  it("lends for fourteen days", () => {
    const { loans } = lent(NEW_LIBRARY, "3100000017");
    expect(loans).toEqual([
      {
        barcode: "3100000017",
        patron: SAKURA.number,
        lentAt: "2031-04-01T03:00:00.000Z",
        dueAt: "2031-04-15T03:00:00.000Z",
      },
    ]);
  });

  it("lends five books at once, and a sixth after one came back", () => {
    const barcodes = BOOKS.map(({ barcode }) => barcode);
    const [first = "", sixth = ""] = [barcodes[0], barcodes[5]];
    const full = barcodes.slice(0, 5).reduce(lent, NEW_LIBRARY);
    expect(loansOf(full, SAKURA)).toHaveLength(5);
    expect(lend(full, { patron: SAKURA, barcode: sixth, at: AT })).toEqual({
      refused: "tooManyLoans",
    });
    const change = takeBack(full, first);
    if ("refused" in change) throw new Error(change.refused);
    expect(loansOf(lent(change.records, sixth), SAKURA)).toHaveLength(5);
  });

  it("registers a person once, from however many terminals (MK-17)", () => {
    const once = enrol(NEW_LIBRARY, NEWCOMER);
    const twice = enrol(once.records, { ...NEWCOMER, phone: "000-0000-0002" });
    expect(twice).toEqual(once);
    expect(once.records.patrons).toHaveLength(NEW_LIBRARY.patrons.length + 1);
  });

  it("finds people by PPID alone, whatever they are called (MK-20)", () => {
    const twin = enrol(enrol(NEW_LIBRARY, NEWCOMER).records, { ...NEWCOMER, ppid: "ppid-2" });
    expect(patronByPpid(twin.records, "ppid-1")?.number).not.toBe(twin.patron.number);
    const linked = link(twin.records, SAKURA.number, "ppid-3");
    expect(patronByPpid(linked, "ppid-3")?.name).toBe(SAKURA.name);
    expect(patronByPpid(linked, "ppid-4")).toBeUndefined();
  });
});
