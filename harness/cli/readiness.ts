/**
 * Whether a project can run on this machine as it is, as `jpki-bench doctor` asks: parts, the reader
 * itself, the files and variables the configuration names. No card is spoken to.
 */
import { constants } from "node:fs";
import { access } from "node:fs/promises";
import { SimulatorError } from "../../simulator/errors.ts";
import { isSimulated, type ProjectConfig } from "../config/config.ts";
import { BenchError } from "../errors.ts";
import { findBridge, listPcscReaders } from "../reader/index.ts";
import { chooseReader, namePattern } from "../reader/pcsc/readers.ts";
import { requireStaging, stagingOf } from "../scenario/staging.ts";
import type { Part } from "./parts.ts";
import type { Link } from "./platform-notes.ts";

/** Drivers a project uses, by the names parts are needed by. */
export function driversOf({ reader, actuator }: ProjectConfig): string[] {
  return actuator === undefined ? [reader.driver] : [reader.driver, actuator.driver];
}

const LINKS: Readonly<Record<string, Link>> = {
  pcsc: "pcsc",
  pn532: "serial",
  rcs620s: "serial",
  twn4: "serial",
  servo: "serial",
  "hid-relay": "hid",
  mcp2221a: "hid",
};

export function linksOf(project: ProjectConfig): Link[] {
  return [...new Set(driversOf(project).flatMap((driver) => LINKS[driver] ?? []))];
}

export interface Obstacle {
  /** A stable code; what to do about it is looked up by it. */
  readonly code: string;
  readonly message: string;
}

/** What keeps the project from running, first what has to be mended first; none when it can. */
export async function obstaclesOf(
  project: ProjectConfig,
  parts: readonly Part[],
): Promise<Obstacle[]> {
  const drivers = driversOf(project);
  const target = stagingOf(project);
  const staging = async () => target && requireStaging(target, process.env);
  const lacking = parts.filter(
    ({ found, neededBy }) => !found && neededBy.some((driver) => drivers.includes(driver)),
  );
  // Without its parts a reader cannot be looked for.
  if (lacking.length === 0) {
    return [...(await obstacleIn(() => findReader(project))), ...(await obstacleIn(staging))];
  }
  const names = lacking.map(({ name }) => name).join(", ");
  return [{ code: "READY_NOT", message: `lacks ${names}` }];
}

async function findReader(project: ProjectConfig): Promise<void> {
  const { reader } = project;
  if (reader.driver === "pcsc") {
    const names = (await listPcscReaders({ binding: reader.binding })).map(({ name }) => name);
    chooseReader(names, namePattern(reader.name));
  } else if (reader.driver === "mcp2221a") {
    await findBridge(reader.device);
  } else if (reader.driver !== "simulated" && !isSimulated(project)) {
    await requireDevice(reader.device);
  }
}

async function obstacleIn(check: () => Promise<void>): Promise<Obstacle[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (!(error instanceof BenchError || error instanceof SimulatorError)) throw error;
    return [{ code: error.code, message: error.message }];
  }
}

/** On Windows a serial device has no file to look at. */
async function requireDevice(path: string): Promise<void> {
  if (process.platform === "win32") return;
  try {
    await access(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "EACCES") throw new BenchError("SERIAL_ACCESS_DENIED", `${path}: no access`);
    throw new BenchError("READER_NOT_FOUND", `there is no device ${path}`, { cause });
  }
}
