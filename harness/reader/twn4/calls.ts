/**
 * Calls of the TWN4 API over a serial line (reader-facts 4.3). The protocol has no numbers and no
 * checksums: an answer is the answer to the call before, and a call is never made twice.
 */
import { concat } from "../../../simulator/iso7816/index.ts";
import {
  encodeLine,
  LineDecoder,
  RESULT,
  type Twn4Line,
  Values,
} from "../../../simulator/reader/twn4/index.ts";
import { BenchError } from "../../errors.ts";
import { Inbox } from "../serial/inbox.ts";
import type { SerialLine } from "../serial/line.ts";

const LINE_END = Uint8Array.of(0x0d);

export class Twn4Calls {
  readonly #line: SerialLine;
  readonly #inbox = new Inbox<Twn4Line>();
  readonly #decoder = new LineDecoder();

  constructor(line: SerialLine) {
    this.#line = line;
    line.listen(
      (bytes) => {
        for (const one of this.#decoder.push(bytes)) this.#inbox.put(one);
      },
      (error) => this.#inbox.fail(error),
    );
  }

  /**
   * @param deadline milliseconds
   * @param read takes the values of the answer, all of them
   * @throws BenchError READER_TRANSPORT for an answer that is none, READER_UNSUPPORTED for a call this
   * reader does not know, READER_DEADLINE, READER_LOST
   */
  async call<T>(
    [api, number]: readonly [number, number],
    values: readonly Uint8Array[],
    deadline: number,
    read: (values: Values) => T,
  ): Promise<T> {
    const name = `call ${api.toString(16)}/${number.toString(16)}`;
    const end = performance.now() + deadline;
    this.#inbox.clear();
    await this.#line.write(encodeLine(concat(Uint8Array.of(api, number), ...values)));
    return this.#answer(name, end, read);
  }

  /**
   * Makes a call and passes over everything until its answer: what an earlier program left half said,
   * or was not told any more.
   *
   * @throws BenchError READER_DEADLINE, READER_LOST
   */
  async resynchronise(
    call: readonly number[],
    deadline: number,
    isAnswer: (bytes: Uint8Array) => boolean,
  ): Promise<void> {
    const end = performance.now() + deadline;
    this.#inbox.clear();
    await this.#line.write(LINE_END);
    await this.#line.write(encodeLine(Uint8Array.from(call)));
    for (;;) {
      const line = await this.#inbox.next(end, "a word from the reader");
      if (line.kind === "bytes" && isAnswer(line.bytes)) return;
    }
  }

  async #answer<T>(name: string, end: number, read: (values: Values) => T): Promise<T> {
    const line = await this.#inbox.next(end, `the answer to ${name}`);
    if (line.kind === "damaged") {
      throw new BenchError("READER_TRANSPORT", `the answer to ${name} is damaged`);
    }
    return readAnswer(new Values(line.bytes), name, read);
  }
}

function readAnswer<T>(values: Values, name: string, read: (values: Values) => T): T {
  try {
    const result = values.byte();
    if (result === RESULT.unknownFunction || result === RESULT.invalidFunction) {
      throw new BenchError("READER_UNSUPPORTED", `the reader does not know ${name}`);
    }
    if (result !== RESULT.ok) {
      throw new BenchError("READER_TRANSPORT", `the reader refuses ${name} with ${result}`);
    }
    const answer = read(values);
    if (values.atEnd) return answer;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw new BenchError("READER_TRANSPORT", `the answer to ${name} has another form`);
}
