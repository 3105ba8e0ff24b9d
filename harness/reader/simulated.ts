/**
 * The driver for a simulated card in this process. It fails as a PC/SC reader fails, so that what is
 * tested here holds there.
 */
import { SimulatorError } from "../../simulator/errors.ts";
import {
  type CardSession,
  type InProcessReader,
  ReaderFailure,
  type SimulatedPcsc,
} from "../../simulator/reader/index.ts";
import { BenchError, type BenchErrorCode, messageOf } from "../errors.ts";
import { statusError } from "./pcsc/status-codes.ts";
import type {
  CardPresence,
  Reader,
  ReaderDirectory,
  ReaderInfo,
  ShareMode,
  TransmitOptions,
} from "./reader.ts";
import { endsSession } from "./session.ts";
import { within } from "./within.ts";

const DEADLINE = 5_000;

/** The reader of the harness over a reader of the simulator. Never physical. */
export function simulatedReader(slot: InProcessReader, share: ShareMode = "shared"): Reader {
  return new SimulatedReader(slot.name, () => slot, share);
}

/** The readers of a simulated machine. A reader is looked for by its name whenever it is opened. */
export function simulatedDirectory(pcsc: SimulatedPcsc): ReaderDirectory {
  return {
    list: async () => {
      try {
        return pcsc.list();
      } catch (error) {
        throw sessionError(error);
      }
    },
    reader: async (name, share = "shared") =>
      new SimulatedReader(name, () => pcsc.reader(name), share),
  };
}

class SimulatedReader implements Reader {
  readonly info: ReaderInfo;
  readonly #find: () => InProcessReader;
  readonly #share: ShareMode;
  #session: CardSession | undefined;
  /** Why the session ended that was open last. */
  #over: BenchErrorCode = "READER_NOT_OPEN";

  constructor(name: string, find: () => InProcessReader, share: ShareMode) {
    this.#find = find;
    this.#share = share;
    this.info = { driver: "simulated", name, physical: false };
  }

  async open(): Promise<CardPresence> {
    await this.close();
    try {
      this.#session = this.#find().connect(this.#share);
    } catch (error) {
      throw sessionError(error);
    }
    return { atr: this.#session.atr };
  }

  async transmit(command: Uint8Array, options: TransmitOptions = {}): Promise<Uint8Array> {
    const { deadline = DEADLINE } = options;
    const response = await this.#during((session) =>
      within(session.transmit(command, deadline), deadline, () => late(deadline)),
    );
    if (response.length >= 2) return response;
    throw new BenchError("READER_TRANSPORT", "no status word came back");
  }

  async reset(kind: "warm" | "cold"): Promise<CardPresence> {
    return { atr: await this.#during(async (session) => session.reset(kind)) };
  }

  beginTransaction(): Promise<void> {
    return this.#during((session) => session.beginTransaction());
  }

  async endTransaction(): Promise<void> {
    this.#session?.endTransaction();
  }

  async close(): Promise<void> {
    this.#session?.disconnect();
    this.#session = undefined;
    this.#over = "READER_NOT_OPEN";
  }

  async #during<T>(operation: (session: CardSession) => Promise<T>): Promise<T> {
    const session = this.#session;
    if (session === undefined) throw new BenchError(this.#over, `${this.info.name} is not open`);
    try {
      return await operation(session);
    } catch (error) {
      const failure = sessionError(error);
      if (endsSession(failure) && this.#session === session) this.#end(failure.code);
      throw failure;
    }
  }

  #end(code: BenchErrorCode): void {
    this.#session?.disconnect();
    this.#session = undefined;
    this.#over = code === "READER_DEADLINE" ? "READER_LOST" : code;
  }
}

function sessionError(error: unknown): BenchError {
  if (error instanceof BenchError) return error;
  const message = messageOf(error);
  if (error instanceof ReaderFailure) {
    return statusError(error.status, message, { platform: error.platform, cause: error });
  }
  const unpowered = error instanceof SimulatorError && error.code === "CARD_UNPOWERED";
  const code = unpowered ? "READER_CARD_MUTE" : "READER_TRANSPORT";
  return new BenchError(code, message, { cause: error });
}

function late(deadline: number): BenchError {
  return new BenchError("READER_DEADLINE", `no answer within ${deadline} ms`);
}
