/** What a reader is called by every process of a machine, whatever pattern a configuration uses. */
import { realpathSync } from "node:fs";

/** @param service pcscd's socket; readers of two services are not the same */
export function pcscIdentity(name: string, service = process.env.PCSCLITE_CSOCK_NAME): string {
  return service ? `pcsc "${name}" at ${service}` : `pcsc "${name}"`;
}

/** `/dev/serial/by-id/…` and `/dev/ttyUSB0` may be one device. */
export function serialIdentity(device: string): string {
  return `serial ${realPathOf(device)}`;
}

/** @param path as node-hid lists it */
export function hidIdentity(path: string): string {
  return `hid ${path}`;
}

function realPathOf(device: string): string {
  try {
    return realpathSync(device);
  } catch {
    return device;
  }
}
