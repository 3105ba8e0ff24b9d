/**
 * How PC/SC looks in memory, by system: the same functions everywhere, and not the same numbers
 * (winscard.h of Windows' SDK; pcsclite.h and wintypes.h of pcsc-lite 1.9.9; PCSC/wintypes.h and
 * PCSC/winscard.h of macOS' SDK).
 *
 * Tried on Linux alone. UNVERIFIED for Windows and macOS: written down from headers, never run.
 */
import type { PcscPlatform } from "./status-codes.ts";

export interface PcscLayout {
  /** As the dynamic linker finds it. */
  readonly library: string;
  /** DWORD: 32 bits but on pcsc-lite, where it is an unsigned long. */
  readonly dword: "uint32" | "ulong";
  /** LONG, what every function returns. */
  readonly status: "int32" | "long";
  /** SCARDCONTEXT and SCARDHANDLE. */
  readonly handle: "uintptr" | "long" | "int32";
  /** `#pragma pack(1)` around the structures. */
  readonly packed: boolean;
  /** Bytes for an answer to reset in SCARD_READERSTATE. */
  readonly atrRoom: number;
  readonly convention: "__stdcall" | "__cdecl";
  /** Functions that have another name than in PC/SC part 5. */
  readonly names: Readonly<Record<string, string>>;
  /** SCARD_CTL_CODE. */
  readonly controlCode: (code: number) => number;
}

const LAYOUTS: Readonly<Record<PcscPlatform, PcscLayout>> = {
  "pcsc-lite": {
    library: "libpcsclite.so.1",
    dword: "ulong",
    status: "long",
    handle: "long",
    packed: false,
    atrRoom: 33,
    convention: "__cdecl",
    names: {},
    controlCode: (code) => 0x4200_0000 + code,
  },
  windows: {
    library: "winscard.dll",
    dword: "uint32",
    status: "int32",
    handle: "uintptr",
    packed: false,
    atrRoom: 36,
    convention: "__stdcall",
    names: {
      SCardListReaders: "SCardListReadersA",
      SCardConnect: "SCardConnectA",
      SCardGetStatusChange: "SCardGetStatusChangeA",
    },
    // CTL_CODE(FILE_DEVICE_SMARTCARD, code, METHOD_BUFFERED, FILE_ANY_ACCESS)
    controlCode: (code) => 0x0031_0000 | (code << 2),
  },
  macos: {
    library: "/System/Library/Frameworks/PCSC.framework/PCSC",
    dword: "uint32",
    status: "int32",
    handle: "int32",
    packed: true,
    atrRoom: 33,
    convention: "__cdecl",
    // The plain name is an older function with fewer parameters.
    names: { SCardControl: "SCardControl132" },
    controlCode: (code) => 0x4200_0000 + code,
  },
};

export function layoutOf(platform: PcscPlatform): PcscLayout {
  return LAYOUTS[platform];
}

/** Fields of SCARD_READERSTATE in their order, as koffi names types. */
export function readerStateFields({
  dword,
  atrRoom,
}: PcscLayout): Readonly<Record<string, string>> {
  return {
    szReader: "str",
    pvUserData: "void *",
    dwCurrentState: dword,
    dwEventState: dword,
    cbAtr: dword,
    rgbAtr: `uint8[${atrRoom}]`,
  };
}

/** Fields of SCARD_IO_REQUEST in their order. */
export function ioRequestFields({ dword }: PcscLayout): Readonly<Record<string, string>> {
  return { dwProtocol: dword, cbPciLength: dword };
}
