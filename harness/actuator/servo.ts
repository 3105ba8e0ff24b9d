/**
 * A microcontroller with a servo on a serial line. The protocol is this bench's own, so that a dozen
 * lines of firmware speak it: 9600 bits a second, ASCII, a line each way that ends in LF (CR before it
 * is overlooked).
 *
 * host: `PRESENT`, `REMOVE`, `CUT`, `RESTORE`. board: `OK <same word>` when the movement is over, or
 * `ERR <reason>`. A board may send lines that begin with `#` whenever it likes. Opening the line makes
 * many boards restart: a board says `READY` when it listens, also on `HELLO`.
 */
import { BenchError } from "../errors.ts";
import { Inbox } from "../reader/serial/inbox.ts";
import type { OpenLine, SerialLine } from "../reader/serial/line.ts";
import { openSerialPort } from "../reader/serial/port.ts";
import { type Act, type ActuatorDriver, actuatorError, CARD_ACTS } from "./actuator.ts";
import { encodeLine, LineDecoder } from "./lines.ts";

export interface ServoOptions {
  readonly device: string;
  /** What the firmware can do. Default: the card only. */
  readonly acts?: readonly Act[] | undefined;
  /** Milliseconds a movement may take. Default 5000. */
  readonly deadline?: number | undefined;
  /** How the line is opened. By the serialport package, unless a test knows better. */
  readonly openLine?: OpenLine | undefined;
}

const BAUD_RATE = 9600;
const DEADLINE = 5_000;
const WORDS: Readonly<Record<Act, string>> = {
  present: "PRESENT",
  remove: "REMOVE",
  "cut-power": "CUT",
  "restore-power": "RESTORE",
};

/** The line is opened at the first act, and anew after it was lost. */
export function servo({
  device,
  acts = CARD_ACTS,
  deadline = DEADLINE,
  openLine = openSerialPort,
}: ServoOptions): ActuatorDriver {
  let board: ServoLine | undefined;
  const letGo = async () => {
    const line = board;
    board = undefined;
    await line?.close();
  };
  return {
    info: { driver: "servo", name: device },
    can: new Set(acts),
    perform: async (act) => {
      const end = performance.now() + deadline;
      try {
        board ??= await ServoLine.open(openLine, device, end);
        return await board.command(WORDS[act], end);
      } catch (error) {
        // A late answer must not pass for the answer to the next command.
        await letGo();
        throw actuatorError(error);
      }
    },
    close: letGo,
  };
}

class ServoLine {
  readonly #line: SerialLine;
  readonly #inbox = new Inbox<string>();
  readonly #decoder = new LineDecoder();

  private constructor(line: SerialLine) {
    this.#line = line;
    line.listen(
      (bytes) => {
        for (const text of this.#decoder.push(bytes)) this.#inbox.put(text);
      },
      (error) => this.#inbox.fail(error),
    );
  }

  static async open(openLine: OpenLine, device: string, end: number): Promise<ServoLine> {
    const servoLine = new ServoLine(await openLine(device, BAUD_RATE));
    try {
      await servoLine.#line.write(encodeLine("HELLO"));
      while ((await servoLine.#next(end, "READY")) !== "READY");
      return servoLine;
    } catch (error) {
      await servoLine.close();
      throw error;
    }
  }

  /** @returns the answer */
  async command(word: string, end: number): Promise<string> {
    this.#inbox.clear();
    await this.#line.write(encodeLine(word));
    for (;;) {
      const answer = await this.#next(end, `OK ${word}`);
      if (answer === `OK ${word}`) return answer;
      if (answer !== "READY") throw new BenchError("ACTUATOR_FAILED", `${word}: ${answer}`);
    }
  }

  close(): Promise<void> {
    return this.#line.close();
  }

  async #next(end: number, what: string): Promise<string> {
    for (;;) {
      const text = await this.#inbox.next(end, what);
      if (!text.startsWith("#") && text !== "") return text;
    }
  }
}
