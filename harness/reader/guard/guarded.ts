/**
 * The guard: a decorator that keeps a physical card from harm. A PIN that is blocked, and a
 * certificate that is gone, mean a visit to the municipal office; a signature can bind its holder.
 *
 * - a simulated card passes freely;
 * - a physical card is only read, unless it is the declared test card: selected from, read, asked
 *   for tries left, made to sign with keys that need no PIN;
 * - on the test card what may happen is what the scenario declares (`effect`), and the last try of a
 *   PIN is never spent: before each VERIFY with data the card is asked how many there are.
 *
 * A card that is shared with another program (`share: "shared"`) may lose a try to it between the
 * question and the VERIFY; no reader can prevent that.
 */
import { triesLeft } from "../../../simulator/iso7816/index.ts";
import { BenchError } from "../../errors.ts";
import type { CardPresence, Reader, ReaderInfo, TransmitOptions } from "../reader.ts";
import { endsSession } from "../session.ts";
import { classify } from "./classify.ts";
import { identify } from "./identify.ts";
import { type GuardPolicy, meansToSpend, requirePermitted, type SurprisedCards } from "./policy.ts";

/** Of this process: the surprise of one scenario holds for all that follow. */
const surprised: SurprisedCards = new Set();

/**
 * A reader that behaves as `reader` does and refuses what the policy does not allow. What is refused
 * never reaches `reader`.
 *
 * @param reader with `info.physical` true it is guarded; otherwise it is given back as it is
 * @param memory test cards on which a PIN was wrong unexpectedly; those of this process by default
 * @throws BenchError from `transmit`: GUARD_EFFECT for a command that is not allowed, GUARD_LAST_TRY
 * where a PIN could lose its last try or was wrong unexpectedly before
 */
export function guarded(
  reader: Reader,
  policy: GuardPolicy,
  memory: SurprisedCards = surprised,
): Reader {
  return reader.info.physical ? new GuardedReader(reader, policy, memory) : reader;
}

const NOT_DECLARED = "no physical card is declared a test card";

class GuardedReader implements Reader {
  readonly info: ReaderInfo;
  readonly beginTransaction: Reader["beginTransaction"];
  readonly endTransaction: Reader["endTransaction"];
  readonly #reader: Reader;
  readonly #policy: GuardPolicy;
  readonly #memory: SurprisedCards;
  /** Why the card is not the declared one; undefined when it is. */
  #stranger: string | undefined = NOT_DECLARED;
  /** Settles when all that was asked for has ended: a question and its VERIFY stay together. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(reader: Reader, policy: GuardPolicy, memory: SurprisedCards) {
    this.info = reader.info;
    this.beginTransaction = reader.beginTransaction?.bind(reader);
    this.endTransaction = reader.endTransaction?.bind(reader);
    this.#reader = reader;
    this.#policy = policy;
    this.#memory = memory;
  }

  open(): Promise<CardPresence> {
    return this.#inTurn(async () => {
      this.#stranger = NOT_DECLARED;
      const presence = await this.#reader.open();
      const { testCard } = this.#policy;
      if (testCard === undefined) return presence;
      const found = await identify(this.#reader);
      // The caller is to find the card as if nobody had asked it anything.
      const untouched = await this.#reader.reset("cold");
      this.#stranger = strangeness(testCard, found);
      return untouched;
    });
  }

  transmit(command: Uint8Array, options?: TransmitOptions): Promise<Uint8Array> {
    return this.#inTurn(async () => {
      const kind = classify(command);
      requirePermitted(kind, this.#policy, this.#stranger);
      return kind === "tries" ? this.#verify(command, options) : this.#send(command, options);
    });
  }

  reset(kind: "warm" | "cold"): Promise<CardPresence> {
    return this.#inTurn(() => this.#watched(this.#reader.reset(kind)));
  }

  close(): Promise<void> {
    return this.#inTurn(() => {
      this.#stranger = NOT_DECLARED;
      return this.#reader.close();
    });
  }

  async #verify(command: Uint8Array, options?: TransmitOptions): Promise<Uint8Array> {
    const card = this.#policy.testCard ?? "";
    if (this.#memory.has(card)) {
      throw lastTry("a PIN of this card was wrong when it should not have been");
    }
    const question = Uint8Array.of(0x00, 0x20, 0x00, command[3] ?? 0);
    const left = triesIn(await this.#send(question, options));
    if (left === undefined) throw lastTry("the card does not tell how many tries are left");
    if (left < 2) throw lastTry(left === 1 ? "one try is left" : "the PIN is blocked");
    const answer = await this.#send(command, options);
    if (isWrongPin(answer) && !meansToSpend(this.#policy)) this.#memory.add(card);
    return answer;
  }

  #send(command: Uint8Array, options?: TransmitOptions): Promise<Uint8Array> {
    return this.#watched(this.#reader.transmit(command, options));
  }

  /** When a session ends, another card may lie there by now. */
  async #watched<T>(operation: Promise<T>): Promise<T> {
    try {
      return await operation;
    } catch (error) {
      if (endsSession(error)) this.#stranger = NOT_DECLARED;
      throw error;
    }
  }

  #inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(operation);
    this.#turn = mine.catch(() => undefined);
    return mine;
  }
}

function strangeness(declared: string, found: string | undefined): string | undefined {
  if (found === declared) return undefined;
  return `the card is ${found ?? "one that does not tell"}, and the test card is ${declared}`;
}

/** Undefined for every answer that is not 63CX. */
function triesIn(answer: Uint8Array): number | undefined {
  return triesLeft(statusOf(answer));
}

function isWrongPin(answer: Uint8Array): boolean {
  return statusOf(answer) >> 8 === 0x63;
}

function statusOf(answer: Uint8Array): number {
  const [sw1 = 0, sw2 = 0] = answer.subarray(-2);
  return (sw1 << 8) | sw2;
}

function lastTry(reason: string): BenchError {
  return new BenchError("GUARD_LAST_TRY", `VERIFY was not sent: ${reason}`);
}
