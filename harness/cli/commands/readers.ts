/** `jpki-bench readers`: every reader this machine has, and what lies in it. */
import type { Command } from "commander";
import { toHex } from "../../../simulator/iso7816/index.ts";
import { cardIdentity, JpkiClient } from "../../card/index.ts";
import { listPcscReaders, openPcscReader, type PcscReaderEntry } from "../../reader/index.ts";
import { acts, benchCommand } from "../command.ts";

interface ReaderRow {
  readonly driver: "pcsc";
  readonly name: string;
  readonly atr?: string;
  /** What the card is, as far as reading alone can tell. */
  readonly card?: "jpki" | "other";
  /** As `testCard.id` in the configuration declares it. */
  readonly id?: string;
}

export function readersCommand(): Command {
  const command = benchCommand("readers", "読取装置の一覧", "readers, and what lies in them");
  return acts(command, async (terminal) => {
    const rows: ReaderRow[] = [];
    for (const entry of await listPcscReaders()) rows.push(await describe(entry));
    terminal.document(rows);
    if (rows.length === 0) {
      terminal.line(terminal.say({ ja: "読取装置がありません", en: "no reader is connected" }));
    }
    for (const { name, atr, card = "", id = "" } of rows) {
      const presence = atr ?? terminal.say({ ja: "カードなし", en: "no card" });
      terminal.line(`${name}\n    ${presence} ${card} ${id}`.trimEnd());
    }
    return 0;
  });
}

async function describe({ name, atr }: PcscReaderEntry): Promise<ReaderRow> {
  const row = { driver: "pcsc", name } as const;
  if (atr === undefined) return row;
  return { ...row, atr: toHex(atr), ...(await identify(name)) };
}

/** Selects and reads only; a card that will not tell is `other`. */
async function identify(name: string): Promise<Pick<ReaderRow, "card" | "id">> {
  const reader = await openPcscReader({ name, physical: true });
  try {
    await reader.open();
    const jpki = new JpkiClient(reader);
    await jpki.select();
    return { card: "jpki", id: cardIdentity(await jpki.authCertificate()) };
  } catch {
    return { card: "other" };
  } finally {
    await reader.close();
  }
}
