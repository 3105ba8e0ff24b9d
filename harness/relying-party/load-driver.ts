/** Finds a vendor's driver by its path, and believes only what it turns out to be. */
import { existsSync } from "node:fs";
import { importDefault } from "../config/import-default.ts";
import { BenchError, firstLineOf } from "../errors.ts";
import { SYSTEM_NAMES, type SystemsDriver } from "./driver.ts";

/**
 * @param path absolute
 * @throws BenchError RELYING_PARTY_INVALID for a file that is not there, that throws when it is loaded,
 *   or that makes no system
 */
export async function loadDriver(path: string): Promise<SystemsDriver> {
  if (!existsSync(path)) throw invalid(path, "no such file");
  const driver = await importDefault(path).catch((cause: unknown) => {
    throw invalid(path, firstLineOf(cause), cause);
  });
  if (!isRecord(driver)) {
    throw invalid(path, `the default export should be an object with ${SYSTEM_NAMES.join(", ")}`);
  }
  const known: readonly string[] = SYSTEM_NAMES;
  const unknown = Object.keys(driver).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw invalid(path, `"${unknown}" is no system; there are: ${SYSTEM_NAMES.join(", ")}`);
  }
  const made = SYSTEM_NAMES.filter((name) => driver[name] !== undefined);
  const odd = made.find((name) => typeof driver[name] !== "function");
  if (odd !== undefined) throw invalid(path, `${odd} should be a function that makes the system`);
  if (made.length === 0) throw invalid(path, "the default export makes no system");
  return driver as SystemsDriver;
}

function invalid(path: string, what: string, cause?: unknown): BenchError {
  return new BenchError("RELYING_PARTY_INVALID", `${path}: ${what}`, { cause });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
