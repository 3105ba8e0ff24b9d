/**
 * PC/SC part 5 as functions of JavaScript, by way of koffi. Each call is made on a thread of koffi's
 * and gives the status it returned; what a function gives besides comes in `out` arrays of one.
 * Never load it into a process that must not crash: that is what host.ts is for.
 */
import { BenchError, messageOf } from "../../errors.ts";
import { ioRequestFields, layoutOf, type PcscLayout, readerStateFields } from "./layout.ts";
import { type PcscPlatform, pcscPlatform } from "./status-codes.ts";

/** A number given back. */
export type Out = [number];

export interface ReaderState {
  readonly szReader: string;
  readonly pvUserData: null;
  readonly dwCurrentState: number;
  readonly dwEventState: number;
  readonly cbAtr: number;
  readonly rgbAtr: ArrayLike<number>;
}

type Call<Arguments extends unknown[]> = (...given: Arguments) => Promise<number>;

export interface Winscard {
  readonly layout: PcscLayout;
  /** sizeof(SCARD_IO_REQUEST) */
  readonly ioRequestSize: number;
  readonly establishContext: Call<[scope: number, reserved: null, also: null, context: Out]>;
  readonly listReaders: Call<[context: number, groups: null, names: Buffer | null, length: Out]>;
  readonly getStatusChange: Call<
    [context: number, timeout: number, states: ReaderState[], count: number]
  >;
  readonly connect: Call<
    [context: number, reader: string, share: number, protocols: number, card: Out, protocol: Out]
  >;
  readonly reconnect: Call<
    [card: number, share: number, protocols: number, initialization: number, protocol: Out]
  >;
  readonly disconnect: Call<[card: number, disposition: number]>;
  readonly beginTransaction: Call<[card: number]>;
  readonly endTransaction: Call<[card: number, disposition: number]>;
  readonly transmit: Call<
    [
      card: number,
      request: IoRequest,
      command: Buffer,
      n: number,
      answer: null,
      out: Buffer,
      l: Out,
    ]
  >;
  readonly control: Call<
    [card: number, code: number, input: Buffer, n: number, out: Buffer, room: number, length: Out]
  >;
}

export interface IoRequest {
  readonly dwProtocol: number;
  readonly cbPciLength: number;
}

/** The part of koffi that is used. */
export interface Koffi {
  load(path: string): { func(...declaration: unknown[]): KoffiFunction };
  struct(fields: Readonly<Record<string, unknown>>): unknown;
  pack(fields: Readonly<Record<string, unknown>>): unknown;
  pointer(type: unknown): unknown;
  out(type: unknown): unknown;
  inout(type: unknown): unknown;
  sizeof(type: unknown): number;
  offsetof(type: unknown, member: string): number;
}

interface KoffiFunction {
  async(...given: unknown[]): void;
}

const PACKAGE: string = "koffi";

/** @throws BenchError PCSC_PACKAGE_MISSING, PCSC_LIBRARY_MISSING */
export async function loadWinscard(platform: PcscPlatform = pcscPlatform()): Promise<Winscard> {
  return declare(await loadKoffi(), layoutOf(platform));
}

/** @throws BenchError PCSC_PACKAGE_MISSING */
export async function loadKoffi(): Promise<Koffi> {
  try {
    const { default: koffi } = (await import(PACKAGE)) as { default: Koffi };
    return koffi;
  } catch (error) {
    throw new BenchError("PCSC_PACKAGE_MISSING", messageOf(error), { cause: error });
  }
}

/** SCARD_READERSTATE and SCARD_IO_REQUEST as koffi lays them out. */
export function structures(
  koffi: Koffi,
  layout: PcscLayout,
): { readonly readerState: unknown; readonly ioRequest: unknown } {
  const lay = (fields: Readonly<Record<string, string>>) =>
    layout.packed ? koffi.pack(fields) : koffi.struct(fields);
  return { readerState: lay(readerStateFields(layout)), ioRequest: lay(ioRequestFields(layout)) };
}

function declare(koffi: Koffi, layout: PcscLayout): Winscard {
  const { dword, handle, status, convention, names } = layout;
  const library = open(koffi, layout);
  const { readerState, ioRequest } = structures(koffi, layout);
  const bytes = "uint8 *";
  const nothing = "void *";
  const given = (type: unknown) => koffi.out(koffi.pointer(type));
  const length = koffi.inout(koffi.pointer(dword));
  const states = koffi.inout(koffi.pointer(readerState));
  const call = <Arguments extends unknown[]>(
    name: string,
    ...parameters: readonly unknown[]
  ): Call<Arguments> => {
    const declared = library.func(convention, names[name] ?? name, status, parameters);
    return (...values) =>
      new Promise((resolve, reject) => {
        declared.async(...values, (error: Error | null, result: number) => {
          if (error) reject(error);
          else resolve(result >>> 0);
        });
      });
  };
  return {
    layout,
    ioRequestSize: koffi.sizeof(ioRequest),
    establishContext: call("SCardEstablishContext", dword, nothing, nothing, given(handle)),
    listReaders: call("SCardListReaders", handle, nothing, bytes, length),
    getStatusChange: call("SCardGetStatusChange", handle, dword, states, dword),
    connect: call("SCardConnect", handle, "str", dword, dword, given(handle), given(dword)),
    reconnect: call("SCardReconnect", handle, dword, dword, dword, given(dword)),
    disconnect: call("SCardDisconnect", handle, dword),
    beginTransaction: call("SCardBeginTransaction", handle),
    endTransaction: call("SCardEndTransaction", handle, dword),
    transmit: call(
      "SCardTransmit",
      handle,
      koffi.pointer(ioRequest),
      bytes,
      dword,
      nothing,
      bytes,
      length,
    ),
    control: call("SCardControl", handle, dword, bytes, dword, bytes, dword, given(dword)),
  };
}

function open(koffi: Koffi, { library }: PcscLayout): ReturnType<Koffi["load"]> {
  try {
    return koffi.load(library);
  } catch (error) {
    throw new BenchError("PCSC_LIBRARY_MISSING", messageOf(error), { cause: error });
  }
}
