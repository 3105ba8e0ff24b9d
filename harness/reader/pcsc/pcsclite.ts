/**
 * The npm package `pcsclite`: the part of it that is used, and how it is loaded (reader-facts 2).
 * Never load it into a process that must not crash or block: that is what host.ts is for.
 */
import type { EventEmitter } from "node:events";
import { BenchError } from "../../errors.ts";

/** Callbacks get null, undefined or an `Error` whose message ends with the PC/SC status. */
type Callback<T extends unknown[]> = (error: Error | null | undefined, ...values: T) => void;

/** Events: `reader` [PcscliteReader], `error` [Error]. */
export interface Pcsclite extends EventEmitter {
  readonly readers: Readonly<Record<string, PcscliteReader>>;
  /** Called by the package itself in the next tick; `listed` is called with every list of readers. */
  start: (listed: Callback<[names: Uint8Array]>) => void;
}

/** Events: `status` [ReaderStatus], `error` [Error], `end` []. */
export interface PcscliteReader extends EventEmitter {
  readonly name: string;
  readonly SCARD_SHARE_SHARED: number;
  readonly SCARD_SHARE_EXCLUSIVE: number;
  readonly SCARD_SHARE_DIRECT: number;
  readonly SCARD_PROTOCOL_T0: number;
  readonly SCARD_PROTOCOL_T1: number;
  readonly SCARD_LEAVE_CARD: number;
  readonly SCARD_RESET_CARD: number;
  readonly SCARD_UNPOWER_CARD: number;
  connect(
    options: { share_mode: number; protocol: number },
    done: Callback<[protocol: number]>,
  ): void;
  disconnect(disposition: number, done: Callback<[]>): void;
  transmit(
    command: Buffer,
    responseMax: number,
    protocol: number,
    done: Callback<[response: Buffer]>,
  ): void;
  control(
    data: Buffer,
    code: number,
    responseMax: number,
    done: Callback<[response: Buffer]>,
  ): void;
}

export interface ReaderStatus {
  /** SCARD_STATE_ bits; the high half is a counter of pcscd's. */
  readonly state: number;
  /** Empty while no card is there. */
  readonly atr?: Uint8Array;
}

const PACKAGE: string = "pcsclite";

/** @throws BenchError PCSC_PACKAGE_MISSING or PCSC_LIBRARY_MISSING */
export async function loadPcsclite(): Promise<() => Pcsclite> {
  try {
    const module = (await import(PACKAGE)) as { default: () => Pcsclite };
    return module.default;
  } catch (error) {
    throw loadError(error);
  }
}

/** Tells a package that is not there, or not built for this Node, from a missing libpcsclite. */
export function loadError(error: unknown): BenchError {
  const { code, message = String(error) } = error as { code?: string; message?: string };
  const otherNode = /NODE_MODULE_VERSION|compiled against a different/.test(message);
  if (code === "ERR_DLOPEN_FAILED" && !otherNode) {
    return new BenchError("PCSC_LIBRARY_MISSING", message, { cause: error });
  }
  return new BenchError("PCSC_PACKAGE_MISSING", message, { cause: error });
}
