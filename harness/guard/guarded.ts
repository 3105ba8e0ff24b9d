/**
 * The guard: a decorator that keeps a physical card from harm. A PIN that is blocked, and a
 * certificate that is gone, mean a visit to the municipal office; a signature can bind its holder.
 *
 * - a simulated card passes freely;
 * - a physical card is only read, unless it is the declared test card: selected from, read, asked
 *   for tries left, made to sign with keys that need no PIN;
 * - on the test card what may happen is what the scenario declares (`effect`), and the last try of a
 *   PIN is never spent: before each VERIFY with data the card is asked how many there are;
 * - each try is charged to the run's budget before it is spent, and given back by the right PIN;
 * - after the first surprise the test card gets nothing more in this run, not even a question.
 *
 * A card that is shared with another program (`share: "shared"`) may lose a try to it between the
 * question and the VERIFY; no reader can prevent that.
 */
import { BenchError } from "../errors.ts";
import type { CardPresence, Reader, ReaderInfo, TransmitOptions } from "../reader/reader.ts";
import { endsSession } from "../reader/session.ts";
import { statusWordOf } from "../reader/status-word.ts";
import { readCommand } from "../reader/trace/read-command.ts";
import { type CardView, NOTHING_KNOWN, POWERED_ON } from "../reader/trace/view.ts";
import { classify } from "./classify.ts";
import { identify } from "./identify.ts";
import { CardLedger } from "./ledger.ts";
import { type GuardPolicy, requirePermitted } from "./policy.ts";
import { verifyOnce } from "./verify.ts";
import { whichPin } from "./which-pin.ts";

/** Of this process: what one scenario spent holds for all that follow. */
const ofThisProcess = new CardLedger();

/**
 * A reader that behaves as `reader` does and refuses what the policy does not allow. What is refused
 * never reaches `reader`.
 *
 * @param reader with `info.physical` true it is guarded; otherwise it is given back as it is
 * @param ledger what this run took from its test cards; that of this process by default
 * @throws BenchError from `transmit`: GUARD_EFFECT for a command that is not allowed, GUARD_LAST_TRY
 * where a PIN could lose its last try, GUARD_BUDGET where the run has spent what it may; and from
 * `open` too GUARD_LATCHED for a test card that had a surprise
 */
export function guarded(
  reader: Reader,
  policy: GuardPolicy,
  ledger: CardLedger = ofThisProcess,
): Reader {
  return reader.info.physical ? new GuardedReader(reader, policy, ledger) : reader;
}

const NOT_DECLARED = "no physical card is declared a test card";

class GuardedReader implements Reader {
  readonly info: ReaderInfo;
  readonly beginTransaction: Reader["beginTransaction"];
  readonly endTransaction: Reader["endTransaction"];
  readonly #reader: Reader;
  readonly #policy: GuardPolicy;
  readonly #ledger: CardLedger;
  /** Why the card is not the declared one; undefined when it is. */
  #stranger: string | undefined = NOT_DECLARED;
  /** What is selected on the card, which tells one PIN from another. */
  #view: CardView = NOTHING_KNOWN;
  /** Settles when all that was asked for has ended: a question and its VERIFY stay together. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(reader: Reader, policy: GuardPolicy, ledger: CardLedger) {
    this.info = reader.info;
    this.beginTransaction = reader.beginTransaction?.bind(reader);
    this.endTransaction = reader.endTransaction?.bind(reader);
    this.#reader = reader;
    this.#policy = policy;
    this.#ledger = ledger;
  }

  open(): Promise<CardPresence> {
    return this.#inTurn(async () => {
      this.#stranger = NOT_DECLARED;
      this.#requireUnlatched();
      const presence = await this.#reader.open();
      this.#view = POWERED_ON;
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
      this.#requireUnlatched();
      const kind = classify(command);
      requirePermitted(kind, this.#policy, this.#stranger);
      return kind === "tries" ? this.#verify(command, options) : this.#send(command, options);
    });
  }

  reset(kind: "warm" | "cold"): Promise<CardPresence> {
    return this.#inTurn(() => {
      this.#requireUnlatched();
      this.#view = POWERED_ON;
      return this.#watched(this.#reader.reset(kind));
    });
  }

  close(): Promise<void> {
    return this.#inTurn(() => {
      this.#stranger = NOT_DECLARED;
      return this.#reader.close();
    });
  }

  #verify(command: Uint8Array, options?: TransmitOptions): Promise<Uint8Array> {
    const verification = {
      command,
      pin: whichPin(command, this.#view),
      card: this.#policy.testCard ?? "",
      policy: this.#policy,
      ledger: this.#ledger,
      send: this.#send.bind(this),
    };
    return verifyOnce(verification, options);
  }

  async #send(command: Uint8Array, options?: TransmitOptions): Promise<Uint8Array> {
    const { after } = readCommand(command, this.#view);
    this.#view = NOTHING_KNOWN;
    const answer = await this.#watched(this.#reader.transmit(command, options));
    this.#view = after(statusWordOf(answer));
    return answer;
  }

  #requireUnlatched(): void {
    const { testCard } = this.#policy;
    const reason = testCard === undefined ? undefined : this.#ledger.latched(testCard);
    if (reason === undefined) return;
    throw new BenchError("GUARD_LATCHED", `nothing more is sent to this card: ${reason}`);
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
