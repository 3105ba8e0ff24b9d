/**
 * A second, much simpler card: for every action the status that card-facts sections 2 to 4 ask for,
 * and what is left of it after a power cut. Shares no code with the card.
 */
import type { Action, Target } from "./action.ts";
import { type ModelAp, type ModelFile, type ModelPin, TABLES } from "./tables.ts";

/** What outlives the power, by `ap/file`. */
export interface Lasting {
  readonly triesLeft: Readonly<Record<string, number>>;
  readonly pins: Readonly<Record<string, string>>;
}

export interface Outcome {
  /** Status the card has to answer; absent where the facts leave it open. */
  readonly sw?: number;
  /** Number of data bytes with 9000, where the facts give it. */
  readonly bytes?: number;
  /** What was made durable, in order, before the answer. */
  readonly saves: readonly Lasting[];
}

export class ModelCard {
  lasting: Lasting;
  ap: ModelAp | undefined;
  file: number | undefined;
  readonly rights = new Set<number>();

  constructor() {
    const pins: Record<string, string> = {};
    const triesLeft: Record<string, number> = {};
    for (const [ap, { files }] of Object.entries(TABLES)) {
      for (const [id, file] of Object.entries(files)) {
        if (file.kind !== "pin") continue;
        pins[`${ap}/${id}`] = file.value;
        triesLeft[`${ap}/${id}`] = file.tries;
      }
    }
    this.lasting = { pins, triesLeft };
  }

  /** Power off and on. */
  restart(): void {
    this.ap = undefined;
    this.file = undefined;
    this.rights.clear();
  }

  apply(action: Action): Outcome {
    switch (action.do) {
      case "select application":
        return this.#selectApplication(action.ap);
      case "select file":
        return this.#selectFile(action.id);
      case "read":
        return this.#read(action);
      case "verify":
        return this.#pin(action.target, (id, pin) => this.#verify(id, pin, action.pin));
      case "ask tries":
        return this.#pin(action.target, (id) => status(0x63c0 | this.#triesLeft(id)));
      case "change PIN":
        return this.#change(action.header, action.pin);
      case "sign":
        return this.#sign(action.target);
      case "authenticate":
        return this.#authenticate(action.target);
      case "challenge":
        return { sw: 0x9000, bytes: 16, saves: [] };
      case "nonsense":
        return status(action.sw);
    }
  }

  #selectApplication(ap: ModelAp): Outcome {
    if (this.ap !== ap) this.rights.clear();
    this.ap = ap;
    this.file = undefined;
    return status(0x9000);
  }

  #selectFile(id: number): Outcome {
    if (this.#fileWith(id) === undefined) return status(0x6a82);
    this.file = id;
    return status(0x9000);
  }

  #read({ target, offset, ne }: Extract<Action, { do: "read" }>): Outcome {
    const file = this.#find(target, 0x6a82);
    if (typeof file === "number") return status(file);
    if (file.kind !== "bytes") return status(0x6981);
    if (!this.#open(file.by)) return status(0x6982);
    if (file.size === undefined) return { saves: [] };
    if (offset >= file.size) return status(0x6b00);
    return { sw: 0x9000, bytes: Math.min(ne || 256, file.size - offset), saves: [] };
  }

  #verify(id: number, { tries }: ModelPin, candidate: string): Outcome {
    if (candidate === "") return status(0x63c0 | this.#triesLeft(id));
    if (candidate.length > 16) return status(0x6700);
    const left = this.#triesLeft(id);
    if (left === 0) return status(0x6984);
    const spent = this.#withTries(id, left - 1);
    if (candidate !== this.lasting.pins[this.#key(id)]) {
      this.rights.delete(id);
      return { sw: 0x63c0 | (left - 1), saves: [spent] };
    }
    this.rights.add(id);
    return { sw: 0x9000, saves: [spent, this.#withTries(id, tries)] };
  }

  #change(header: string, fresh: string): Outcome {
    if (this.ap === undefined || TABLES[this.ap].change !== header) return status(0x6d00);
    return this.#pin("current", (id, { rule }) => {
      if (rule === undefined || !this.rights.has(id)) return status(0x6982);
      if (!rule.test(fresh)) return status(0x6a80);
      const pins = { ...this.lasting.pins, [this.#key(id)]: fresh };
      return { sw: 0x9000, saves: [{ ...this.lasting, pins }] };
    });
  }

  #sign(target: Target | "default"): Outcome {
    const key = target === "default" ? this.#defaultKey() : this.#find(target, 0x6a88);
    if (typeof key === "number") return status(key);
    if (key.kind !== "key") return status(0x6981);
    if (key.use !== "sign") return status(0x6985);
    return this.#open(key.by) ? { sw: 0x9000, bytes: 256, saves: [] } : status(0x6982);
  }

  #authenticate(target: Target): Outcome {
    const key = this.#find(target, 0x6a88);
    if (typeof key === "number") return status(key);
    if (key.kind !== "key") return status(0x6981);
    if (key.use === "internal") return { sw: 0x9000, bytes: 256, saves: [] };
    return status(key.by === "free" ? 0x6985 : 0x6982);
  }

  #pin(target: Target, then: (id: number, pin: ModelPin) => Outcome): Outcome {
    const file = this.#find(target, 0x6a88);
    if (typeof file === "number") return status(file);
    if (file.kind !== "pin" || this.file === undefined) return status(0x6981);
    return then(this.file, file);
  }

  /** The file, which becomes the current one, or the status that says why there is none. */
  #find(target: Target, absent: number): ModelFile | number {
    if (target === "current") {
      return this.file === undefined ? 0x6986 : (this.#fileWith(this.file) ?? 0x6986);
    }
    const file = this.#fileWith(target);
    if (file === undefined) return absent;
    this.file = target;
    return file;
  }

  #defaultKey(): ModelFile | number {
    const id = this.ap === undefined ? undefined : TABLES[this.ap].defaultKey;
    return (id === undefined ? undefined : this.#fileWith(id)) ?? 0x6a88;
  }

  #fileWith(id: number): ModelFile | undefined {
    return this.ap === undefined ? undefined : TABLES[this.ap].files[id];
  }

  #open(by: readonly number[] | "free" | "never"): boolean {
    if (by === "free" || by === "never") return by === "free";
    return by.some((id) => this.rights.has(id));
  }

  #key(id: number): string {
    return `${this.ap}/${id}`;
  }

  #triesLeft(id: number): number {
    return this.lasting.triesLeft[this.#key(id)] ?? 0;
  }

  #withTries(id: number, left: number): Lasting {
    const triesLeft = { ...this.lasting.triesLeft, [this.#key(id)]: left };
    return { ...this.lasting, triesLeft };
  }
}

function status(sw: number): Outcome {
  return { sw, saves: [] };
}
