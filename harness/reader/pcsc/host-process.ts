/** The bench's end of a host process: one request under way, a deadline for each, and the axe. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { BenchError } from "../../errors.ts";
import { forkHost, type HostSettings } from "./fork-host.ts";
import type { HostReply, HostVerb, HostVerbs } from "./protocol.ts";
import { PcscError } from "./status-codes.ts";

const LAST_WORDS_MAX = 500;

export class HostProcess {
  readonly #child: ChildProcess;
  /** Settles when every request so far has been answered. */
  #turn: Promise<unknown> = Promise.resolve();
  #lastId = 0;
  #ended: BenchError | undefined;
  /** The end of what it wrote to standard error. */
  #lastWords = "";

  constructor(settings: HostSettings = {}) {
    this.#child = forkHost(settings);
    this.#child.stderr?.on("data", (text) => {
      this.#lastWords = (this.#lastWords + String(text)).slice(-LAST_WORDS_MAX);
    });
    this.#child.once("error", (error) => this.#end(`could not be started: ${error.message}`));
    this.#child.once("exit", (code, signal) => this.#end(`ended (${signal ?? code})`));
  }

  get alive(): boolean {
    return this.#ended === undefined;
  }

  /**
   * Asks for one thing and waits for it; requests that overlap take turns.
   *
   * @param deadline milliseconds from when the request is its turn
   * @throws BenchError READER_DEADLINE, and the process is killed, because a PC/SC call cannot be
   * taken back; READER_LOST when the process is no more; what the process answers with
   */
  request<Verb extends HostVerb>(
    verb: Verb,
    details: HostVerbs[Verb]["request"],
    deadline: number,
  ): Promise<HostVerbs[Verb]["result"]> {
    const mine = this.#turn.then(() => this.#ask(verb, details, deadline));
    this.#turn = mine.catch(() => undefined);
    return mine;
  }

  /** Ends the process at once, whatever it is doing. Resolves when it is no more. */
  async kill(): Promise<void> {
    if (this.#ended !== undefined) return;
    const ended = once(this.#child, "exit");
    this.#child.ref();
    this.#child.kill("SIGKILL");
    await ended;
  }

  #ask<Verb extends HostVerb>(
    verb: Verb,
    details: HostVerbs[Verb]["request"],
    deadline: number,
  ): Promise<HostVerbs[Verb]["result"]> {
    if (this.#ended !== undefined) throw this.#ended;
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const finish = (conclude: () => void) => {
        clearTimeout(timer);
        this.#child.off("message", onReply);
        this.#child.off("lost", onLost);
        conclude();
      };
      const onReply = (reply: HostReply) => {
        if (reply.id === id) finish(() => conclude(reply, resolve, reject));
      };
      const onLost = () => finish(() => reject(this.#ended));
      // Not unref'd: it alone keeps the bench alive while it waits.
      const timer = setTimeout(() => {
        finish(() => reject(late(verb, deadline)));
        void this.kill();
      }, deadline);
      this.#child.on("message", onReply);
      this.#child.once("lost", onLost);
      this.#child.send({ id, verb, ...details }, (error) => {
        if (error !== null) this.#end(`could not be spoken to: ${error.message}`);
      });
    });
  }

  #end(what: string): void {
    if (this.#ended !== undefined) return;
    const message = `the process that held the reader ${what}. ${this.#lastWords}`.trim();
    this.#ended = new BenchError("READER_LOST", message);
    this.#child.emit("lost");
  }
}

function conclude<T>(
  reply: HostReply,
  resolve: (result: T) => void,
  reject: (error: BenchError) => void,
): void {
  if ("error" in reply) {
    const { code, message, status } = reply.error;
    reject(new PcscError(code, message, status));
  } else {
    resolve(reply.result as T);
  }
}

function late(verb: HostVerb, deadline: number): BenchError {
  return new BenchError("READER_DEADLINE", `no answer to ${verb} within ${deadline} ms`);
}
