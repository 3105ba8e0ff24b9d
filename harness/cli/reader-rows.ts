/** What `jpki-bench readers` tells of a reader: whether a card lies there, and which. */
import { toHex } from "../../simulator/iso7816/index.ts";
import { cardIdentity, JpkiClient } from "../card/index.ts";
import type { ProjectConfig } from "../config/config.ts";
import { BenchError } from "../errors.ts";
import {
  bridgedPn532Reader,
  findBridge,
  listPcscReaders,
  openPcscReader,
  type Reader,
  type SerialDriverName,
  serialReader,
} from "../reader/index.ts";
import { hidIdentity, pcscIdentity, serialIdentity } from "../reader/lock/reader-identity.ts";
import { lockReader } from "../reader/lock/reader-lock.ts";

export interface ReaderRow {
  readonly driver: "pcsc" | "mcp2221a" | SerialDriverName;
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

/** A reader that a project names; nobody asks a line or a bridge what may hang on it. */
interface NamedReader {
  readonly driver: ReaderRow["driver"];
  readonly name: string;
  /** What it is locked by. */
  identity(): Promise<string>;
  open(): Reader;
}

/** The readers on serial lines and behind bridges that projects name. */
export async function namedRows(projects: readonly ProjectConfig[]): Promise<ReaderRow[]> {
  const rows = new Map<string, ReaderRow>();
  for (const { driver, name, identity, open } of projects.flatMap(namedReader)) {
    if (rows.has(name)) continue;
    const found = await problemIn(async () =>
      unlessTaken(await identity(), () => describe(open())),
    );
    rows.set(name, { driver, name, ...found });
  }
  return [...rows.values()];
}

function namedReader({ reader }: ProjectConfig): NamedReader[] {
  if (reader.driver === "simulated" || reader.driver === "pcsc") return [];
  if (reader.driver === "mcp2221a") {
    const { driver, device } = reader;
    const open = () => bridgedPn532Reader({ device, physical: true });
    const identity = async () => hidIdentity((await findBridge(device)).path);
    return [{ driver, name: open().info.name, identity, open }];
  }
  const { driver, device: name, emulator, ...options } = reader;
  if (emulator !== undefined) return [];
  const open = () => serialReader(driver, { device: name, physical: true, ...options });
  return [{ driver, name, identity: async () => serialIdentity(name), open }];
}

/** Selects and reads only; a card that will not tell is `other`. */
async function describe(reader: Reader): Promise<Partial<ReaderRow>> {
  return problemIn(async () => {
    try {
      const { atr } = await reader.open();
      return { atr: toHex(atr), ...(await identify(reader)) };
    } finally {
      await reader.close();
    }
  });
}

/** The code of what kept `look` from seeing anything; an empty reader is no problem. */
async function problemIn(look: () => Promise<Partial<ReaderRow>>): Promise<Partial<ReaderRow>> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof BenchError)) throw error;
    return error.code === "READER_NO_CARD" ? {} : { problem: error.code };
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
