/**
 * A recording as text, made for people and for `diff`: what was said stands in blocks of a few lines,
 * and the times, which never repeat, stand by themselves at the end.
 *
 * ```text
 * # jpki-bench recording 1
 * reader: Simulated Reader 00 00
 * driver: simulated
 *
 * * VERIFY 利用者証明用PIN / VERIFY user authentication PIN
 * > 00200080 ‹PIN›
 * ~ short
 * < 9000
 *
 * # began, took (ms)
 * 12.500 3.125
 * ```
 */
import { BenchError } from "../errors.ts";
import { FORMS, type Form, isReaderAct, type RecordedStep, type Recording } from "./recording.ts";

const FIRST_LINE = "# jpki-bench recording 1";
const TIMES = "# began, took (ms)";

export function recordingText({ reader, driver, card, steps }: Recording): string {
  const head = [FIRST_LINE, `reader: ${oneLine(reader)}`, `driver: ${oneLine(driver)}`];
  if (card !== undefined) head.push(`card: ${card}`);
  const times = steps.map(({ at, took }) => `${at.toFixed(3)} ${took.toFixed(3)}`);
  const blocks = [head, ...steps.map(blockOf), [TIMES, ...times]];
  return `${blocks.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function blockOf({ label, sent, form, received, error }: RecordedStep): string[] {
  const lines = [`* ${label.ja} / ${label.en}`, `> ${sent}`];
  if (form !== undefined) lines.push(`~ ${form}`);
  if (received !== undefined) lines.push(`< ${received}`);
  if (error !== undefined) lines.push(`! ${error}`);
  return lines;
}

/** A reader names itself; a name must not pass for lines of the recording. */
function oneLine(name: string): string {
  return name.replace(/\p{Cc}+/gu, " ").trim();
}

/**
 * Reads a recording back. What is not exactly one is refused.
 *
 * @param origin where the text comes from, for the message
 * @throws BenchError RECORDING_INVALID with the line
 */
export function parseRecording(text: string, origin: string): Recording {
  const lines = new Lines(text, origin);
  lines.exactly(FIRST_LINE);
  const reader = lines.field("reader: ");
  const driver = lines.field("driver: ");
  const card = lines.optional("card: ");
  if (card !== undefined && !/^sha256:[0-9a-f]{64}$/.test(card)) {
    throw lines.wrong("a card is sha256: and 64 hexadecimal digits");
  }
  lines.exactly("");
  const facts: Omit<RecordedStep, "at" | "took">[] = [];
  while (!lines.isNext(TIMES)) {
    facts.push(stepFrom(lines));
    lines.exactly("");
  }
  lines.exactly(TIMES);
  const steps = facts.map((fact) => ({ ...fact, ...timesFrom(lines) }));
  lines.end();
  return { reader, driver, ...(card !== undefined && { card }), steps };
}

const HEX_AND_HOLES = /^(?:[0-9A-F]{2})*(?: (?:(?:[0-9A-F]{2})+|‹[^‹›]+›))*$/;
const HOLES_FIRST = /^‹[^‹›]+›(?: (?:(?:[0-9A-F]{2})+|‹[^‹›]+›))*$/;

function stepFrom(lines: Lines): Omit<RecordedStep, "at" | "took"> {
  const [ja, en, ...rest] = lines.field("* ").split(" / ");
  if (!ja || !en || rest.length > 0) throw lines.wrong("a label is Japanese / English");
  const sent = lines.field("> ");
  if (!isReaderAct(sent) && !isShown(sent)) throw lines.wrong("neither a command nor an act");
  const form = lines.optional("~ ");
  if (form !== undefined && !isForm(form)) throw lines.wrong("no form of a command");
  const received = lines.optional("< ");
  if (received !== undefined && !isShown(received)) throw lines.wrong("neither bytes nor holes");
  const error = lines.optional("! ");
  if (received !== undefined && error !== undefined) throw lines.wrong("an answer and an error");
  if (sent !== "CLOSE" && received === undefined && error === undefined) {
    throw lines.wrong("no answer follows what was sent");
  }
  return {
    label: { ja, en },
    sent,
    ...(form !== undefined && { form }),
    ...(received !== undefined && { received }),
    ...(error !== undefined && { error }),
  };
}

function timesFrom(lines: Lines): { at: number; took: number } {
  const [, at, took] = /^(\d+\.\d{3}) (\d+\.\d{3})$/.exec(lines.field("")) ?? [];
  if (at === undefined || took === undefined) throw lines.wrong("no times, one line for each step");
  return { at: Number(at), took: Number(took) };
}

function isShown(text: string): boolean {
  return text !== "" && (HEX_AND_HOLES.test(text) || HOLES_FIRST.test(text));
}

function isForm(text: string): text is Form {
  return (FORMS as readonly string[]).includes(text);
}

/** The lines of a text, one after the other, with the place for messages. */
class Lines {
  readonly #lines: readonly string[];
  readonly #origin: string;
  #next = 0;

  constructor(text: string, origin: string) {
    // Git on Windows changes line ends; nothing else is forgiven.
    this.#lines = text.split(/\r?\n/);
    this.#origin = origin;
  }

  exactly(line: string): void {
    if (this.#take() !== line) throw this.wrong(`"${line}" should stand here`);
  }

  field(prefix: string): string {
    const line = this.#take();
    if (line?.startsWith(prefix)) return line.slice(prefix.length);
    throw this.wrong(`a line starting with "${prefix}" should stand here`);
  }

  /** What follows `prefix` when the next line starts so; the line stays otherwise. */
  optional(prefix: string): string | undefined {
    return this.#lines[this.#next]?.startsWith(prefix) ? this.field(prefix) : undefined;
  }

  isNext(line: string): boolean {
    return this.#lines[this.#next] === line;
  }

  end(): void {
    this.exactly("");
    if (this.#next < this.#lines.length) throw this.wrong("nothing follows the times");
  }

  wrong(what: string): BenchError {
    const line = Math.max(1, this.#next);
    return new BenchError("RECORDING_INVALID", `${this.#origin}:${line}: ${what}`);
  }

  #take(): string | undefined {
    const line = this.#lines[this.#next];
    this.#next += 1;
    return line;
  }
}
