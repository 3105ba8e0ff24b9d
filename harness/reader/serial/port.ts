/** Serial lines by the serialport package (reader-facts 4.1). */
import { BenchError, type BenchErrorCode } from "../../errors.ts";
import { watchDevice } from "./hang-up.ts";
import type { OpenLine, SerialLine } from "./line.ts";
import { type Callback, loadSerialPort, type Port } from "./package.ts";

/** Opens a serial device for this process alone. */
export const openSerialPort: OpenLine = async (path, baudRate) => {
  const SerialPort = await loadSerialPort();
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
