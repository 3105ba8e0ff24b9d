/**
 * A machine with emulated HID devices. It keeps what node-hid keeps: a report is nine or 65 bytes, id
 * in front; a device that went away is told of at the next call.
 */
import { SimulatorError } from "../../../../simulator/errors.ts";
import { BenchError } from "../../../errors.ts";
import type { HidDevice, HidHost, HidPort } from "../port.ts";

/** What an emulated device does; what it has no word for, it refuses. */
interface EmulatedDevice {
  write?(report: Uint8Array): Promise<void>;
  read?(timeout: number): Promise<Uint8Array | undefined>;
  sendFeatureReport?(report: Uint8Array): Promise<void>;
  getFeatureReport?(id: number): Promise<Uint8Array>;
}

export interface PluggedDevice {
  readonly listed: HidDevice;
  readonly device: EmulatedDevice;
}

export class EmulatedHidHost implements HidHost {
  /** How many ports are open. */
  opened = 0;
  readonly #plugged: readonly PluggedDevice[];

  constructor(...plugged: PluggedDevice[]) {
    this.#plugged = plugged;
  }

  async list(): Promise<readonly HidDevice[]> {
    return this.#plugged.map(({ listed }) => listed);
  }

  async open(path: string): Promise<HidPort> {
    const found = this.#plugged.find(({ listed }) => listed.path === path);
    if (found === undefined) throw new BenchError("READER_NOT_FOUND", `cannot open ${path}`);
    this.opened += 1;
    return this.#portOf(found.device, path);
  }

  #portOf(device: EmulatedDevice, path: string): HidPort {
    let open = true;
    const refused = () => Promise.reject(new BenchError("READER_LOST", `${path}: not understood`));
    const during = <T>(call: () => Promise<T> | undefined) => {
      if (!open) throw new BenchError("READER_LOST", `${path} is closed`);
      return (call() ?? refused()).catch(lost);
    };
    return {
      path,
      write: async (report) => during(() => device.write?.(report)),
      read: async (timeout) => {
        const report = await during(() => device.read?.(timeout));
        if (report !== undefined) return report;
        throw new BenchError("READER_DEADLINE", `${path}: no report came within ${timeout} ms`);
      },
      sendFeatureReport: async (report) => during(() => device.sendFeatureReport?.(report)),
      getFeatureReport: async (id, length) =>
        (await during(() => device.getFeatureReport?.(id))).slice(0, length),
      close: async () => {
        if (open) this.opened -= 1;
        open = false;
      },
    };
  }
}

function lost(error: unknown): never {
  if (error instanceof SimulatorError) {
    throw new BenchError("READER_LOST", error.message, { cause: error });
  }
  throw error;
}
