/**
 * Serial lines by the serialport package (reader-facts 4.1). It is an optional dependency and is
 * loaded when the first line is opened.
 */
import { BenchError, type BenchErrorCode } from "../../errors.ts";
import { watchDevice } from "./hang-up.ts";
import type { OpenLine, SerialLine } from "./line.ts";

/** What is used of the package, described here because it need not be installed. */
interface Port {
  readonly isOpen: boolean;
  open(done: Callback): void;
  write(bytes: Uint8Array, done: Callback): void;
  update(settings: { baudRate: number }, done: Callback): void;
  close(done: Callback): void;
  on(event: "data", listener: (bytes: Uint8Array) => void): void;
  on(event: "error" | "close", listener: Callback): void;
}

type Callback = (error: Error | null | undefined) => void;
type PortClass = new (settings: { path: string; baudRate: number; autoOpen: false }) => Port;

const PACKAGE = "serialport";

/** Opens a serial device for this process alone. */
export const openSerialPort: OpenLine = async (path, baudRate) => {
  const SerialPort = await loadPort();
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  await settled((done) => port.open(done), path);
  let gone: () => void = () => undefined;
  const stop = await watchDevice(path, () => gone());
  return lineOf(port, path, {
    onGone: (listener) => {
      gone = listener;
    },
    stop,
  });
};

/** Tells that the device went away where the port itself does not. */
interface Watch {
  onGone(listener: () => void): void;
  stop(): void;
}

/** @throws BenchError SERIAL_PACKAGE_MISSING when the package cannot be loaded */
export async function loadPort(name: string = PACKAGE): Promise<PortClass> {
  try {
    const module = (await import(name)) as { SerialPort: PortClass };
    return module.SerialPort;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new BenchError("SERIAL_PACKAGE_MISSING", message.split("\n")[0] ?? "", { cause });
  }
}

function lineOf(port: Port, path: string, watch: Watch): SerialLine {
  const requireOpen = () => {
    // A write to a closed port would wait for its next opening, which never comes.
    if (!port.isOpen) throw new BenchError("READER_LOST", `${path} is closed`);
  };
  return {
    path,
    write: async (bytes) => {
      requireOpen();
      await settled((done) => port.write(bytes, done), path, "READER_LOST");
    },
    setBaudRate: async (rate) => {
      requireOpen();
      await settled((done) => port.update({ baudRate: rate }, done), path, "READER_LOST");
    },
    listen: (received, lost) => {
      const gone: Callback = (error) => {
        const reason = error?.message ?? "it was closed";
        lost(new BenchError("READER_LOST", `${path}: ${reason}`, { cause: error }));
      };
      port.on("data", (bytes) => received(Uint8Array.from(bytes)));
      port.on("error", gone);
      port.on("close", gone);
      watch.onGone(() => gone(new Error("the device is not there any more")));
    },
    close: async () => {
      watch.stop();
      if (port.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
    },
  };
}

/** @param code what a failure means; by default what the system's words say */
function settled(
  start: (done: Callback) => void,
  path: string,
  code?: BenchErrorCode,
): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (!error) return resolve();
      const message = `${path}: ${error.message.replace(/^Error:? /, "")}`;
      reject(new BenchError(code ?? openingCode(error.message), message, { cause: error }));
    });
  });
}

/** The package tells in the system's words only why a device cannot be opened. */
export function openingCode(message: string): BenchErrorCode {
  if (/No such (file|device)|File not found|ENOENT|ENXIO/i.test(message)) return "READER_NOT_FOUND";
  if (/lock port|Resource (temporarily unavailable|busy)|EBUSY/i.test(message))
    return "READER_BUSY";
  if (/Permission denied|Access denied|EACCES/i.test(message)) return "SERIAL_ACCESS_DENIED";
  return "READER_TRANSPORT";
}
