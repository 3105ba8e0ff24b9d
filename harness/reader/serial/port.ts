/**
 * Serial lines by the serialport package (reader-facts 4.1). It is an optional dependency and is
 * loaded when the first line is opened.
 */
import { BenchError, type BenchErrorCode } from "../../errors.ts";
import type { OpenLine, SerialLine } from "./line.ts";

/** What is used of the package, described here because it need not be installed. */
interface Port {
  readonly isOpen: boolean;
  open(done: Callback): void;
  write(bytes: Uint8Array, done: Callback): void;
  update(settings: { baudRate: number }, done: Callback): void;
  close(done: Callback): void;
  on(event: "data", listener: (bytes: Uint8Array) => void): void;
  on(event: "error" | "close", listener: (error: Error | null) => void): void;
}

type Callback = (error: Error | null | undefined) => void;
type PortClass = new (settings: { path: string; baudRate: number; autoOpen: false }) => Port;

const PACKAGE: string = "serialport";

/** Opens a serial device for this process alone. */
export const openSerialPort: OpenLine = async (path, baudRate) => {
  const SerialPort = await load();
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  await settled((done) => port.open(done), path);
  return lineOf(port, path);
};

async function load(): Promise<PortClass> {
  try {
    const module = (await import(PACKAGE)) as { SerialPort: PortClass };
    return module.SerialPort;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new BenchError("SERIAL_PACKAGE_MISSING", message.split("\n")[0] ?? "", { cause });
  }
}

function lineOf(port: Port, path: string): SerialLine {
  const requireOpen = () => {
    // A write to a closed port would wait for its next opening, which never comes.
    if (!port.isOpen) throw new BenchError("READER_LOST", `${path} is closed`);
  };
  return {
    path,
    write: async (bytes) => {
      requireOpen();
      await settled((done) => port.write(bytes, done), path);
    },
    setBaudRate: async (rate) => {
      requireOpen();
      await settled((done) => port.update({ baudRate: rate }, done), path);
    },
    listen: (received, lost) => {
      const gone = (error: Error | null) => {
        const reason = error === null ? "it was closed" : error.message;
        lost(new BenchError("READER_LOST", `${path}: ${reason}`, { cause: error }));
      };
      port.on("data", (bytes) => received(Uint8Array.from(bytes)));
      port.on("error", gone);
      port.on("close", gone);
    },
    close: async () => {
      if (port.isOpen) await new Promise<void>((resolve) => port.close(() => resolve()));
    },
  };
}

function settled(start: (done: Callback) => void, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    start((error) => {
      if (error) reject(portError(error, path));
      else resolve();
    });
  });
}

/** The package tells what went wrong in the system's words only. */
export function portError(error: Error, path: string): BenchError {
  return new BenchError(codeOf(error.message), `${path}: ${error.message}`, { cause: error });
}

function codeOf(message: string): BenchErrorCode {
  if (/No such (file|device)|File not found|ENOENT/i.test(message)) return "READER_NOT_FOUND";
  if (/lock port|Resource (temporarily unavailable|busy)|EBUSY/i.test(message))
    return "READER_BUSY";
  if (/Permission denied|Access denied|EACCES/i.test(message)) return "SERIAL_ACCESS_DENIED";
  if (/bad file descriptor|Input\/output error|ENXIO|not open/i.test(message)) return "READER_LOST";
  return "READER_TRANSPORT";
}
