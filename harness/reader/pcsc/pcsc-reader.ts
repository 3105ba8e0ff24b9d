/** The driver for PC/SC readers: a session is a host process, and ends with it. */
import { BenchError, type BenchErrorCode } from "../../errors.ts";
import type { CardPresence, Reader, ReaderInfo, TransmitOptions } from "../reader.ts";
import { endsSession } from "../session.ts";
import type { HostSettings } from "./fork-host.ts";
import { giveBack, hostFor } from "./host-pool.ts";
import type { HostProcess } from "./host-process.ts";
import type { HostVerb, HostVerbs, PcscShareMode } from "./protocol.ts";

export interface PcscReader extends Reader {
  /**
   * SCardControl: a command to the reader itself.
   *
   * @param code as the reader's manual gives it for this system
   * @throws BenchError READER_TRANSPORT where the reader does not support it
   */
  control(code: number, data: Uint8Array, options?: TransmitOptions): Promise<Uint8Array>;
  /**
   * Waits for other programs to end their transactions, for as long as `open` may take.
   *
   * @throws BenchError READER_UNSUPPORTED with the binding pcsclite
   */
  beginTransaction(): Promise<void>;
  endTransaction(): Promise<void>;
}

export interface PcscReaderOptions extends HostSettings {
  /** The whole name. */
  readonly name: string;
  readonly physical: boolean;
  /**
   * Default `shared`: other programs may use the card too, and may select and reset. With
   * `exclusive` nobody else can, and `open` fails with READER_BUSY while somebody does. `direct` is
   * for `control` alone, and needs no card.
   */
  readonly share?: PcscShareMode;
  /** Milliseconds for `open` and `reset`. Default 15000. */
  readonly openDeadline?: number;
}

const APDU_DEADLINE = 5_000;
const OPEN_DEADLINE = 15_000;
const CLOSE_DEADLINE = 2_000;

/** Header of the shortest command, and what vpcd can carry at most. */
const COMMAND_MIN = 4;
const COMMAND_MAX = 65_535;

export class PcscCardReader implements PcscReader {
  readonly info: ReaderInfo;
  readonly #options: PcscReaderOptions;
  #host: HostProcess | undefined;
  /** Why the session ended that was open last. */
  #over: BenchErrorCode = "READER_NOT_OPEN";

  constructor(options: PcscReaderOptions) {
    this.#options = options;
    this.info = { driver: "pcsc", name: options.name, physical: options.physical };
  }

  async open(): Promise<CardPresence> {
    await this.close();
    const { name, share = "shared", openDeadline = OPEN_DEADLINE } = this.#options;
    const { host, answer } = await hostFor(this.#options, (asked) =>
      asked.request("connect", { reader: name, share }, openDeadline),
    );
    this.#host = host;
    return answer;
  }

  async transmit(command: Uint8Array, options: TransmitOptions = {}): Promise<Uint8Array> {
    requireSendable(command);
    const deadline = options.deadline ?? APDU_DEADLINE;
    const response = await this.#request("transmit", { command }, deadline);
    // PC/SC calls it success when the card goes away in the middle of a command.
    if (response.length < 2) throw this.#endSession("READER_TRANSPORT", "no status word came back");
    return response;
  }

  async reset(kind: "warm" | "cold"): Promise<CardPresence> {
    const deadline = this.#options.openDeadline ?? OPEN_DEADLINE;
    return { atr: await this.#request("reset", { kind }, deadline) };
  }

  control(code: number, data: Uint8Array, options: TransmitOptions = {}): Promise<Uint8Array> {
    return this.#request("control", { code, data }, options.deadline ?? APDU_DEADLINE);
  }

  async beginTransaction(): Promise<void> {
    await this.#request("begin", {}, this.#options.openDeadline ?? OPEN_DEADLINE);
  }

  async endTransaction(): Promise<void> {
    if (this.#host !== undefined) await this.#request("end", {}, CLOSE_DEADLINE);
  }

  /**
   * Cuts the card's power, so that the next user of the reader does not find a PIN verified: neither
   * letting go of the card nor a warm reset would do (card-facts section 3). For other programs that
   * share the card this is a reset.
   */
  async close(): Promise<void> {
    const host = this.#host;
    this.#host = undefined;
    this.#over = "READER_NOT_OPEN";
    if (host === undefined) return;
    if (await disconnected(host, "cut")) await giveBack(this.#options, host);
    else await host.kill();
  }

  async #request<Verb extends HostVerb>(
    verb: Verb,
    details: HostVerbs[Verb]["request"],
    deadline: number,
  ): Promise<HostVerbs[Verb]["result"]> {
    const host = this.#host;
    if (host === undefined) throw new BenchError(this.#over, `${this.info.name} is not open`);
    try {
      return await host.request(verb, details, deadline);
    } catch (error) {
      if (endsSession(error)) this.#endSession(error.code, error.message);
      throw error;
    }
  }

  /** From now on every call fails in the same way, until the reader is opened again. */
  #endSession(code: BenchErrorCode, message: string): BenchError {
    this.#over = code === "READER_DEADLINE" || code === "READER_TRANSPORT" ? "READER_LOST" : code;
    if (this.#host !== undefined) void leave(this.#host);
    this.#host = undefined;
    return new BenchError(code, message);
  }
}

/**
 * Takes leave of pcscd before the process ends. Without that pcscd would reset the card, and with it
 * the session of whoever uses it now.
 */
async function leave(host: HostProcess): Promise<void> {
  await disconnected(host, "keep");
  await host.kill();
}

/** Whether there is no connection any more that somebody would have to end. */
async function disconnected(host: HostProcess, power: "cut" | "keep"): Promise<boolean> {
  if (!host.alive) return false;
  return host.request("disconnect", { power }, CLOSE_DEADLINE).then(
    () => true,
    () => false,
  );
}

/** vpcd takes a command of one byte for an order to itself and freezes pcscd (reader-facts 1.3). */
function requireSendable(command: Uint8Array): void {
  if (command.length >= COMMAND_MIN && command.length <= COMMAND_MAX) return;
  const message = `a command of ${command.length} bytes; PC/SC readers take 4 to ${COMMAND_MAX}`;
  throw new BenchError("READER_TRANSPORT", message);
}
