/** Finding a PC/SC reader among those there are. */
import { BenchError } from "../../errors.ts";
import type { ReaderEntry } from "../reader.ts";
import type { HostSettings } from "./fork-host.ts";
import { giveBack, hostFor } from "./host-pool.ts";

/** `service`: path of pcscd's socket (PCSCLITE_CSOCK_NAME). `binding`: the package to call PC/SC by. */
export interface ServiceOptions extends HostSettings {
  /** Milliseconds. Default 15000. */
  readonly deadline?: number;
}

const DEADLINE = 15_000;

/**
 * The readers of the PC/SC service, with the answer to reset of the card in each.
 *
 * @throws BenchError PCSC_PACKAGE_MISSING, PCSC_LIBRARY_MISSING, PCSC_SERVICE_STOPPED,
 * PCSC_ACCESS_DENIED, READER_DEADLINE
 */
export async function listPcscReaders(options: ServiceOptions = {}): Promise<ReaderEntry[]> {
  const { deadline = DEADLINE } = options;
  const { host, answer } = await hostFor(options, (asked) => asked.request("list", {}, deadline));
  await giveBack(options, host);
  return answer;
}

/** A part of a reader's name as a configuration gives it, in whatever case. */
export function namePattern(part: string): RegExp {
  return new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"), "i");
}

/**
 * The one reader a user means. Readers are told apart by patterns, because a name carries a serial
 * number and ends with the number of the interface and of the slot, which change when it is
 * plugged in again (reader-facts 4.4).
 *
 * @param wanted a part of the name, or a pattern; a whole name means that reader alone
 * @throws BenchError READER_NOT_FOUND, READER_AMBIGUOUS; the message lists the names there are
 */
export function chooseReader(names: readonly string[], wanted: string | RegExp): string {
  if (typeof wanted === "string" && names.includes(wanted)) return wanted;
  const matching = names.filter((name) =>
    typeof wanted === "string" ? name.includes(wanted) : name.search(wanted) >= 0,
  );
  const [first, ...others] = matching;
  if (first === undefined) {
    const known = names.length === 0 ? "there is no reader at all" : `readers: ${quote(names)}`;
    throw new BenchError("READER_NOT_FOUND", `no reader matches ${String(wanted)}; ${known}`);
  }
  if (others.length > 0) {
    const message = `${matching.length} readers match ${String(wanted)}: ${quote(matching)}`;
    throw new BenchError("READER_AMBIGUOUS", message);
  }
  return first;
}

function quote(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(", ");
}
