/**
 * The driver for a simulated card in this process. It fails as a PC/SC reader fails, so that what is
 * tested here holds there.
 */
import { SimulatorError } from "../../simulator/errors.ts";
import type { CardSession, InProcessReader } from "../../simulator/reader/index.ts";
import { BenchError, type BenchErrorCode } from "../errors.ts";
import type { CardPresence, Reader, ReaderInfo, TransmitOptions } from "./reader.ts";
import { endsSession } from "./session.ts";

const DEADLINE = 5_000;

/** The reader of the harness over a reader of the simulator. Never physical. */
export function simulatedReader(slot: InProcessReader): Reader {
  return new SimulatedReader(slot);
}

class SimulatedReader implements Reader {
  readonly info: ReaderInfo;
  readonly #slot: InProcessReader;
  #session: CardSession | undefined;
  /** Why the session ended that was open last. */
  #over: BenchErrorCode = "READER_NOT_OPEN";

  constructor(slot: InProcessReader) {
    this.#slot = slot;
    this.info = { driver: "simulated", name: slot.name, physical: false };
  }

  async open(): Promise<CardPresence> {
    await this.close();
    try {
      this.#session = this.#slot.connect();
    } catch (error) {
      const code = isCode(error, "READER_EMPTY") ? "READER_NO_CARD" : "READER_TRANSPORT";
      throw new BenchError(code, messageOf(error), { cause: error });
    }
    return { atr: this.#session.atr };
  }

  async transmit(command: Uint8Array, options: TransmitOptions = {}): Promise<Uint8Array> {
    const { deadline = DEADLINE } = options;
    const response = await this.#during((session) => inTime(session.transmit(command), deadline));
    if (response.length >= 2) return response;
    throw new BenchError("READER_TRANSPORT", "no status word came back");
  }

  async reset(kind: "warm" | "cold"): Promise<CardPresence> {
    return { atr: await this.#during(async (session) => session.reset(kind)) };
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
  return new BenchError(sessionCode(error), messageOf(error), { cause: error });
}

function sessionCode(error: unknown): BenchErrorCode {
  if (isCode(error, "READER_CARD_REMOVED")) return "READER_CARD_REMOVED";
  if (isCode(error, "READER_CARD_RESET")) return "READER_CARD_RESET";
  if (isCode(error, "READER_EMPTY")) return "READER_NOT_OPEN";
  if (isCode(error, "CARD_UNPOWERED")) return "READER_CARD_MUTE";
  return "READER_TRANSPORT";
}

function isCode(error: unknown, code: SimulatorError["code"]): boolean {
  return error instanceof SimulatorError && error.code === code;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function inTime<T>(answer: Promise<T>, deadline: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new BenchError("READER_DEADLINE", `no answer within ${deadline} ms`));
    }, deadline);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
