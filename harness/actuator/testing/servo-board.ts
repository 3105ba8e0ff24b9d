/** The firmware at the other end of a servo's line, as servo.ts describes it. */

export class ServoBoard {
  /** The words it understood. */
  readonly moved: string[] = [];
  /** What it answers a word instead of `OK` and the word; undefined for nothing at all. */
  readonly instead = new Map<string, string | undefined>();
  readonly #send: (bytes: Uint8Array) => void;
  #begun = "";

  constructor(send: (bytes: Uint8Array) => void) {
    this.#send = send;
  }

  receive(bytes: Uint8Array): void {
    this.#begun += new TextDecoder().decode(bytes);
    const lines = this.#begun.split("\n");
    this.#begun = lines.pop() ?? "";
    for (const word of lines) this.#obey(word);
  }

  /** It holds no card of its own. */
  insert(): void {}
  remove(): undefined {}
  close(): void {}

  #obey(word: string): void {
    this.moved.push(word);
    const usual = word === "HELLO" ? "READY\r\n" : `# moving\nOK ${word}\r\n`;
    const answer = this.instead.has(word) ? this.instead.get(word) : usual;
    if (answer !== undefined) this.#send(new TextEncoder().encode(answer));
  }
}
