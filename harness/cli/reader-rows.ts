/** What `jpki-bench readers` tells of a reader: whether a card lies there, and which. */
import { toHex } from "../../simulator/iso7816/index.ts";
import { cardIdentity, JpkiClient } from "../card/index.ts";
import type { ProjectConfig } from "../config/config.ts";
import { BenchError } from "../errors.ts";
import {
  listPcscReaders,
  openPcscReader,
  type Reader,
  type SerialDriverName,
  serialReader,
} from "../reader/index.ts";
import { pcscIdentity, serialIdentity } from "../reader/lock/reader-identity.ts";
import { lockReader } from "../reader/lock/reader-lock.ts";

export interface ReaderRow {
  readonly driver: "pcsc" | SerialDriverName;
  readonly name: string;
  readonly atr?: string;
  /** What the card is, as far as reading alone can tell. */
  readonly card?: "jpki" | "other";
  /** As `testCard.id` in the configuration declares it. */
  readonly id?: string;
  /** Why it could not be looked into: the code of an error, and who has the reader. */
  readonly problem?: string;
}

/** Every PC/SC reader of this machine. @throws BenchError as `listPcscReaders` */
export async function pcscRows(): Promise<ReaderRow[]> {
  const rows: ReaderRow[] = [];
  for (const { name, atr } of await listPcscReaders()) {
    const row = { driver: "pcsc", name } as const;
    if (atr === undefined) rows.push(row);
    else rows.push({ ...row, ...(await lookInto(name)) });
  }
  return rows;
}

/** A card that a run works with is not selected away under its hands. */
async function lookInto(name: string): Promise<Partial<ReaderRow>> {
  return unlessTaken(pcscIdentity(name), async () =>
    describe(await openPcscReader({ name, physical: true })),
  );
}

async function unlessTaken(
  identity: string,
  look: () => Promise<Partial<ReaderRow>>,
): Promise<Partial<ReaderRow>> {
  try {
    const lock = await lockReader(identity, "readers");
    return await look().finally(() => lock.release());
  } catch (error) {
    if (!(error instanceof BenchError) || error.code !== "READER_LOCKED") throw error;
    return { problem: `${error.code}: ${error.message}` };
  }
}

/** The readers on serial lines that projects name: nobody asks a line what may hang on it. */
export async function serialRows(projects: readonly ProjectConfig[]): Promise<ReaderRow[]> {
  const rows = new Map<string, ReaderRow>();
  for (const { reader } of projects) {
    if (reader.driver === "simulated" || reader.driver === "pcsc") continue;
    const { driver, device: name, emulator, ...options } = reader;
    if (emulator !== undefined || rows.has(name)) continue;
    const found = await unlessTaken(serialIdentity(name), () =>
      describe(serialReader(driver, { device: name, physical: true, ...options })),
    );
    rows.set(name, { driver, name, ...found });
  }
  return [...rows.values()];
}

/** Selects and reads only; a card that will not tell is `other`. */
async function describe(
  reader: Reader,
): Promise<Pick<ReaderRow, "atr" | "card" | "id" | "problem">> {
  try {
    const { atr } = await reader.open();
    return { atr: toHex(atr), ...(await identify(reader)) };
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    return error.code === "READER_NO_CARD" ? {} : { problem: error.code };
  } finally {
    await reader.close();
  }
}

async function identify(reader: Reader): Promise<Pick<ReaderRow, "card" | "id">> {
  try {
    const jpki = new JpkiClient(reader);
    await jpki.select();
    return { card: "jpki", id: cardIdentity(await jpki.authCertificate()) };
  } catch {
    return { card: "other" };
  }
}
