import { describe, expect, it } from "vitest";
import { personalise } from "./personalise.ts";
import { cardOf, selectFile } from "./testing/card.ts";
import { FILE_TABLES, type FileRow } from "./testing/file-table.ts";
import { fullSpec } from "./testing/spec.ts";

const IMAGE = personalise(fullSpec());
const ALL = Array.from({ length: 30 }, (_, i) => (i + 1).toString(16).padStart(4, "0"));

/** What READ BINARY answers once `secret` has been presented. */
function expected({ reading }: FileRow, secret: string): string {
  if (reading === "free") return "9000";
  if (reading === "never") return "6982";
  if (reading === "internal" || reading === "record") return "6981";
  return reading.includes(secret) ? "9000" : "6982";
}

describe.each(FILE_TABLES.map((table) => [table.section, table] as const))(
  "the table of card-facts %s",
  (_section, { select, secrets, rows }) => {
    const nothing = "00 84 00 00 01";
    const ways = Object.entries({ nothing, ...secrets });

    it.each(rows.map((row) => [row.ef, row] as const))(
      "EF %s is read by whom it says",
      (_ef, row) => {
        for (const [secret, presented] of ways) {
          const card = cardOf(IMAGE);
          const answers = card.statuses(select, presented, selectFile(row.ef), "00B0000001");
          expect([secret, ...answers]).toEqual([
            secret,
            "9000",
            "9000",
            "9000",
            expected(row, secret),
          ]);
        }
      },
    );

    it.each(rows.map((row) => [row.ef, row] as const))(
      "EF %s is the same by its short identifier, and as long as it says",
      (_ef, row) => {
        const card = cardOf(IMAGE);
        card.statuses(select, ...Object.values(secrets));
        const sfi = (0x80 | Number.parseInt(row.ef, 16)).toString(16);
        const short = card.send(`00B0${sfi}00000000`);
        card.send(selectFile(row.ef));

        expect(card.send("00B00000000000")).toBe(short);
        if (row.size !== undefined) expect(short).toHaveLength(2 * (row.size + 2));
      },
    );

    it("has these files and no others", () => {
      const card = cardOf(IMAGE);
      card.statuses(select, ...Object.values(secrets));
      const found = ALL.filter((id) => card.send(selectFile(id)) === "9000");
      expect(found.map((id) => id.toUpperCase())).toEqual(rows.map(({ ef }) => ef));
      const absent = ALL.filter((id) => !found.includes(id));
      expect(new Set(absent.map((id) => card.send(selectFile(id))))).toEqual(new Set(["6A82"]));
    });
  },
);
