/**
 * Where the values of a JSON text stand (RFC 8259), so that a person who wrote one wrongly is told the
 * line. `JSON.parse` says what is wrong, but not in every version of Node.js where.
 */
import { SimulatorError } from "../errors.ts";

export type JsonPath = readonly (string | number)[];

/** A JSON text that was read, and the line each value of it begins on. */
export interface PlacedJson {
  readonly value: unknown;
  /** Line of a value or, where there is none, of the nearest thing around it; from 1. */
  lineOf(path: JsonPath): number;
}

/**
 * @throws SimulatorError PLATFORM_PROFILE_INVALID with line and column for a text that is not JSON, or
 *   names one member of an object twice
 */
export function parsePlacedJson(text: string): PlacedJson {
  const scanner = new Scanner(text);
  scanner.document();
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  return {
    value: JSON.parse(text),
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const offset = scanner.places.get(keyOf(path.slice(0, length)));
        if (offset !== undefined) return lineAt(offset);
      }
      return lineAt(scanner.places.get(keyOf([])) ?? 0);
    },
  };
}

const SPACE = /[ \t\n\r]*/y;
/** Everything from the space on, but for the quote and the backslash, and escapes. */
const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

class Scanner {
  readonly places = new Map<string, number>();
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  document(): void {
    this.#value([]);
    if (this.#at < this.#text.length) throw this.#wrong("the end");
  }

  #value(path: JsonPath): void {
    this.#take(SPACE);
    if (!this.places.has(keyOf(path))) this.places.set(keyOf(path), this.#at);
    if (this.#skip("{")) this.#members(path);
    else if (this.#skip("[")) this.#items(path);
    else if (this.#take(STRING) === undefined && this.#take(PLAIN) === undefined) {
      throw this.#wrong("a value");
    }
    this.#take(SPACE);
  }

  #members(path: JsonPath): void {
    this.#take(SPACE);
    if (this.#skip("}")) return;
    do {
      this.#take(SPACE);
      const start = this.#at;
      const name = this.#take(STRING);
      if (name === undefined) throw this.#wrong("a name in double quotes");
      const member = [...path, JSON.parse(name) as string];
      if (this.places.has(keyOf(member))) throw this.#wrong("each name once", start);
      // A member begins with its name, which may stand on a line before its value.
      this.places.set(keyOf(member), start);
      this.#take(SPACE);
      if (!this.#skip(":")) throw this.#wrong("a colon");
      this.#value(member);
    } while (this.#skip(","));
    if (!this.#skip("}")) throw this.#wrong("a comma or }");
  }

  #items(path: JsonPath): void {
    this.#take(SPACE);
    if (this.#skip("]")) return;
    let item = 0;
    do {
      this.#value([...path, item]);
      item += 1;
    } while (this.#skip(","));
    if (!this.#skip("]")) throw this.#wrong("a comma or ]");
  }

  #skip(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const [found] = pattern.exec(this.#text) ?? [];
    this.#at += found?.length ?? 0;
    return found;
  }

  #wrong(expected: string, at = this.#at): SimulatorError {
    const before = this.#text.slice(0, at).split("\n");
    const column = (before.at(-1)?.length ?? 0) + 1;
    return new SimulatorError(
      "PLATFORM_PROFILE_INVALID",
      `line ${before.length}, column ${column}: ${expected} should stand there (JSON)`,
    );
  }
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path);
}
