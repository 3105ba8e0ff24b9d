/**
 * HID devices by the node-hid package (reader-facts 3.1). It is an optional dependency and is loaded
 * when the first device is looked for; never in a worker thread, where native packages of this kind
 * are known to take the whole process with them.
 */
import { isMainThread } from "node:worker_threads";
import { BenchError, type BenchErrorCode, firstLineOf } from "../../errors.ts";
import type { HidDevice, HidHost, HidPort } from "./port.ts";

/** What is used of the package, described here because it need not be installed. */
interface Handle {
  write(report: number[]): Promise<number>;
  /** Resolves an empty Buffer when the time is over. */
  read(timeout: number): Promise<Uint8Array | undefined>;
  sendFeatureReport(report: number[]): Promise<number>;
  getFeatureReport(id: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
  on(event: "error", listener: (problem: unknown) => void): void;
}

interface Listed extends Omit<HidDevice, "path"> {
  readonly path?: string | undefined;
}

interface Package {
  devicesAsync(): Promise<Listed[]>;
  readonly HIDAsync: { open(path: string): Promise<Handle> };
}

const PACKAGE = "node-hid";

/** @param inMainThread where the caller runs; a worker thread is refused */
export function nodeHidHost(inMainThread: boolean = isMainThread): HidHost {
  const load = () => loadNodeHid(inMainThread);
  return {
    list: async () => {
      const nodeHid = await load();
      const listed = await called(() => nodeHid.devicesAsync(), "the list of HID devices");
      return listed.flatMap(({ path, ...device }) =>
        path === undefined ? [] : [{ path, ...device }],
      );
    },
    open: async (path) => {
      const { HIDAsync } = await load();
      return portOf(await called(() => HIDAsync.open(path), path), path);
    },
  };
}

/** @throws BenchError HID_PACKAGE_MISSING when the package cannot be loaded, READER_UNSUPPORTED */
export async function loadNodeHid(inMainThread: boolean, name = PACKAGE): Promise<Package> {
  if (!inMainThread) {
    throw new BenchError("READER_UNSUPPORTED", "HID devices cannot be used in a worker thread");
  }
  try {
    const module = (await import(name)) as { default: Package };
    return module.default;
  } catch (cause) {
    throw new BenchError("HID_PACKAGE_MISSING", firstLineOf(cause), { cause });
  }
}

function portOf(handle: Handle, path: string): HidPort {
  let open = true;
  // An event nobody listens to would end the process; whoever calls next is told.
  handle.on("error", () => undefined);
  const during = <T>(call: () => Promise<T>) => {
    if (open) return called(call, path, "READER_LOST");
    throw new BenchError("READER_LOST", `${path} is closed`);
  };
  return {
    path,
    write: async (report) => void (await during(() => handle.write([...report]))),
    read: async (timeout) => {
      const report = await during(() => handle.read(timeout));
      if (report !== undefined && report.length > 0) return Uint8Array.from(report);
      throw new BenchError("READER_DEADLINE", `${path}: no report came within ${timeout} ms`);
    },
    sendFeatureReport: async (report) =>
      void (await during(() => handle.sendFeatureReport([...report]))),
    getFeatureReport: async (id, length) =>
      Uint8Array.from(await during(() => handle.getFeatureReport(id, length))),
    close: async () => {
      if (!open) return;
      open = false;
      await handle.close().catch(() => undefined);
    },
  };
}

/** @param code what a failure means; by default what the package's words say */
async function called<T>(call: () => Promise<T>, what: string, code?: BenchErrorCode): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const message = firstLineOf(cause);
    throw new BenchError(code ?? openingCode(message), `${what}: ${message}`, { cause });
  }
}

/** The package tells in words only why a device cannot be opened; some of its errors are strings. */
export function openingCode(message: string): BenchErrorCode {
  if (/shared object file|\.so\.\d/i.test(message)) return "HID_PACKAGE_MISSING";
  if (/permission|EACCES|access denied/i.test(message)) return "HID_ACCESS_DENIED";
  return "READER_NOT_FOUND";
}
